package soloist.learning.data;

import java.util.Arrays;

/** Takes noise out of a series. */
public final class Smoothing {
  private Smoothing() {}

  /**
   * Each value becomes the median of those around it (Tukey, 1977): single spikes go, steps stay.
   *
   * @param reach how many to each side
   */
  public static double[] median(double[] values, int reach) {
    double[] smooth = new double[values.length];
    Arrays.setAll(
        smooth,
        i ->
            Quantiles.of(
                Arrays.copyOfRange(
                    values, Math.max(0, i - reach), Math.min(values.length, i + reach + 1)),
                0.5));
    return smooth;
  }
}
