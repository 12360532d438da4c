package soloist.learning.measure;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far predicted values are from true ones.
 *
 * @param rootMeanSquare in the unit of the values
 * @param meanAbsolute in the unit of the values
 * @param explained the share of the variance that is explained (R²); below 0 it is worse than the
 *     mean
 */
public record Errors(double rootMeanSquare, double meanAbsolute, double explained) {

  public static Errors of(double[] truths, double[] predicted) {
    double mean = Arrays.stream(truths).average().orElse(Double.NaN);
    double squares = 0;
    double absolute = 0;
    double variance = 0;
    for (int i = 0; i < truths.length; i++) {
      double off = truths[i] - predicted[i];
      squares += off * off;
      absolute += Math.abs(off);
      variance += (truths[i] - mean) * (truths[i] - mean);
    }
    int n = truths.length;
    return new Errors(Math.sqrt(squares / n), absolute / n, 1 - squares / variance);
  }

  /** Of the root mean square error, by cases drawn anew. */
  public static Interval rootMeanSquare(
      double[] truths, double[] predicted, double confidence, long seed) {
    return Interval.bootstrap(
        cases ->
            of(
                    IntStream.of(cases).mapToDouble(i -> truths[i]).toArray(),
                    IntStream.of(cases).mapToDouble(i -> predicted[i]).toArray())
                .rootMeanSquare(),
        truths.length,
        1_000,
        confidence,
        seed);
  }
}
