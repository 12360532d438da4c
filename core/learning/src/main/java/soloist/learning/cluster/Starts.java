package soloist.learning.cluster;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import soloist.learning.data.Matrix;

/**
 * Greedy k-means++: each next centre is the best of a few rows that were drawn with the square of
 * their distance to the centres so far as their weight.
 */
final class Starts {
  private final Matrix data;
  private final int threads;
  private final double[] nearest; // squared distance to the nearest centre so far

  private Starts(Matrix data, int threads) {
    this.data = data;
    this.threads = threads;
    nearest = new double[data.rows()];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
  }

  static Matrix choose(Matrix data, KMeans.Search search, Random random) {
    var starts = new Starts(data, search.threads());
    int[] chosen = new int[search.groups()];
    int trials = 2 + (int) Math.log(chosen.length);
    chosen[0] = random.nextInt(data.rows());
    double[] weights = starts.weights(chosen[0], true);
    for (int i = 1; i < chosen.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int trial = 0; trial < trials; trial++) {
        int row = starts.draw(weights, random);
        double rest = DoubleStream.of(starts.weights(row, false)).sum();
        if (rest < least) {
          least = rest;
          chosen[i] = row;
        }
      }
      weights = starts.weights(chosen[i], true);
    }
    return data.rows(chosen);
  }

  /**
   * What is left of the weights with one more centre, by stretch.
   *
   * @param isChosen whether it counts from now on
   */
  private double[] weights(int centre, boolean isChosen) {
    double[] sums = new double[Chunks.count(data.rows())];
    int columns = data.columns();
    double[] values = data.values();
    Chunks.each(
        data.rows(),
        threads,
        (chunk, from, to) -> {
          double sum = 0;
          for (int row = from; row < to; row++) {
            double squared =
                Distance.squared(values, row * columns, values, centre * columns, columns);
            double least = Math.min(nearest[row], squared);
            if (isChosen) {
              nearest[row] = least;
            }
            sum += least;
          }
          sums[chunk] = sum;
        });
    return sums;
  }

  private int draw(double[] weights, Random random) {
    double total = DoubleStream.of(weights).sum();
    if (total <= 0) {
      return random.nextInt(data.rows()); // every row lies on a centre already
    }
    double at = random.nextDouble() * total;
    int chunk = 0;
    while (chunk < weights.length - 1 && at >= weights[chunk]) {
      at -= weights[chunk++];
    }
    int row = Chunks.from(chunk);
    int last = Chunks.to(chunk, data.rows()) - 1;
    while (row < last && at >= nearest[row]) {
      at -= nearest[row++];
    }
    return row;
  }
}
