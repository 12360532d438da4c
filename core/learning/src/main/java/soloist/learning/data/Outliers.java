package soloist.learning.data;

import java.util.Arrays;

/**
 * What is usual in a column; what lies outside is an outlier, which the owner caps, leaves out or
 * confirms.
 */
public record Outliers(double least, double most) {
  /** Where nothing is one. */
  public static final Outliers NONE =
      new Outliers(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private static final double FENCE = 1.5;

  /** One and a half times the middle half beyond it (Tukey, "Exploratory Data Analysis", 1977). */
  public static Outliers byQuartiles(double[] values) {
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    double low = Quantiles.of(known, 0.25);
    double high = Quantiles.of(known, 0.75);
    return new Outliers(low - FENCE * (high - low), high + FENCE * (high - low));
  }

  /** So many standard deviations to each side of the mean; 3 is usual. */
  public static Outliers byDeviation(double[] values, double deviations) {
    var summary = Summary.of(values);
    double side = deviations * summary.deviation();
    return new Outliers(summary.mean() - side, summary.mean() + side);
  }

  /** None where the middle half has one value, so that each other one would be an outlier. */
  public Outliers orNone() {
    return least < most ? this : NONE;
  }

  /** False for what is not known. */
  public boolean isOutlier(double value) {
    return value < least || value > most;
  }

  /** What lies outside is moved to the nearest usual value. */
  public double[] cap(double[] values) {
    return Arrays.stream(values).map(this::cap).toArray();
  }

  /** The same of one value; what is not known stays so. */
  public double cap(double value) {
    return value < least ? least : value > most ? most : value;
  }
}
