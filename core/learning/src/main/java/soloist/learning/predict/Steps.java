package soloist.learning.predict;

import java.util.Arrays;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;

/**
 * Columns cut into at most 256 steps, so that a tree counts rows instead of sorting them. A column
 * with no more different values loses nothing by it; others are cut into steps of about equally
 * many rows.
 */
final class Steps {
  private static final int MOST = 256;

  private final double[][] bounds;
  private final short[][] steps;

  Steps(Matrix rows) {
    bounds = new double[rows.columns()][];
    steps = new short[rows.columns()][rows.rows()];
    for (int column = 0; column < rows.columns(); column++) {
      int at = column;
      double[] values =
          IntStream.range(0, rows.rows()).mapToDouble(row -> rows.at(row, at)).toArray();
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      bounds[column] = bounds(sorted);
      for (int row = 0; row < values.length; row++) {
        int found = Arrays.binarySearch(bounds[column], values[row]);
        steps[column][row] = (short) (found < 0 ? -found - 1 : found);
      }
    }
  }

  /** Half way between neighbouring values. */
  private static double[] bounds(double[] sorted) {
    double[] different = Arrays.stream(sorted).distinct().toArray();
    double[] ends = different;
    if (different.length > MOST) {
      ends =
          IntStream.range(0, MOST)
              .mapToDouble(i -> sorted[(int) ((long) i * (sorted.length - 1) / (MOST - 1))])
              .distinct()
              .toArray();
    }
    double[] taken = ends;
    return IntStream.range(1, taken.length)
        .mapToDouble(i -> between(different, taken, i))
        .distinct()
        .toArray();
  }

  private static double between(double[] different, double[] ends, int i) {
    int at = Arrays.binarySearch(different, ends[i]);
    return different[at - 1] + (different[at] - different[at - 1]) / 2;
  }

  int columns() {
    return bounds.length;
  }

  int count(int column) {
    return bounds[column].length + 1;
  }

  int of(int column, int row) {
    return steps[column][row];
  }

  /** What is at most this lies in the step or below. */
  double bound(int column, int step) {
    return bounds[column][step];
  }
}
