package soloist.learning.cluster;

import java.util.Random;
import soloist.learning.data.Matrix;

/** Rows of known shapes. */
final class Points {
  private Points() {}

  /** The four points of a textbook example, whose two groups are often told wrongly. */
  static final Matrix FOUR =
      Matrix.of(
          new double[] {1, 2, 3},
          new double[] {2, 4, 5},
          new double[] {1, 3, 6},
          new double[] {2, 5, 7});

  /** A seed that is new each time, or the one that {@code -Dsoloist.seed} names. */
  static long seed() {
    long seed = Long.getLong("soloist.seed", System.nanoTime());
    System.out.println("seed " + seed);
    return seed;
  }

  static Matrix random(int rows, int columns, Random random) {
    return new Matrix(rows, columns, random.doubles((long) rows * columns).toArray());
  }

  /** Round heaps of rows around middles, in turns. */
  static Matrix heaps(int rows, double width, long seed, double[]... middles) {
    var random = new Random(seed);
    int columns = middles[0].length;
    double[] values = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[row * columns + column] =
            middles[row % middles.length][column] + width * random.nextGaussian();
      }
    }
    return new Matrix(rows, columns, values);
  }

  /** A ring around a heap, in turns. */
  static Matrix ring(int rows, long seed) {
    var random = new Random(seed);
    double[] values = new double[rows * 2];
    for (int row = 0; row < rows; row++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double far = row % 2 == 0 ? 5 : 0.5;
      values[2 * row] = far * Math.cos(angle) + 0.2 * random.nextGaussian();
      values[2 * row + 1] = far * Math.sin(angle) + 0.2 * random.nextGaussian();
    }
    return new Matrix(rows, 2, values);
  }
}
