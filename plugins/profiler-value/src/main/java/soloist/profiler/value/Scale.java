package soloist.profiler.value;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Compares a value with those of all customers. The step of a value is the part of the customers
 * below it plus half of those equal to it (mid-distribution function; Parzen, "Quantile Probability
 * and Statistical Data Modeling", Statistical Science 19(4), 2004), times the number of steps, cut
 * to a whole number. So equal values never differ, whoever comes first, and where nothing is equal
 * the steps are quantiles.
 */
final class Scale {
  private static final int PERCENT = 100;

  private final double[] bounds; // the least value of each step but the first
  private final double[] percentiles; // the value up to which 1 % to 100 % of the customers lie

  private Scale(double[] bounds, double[] percentiles) {
    this.bounds = bounds;
    this.percentiles = percentiles;
  }

  /**
   * @param values of all customers, at least one; sorted here
   * @param steps at least 2
   */
  static Scale of(double[] values, int steps) {
    int n = values.length;
    Arrays.sort(values);
    double[] bounds = new double[steps - 1];
    Arrays.fill(bounds, Double.POSITIVE_INFINITY);
    int reached = 0;
    for (int below = 0; below < n; ) {
      int upTo = below;
      while (upTo < n && values[upTo] == values[below]) {
        upTo++;
      }
      int step = (int) ((long) steps * (below + (long) upTo) / (2L * n));
      while (reached < step) {
        bounds[reached++] = values[below];
      }
      below = upTo;
    }
    double[] percentiles = new double[PERCENT];
    for (int percent = 1; percent <= PERCENT; percent++) {
      percentiles[percent - 1] = values[(int) (((long) n * percent + PERCENT - 1) / PERCENT) - 1];
    }
    return new Scale(bounds, percentiles);
  }

  /** 1 to 5; with three steps 1, 3 or 5. */
  int score(double value) {
    int step = 0;
    while (step < bounds.length && value >= bounds[step]) {
      step++;
    }
    return 1 + step * 4 / bounds.length;
  }

  /** How many in a hundred customers have less, rounded down. */
  int percentBelow(double value) {
    int percent = 0;
    while (percent < PERCENT && percentiles[percent] < value) {
      percent++;
    }
    return percent;
  }

  void write(DataOutput out) throws IOException {
    for (double[] values : new double[][] {bounds, percentiles}) {
      out.writeInt(values.length);
      for (double value : values) {
        out.writeDouble(value);
      }
    }
  }

  static Scale read(DataInput in) throws IOException {
    return new Scale(readValues(in), readValues(in));
  }

  private static double[] readValues(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 1 || length > PERCENT) {
      throw new IOException("a scale of " + length + " values");
    }
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
