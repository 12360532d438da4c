package soloist.learning.measure;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Where a figure lies with a stated confidence. */
public record Interval(double low, double high) {
  private static final NormalDistribution NORMAL = new NormalDistribution();

  public Interval {
    if (low > high) {
      throw new IllegalArgumentException(low + " is above " + high);
    }
  }

  public boolean holds(double value) {
    return low <= value && value <= high;
  }

  /** How many standard deviations to each side hold a part of a normal distribution. */
  static double reach(double confidence) {
    return NORMAL.inverseCumulativeProbability((1 + confidence) / 2);
  }

  /**
   * Of a share (Wilson, "Probable inference, the law of succession, and statistical inference",
   * JASA 22, 1927): right for few cases and near 0 and 1, where the usual formula is not.
   */
  public static Interval wilson(double hits, double of, double confidence) {
    if (of == 0) {
      return new Interval(0, 1);
    }
    double z = reach(confidence);
    double share = hits / of;
    double middle = share + z * z / (2 * of);
    double side = z * Math.sqrt(share * (1 - share) / of + z * z / (4 * of * of));
    double scale = 1 + z * z / of;
    return new Interval(Math.max(0, (middle - side) / scale), Math.min(1, (middle + side) / scale));
  }

  /**
   * Of anything that can be computed from cases, by computing it of cases drawn anew (percentiles;
   * Efron, Tibshirani, "An Introduction to the Bootstrap", 1993, 13.3).
   *
   * @param figure of the cases with the given numbers; NaN where they allow none
   */
  public static Interval bootstrap(
      ToDoubleFunction<int[]> figure, int cases, int draws, double confidence, long seed) {
    Random random = new Random(seed);
    double[] figures =
        IntStream.range(0, draws)
            .mapToObj(_ -> random.ints(cases, 0, cases).toArray())
            .mapToDouble(figure)
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toArray();
    if (figures.length == 0) {
      return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    return ofSorted(figures, confidence);
  }

  /** The middle part of some values. */
  public static Interval ofSorted(double[] sorted, double confidence) {
    return new Interval(
        quantile(sorted, (1 - confidence) / 2), quantile(sorted, (1 + confidence) / 2));
  }

  /** The middle part of some values. */
  public static Interval of(double[] values, double confidence) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return ofSorted(sorted, confidence);
  }

  /** With linear interpolation between the values. */
  static double quantile(double[] sorted, double part) {
    double place = part * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Of a mean of independent values, by the normal distribution. */
  public static Interval ofMean(double[] values, double confidence) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    int n = values.length;
    double side =
        n < 2 ? Double.POSITIVE_INFINITY : reach(confidence) * Math.sqrt(squares / (n - 1) / n);
    return new Interval(mean - side, mean + side);
  }
}
