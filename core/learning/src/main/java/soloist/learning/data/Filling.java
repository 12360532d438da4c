package soloist.learning.data;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What stands where nothing is known (NaN); the values themselves stay as they are. */
public enum Filling {
  MEAN {
    @Override
    public double[] fill(double[] values) {
      return with(values, known(values).average().orElse(Double.NaN));
    }
  },
  MEDIAN {
    @Override
    public double[] fill(double[] values) {
      return with(values, Quantiles.of(known(values).toArray(), 0.5));
    }
  },

  /** On the line between the neighbours that are known; at an end the nearest of them. */
  INTERPOLATION {
    @Override
    public double[] fill(double[] values) {
      double[] filled = values.clone();
      int last = -1;
      for (int i = 0; i < values.length; i++) {
        if (!Double.isNaN(values[i])) {
          between(filled, last, i);
          last = i;
        }
      }
      if (last >= 0) {
        Arrays.fill(filled, last + 1, filled.length, filled[last]);
      }
      return filled;
    }
  };

  /** A copy without gaps; all NaN where nothing is known at all. */
  public abstract double[] fill(double[] values);

  /** The rows of a matrix in which everything is known: the others are left out of the analysis. */
  public static int[] complete(Matrix rows) {
    return IntStream.range(0, rows.rows())
        .filter(
            row ->
                IntStream.range(0, rows.columns())
                    .noneMatch(column -> Double.isNaN(rows.at(row, column))))
        .toArray();
  }

  private static DoubleStream known(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value));
  }

  private static double[] with(double[] values, double filler) {
    return Arrays.stream(values).map(value -> Double.isNaN(value) ? filler : value).toArray();
  }

  private static void between(double[] values, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      values[i] =
          from < 0
              ? values[to]
              : values[from] + (values[to] - values[from]) * (i - from) / (to - from);
    }
  }
}
