package soloist.learning.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How far stated chances are from what came. */
public final class Chances {
  /** A chance of 0 that came would count as infinitely wrong. */
  private static final double LEAST = 1e-15;

  private Chances() {}

  /** Cases with about the same stated chance: what was stated and what came, on average. */
  public record Bin(int cases, double stated, double came) {}

  /** The mean logarithm of the chance stated for what came, negated: 0 is best. */
  public static double logLoss(boolean[] came, double[] stated) {
    return IntStream.range(0, came.length)
        .mapToDouble(i -> -Math.log(Math.clamp(came[i] ? stated[i] : 1 - stated[i], LEAST, 1)))
        .average()
        .orElse(Double.NaN);
  }

  /** The same for several classes. */
  public static double logLoss(int[] truths, double[][] stated) {
    return IntStream.range(0, truths.length)
        .mapToDouble(i -> -Math.log(Math.clamp(stated[i][truths[i]], LEAST, 1)))
        .average()
        .orElse(Double.NaN);
  }

  /** The mean square of the distance (Brier, Monthly Weather Review 78, 1950): 0 is best. */
  public static double brier(boolean[] came, double[] stated) {
    return IntStream.range(0, came.length)
        .mapToDouble(i -> square(stated[i] - (came[i] ? 1 : 0)))
        .average()
        .orElse(Double.NaN);
  }

  private static double square(double value) {
    return value * value;
  }

  /** In bins of equally many cases, by what was stated. */
  public static List<Bin> bins(boolean[] came, double[] stated, int most) {
    List<Integer> order =
        IntStream.range(0, came.length)
            .boxed()
            .sorted((i, j) -> Double.compare(stated[i], stated[j]))
            .toList();
    List<Bin> bins = new ArrayList<>();
    int n = came.length;
    int count = Math.min(most, n);
    for (int bin = 0; bin < count; bin++) {
      List<Integer> in =
          order.subList((int) ((long) bin * n / count), (int) ((long) (bin + 1) * n / count));
      bins.add(
          new Bin(
              in.size(),
              in.stream().mapToDouble(i -> stated[i]).average().orElseThrow(),
              in.stream().mapToDouble(i -> came[i] ? 1 : 0).average().orElseThrow()));
    }
    return bins;
  }
}
