package soloist.learning.data;

import java.util.Arrays;

/**
 * A column in a few figures. What is not known is left out.
 *
 * @param variance of a sample: divided by one less than the count
 */
public record Summary(
    int count,
    double mean,
    double deviation,
    double variance,
    double least,
    double lowerQuarter,
    double median,
    double upperQuarter,
    double most) {

  public static Summary of(double[] values) {
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    double mean = Arrays.stream(known).average().orElse(Double.NaN);
    double squares = Arrays.stream(known).map(value -> (value - mean) * (value - mean)).sum();
    double variance = known.length < 2 ? Double.NaN : squares / (known.length - 1);
    return new Summary(
        known.length,
        mean,
        Math.sqrt(variance),
        variance,
        Quantiles.of(known, 0),
        Quantiles.of(known, 0.25),
        Quantiles.of(known, 0.5),
        Quantiles.of(known, 0.75),
        Quantiles.of(known, 1));
  }
}
