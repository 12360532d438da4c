package soloist.learning.data;

import java.util.Arrays;

/** Values below which a part of all lies, with linear interpolation (type 7 of R). */
final class Quantiles {
  private Quantiles() {}

  /** NaN where there are no values. */
  static double of(double[] values, double part) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = part * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
