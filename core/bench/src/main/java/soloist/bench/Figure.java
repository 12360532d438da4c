package soloist.bench;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;

/**
 * One measured figure beside what it is held against, from alternating rounds of one run.
 *
 * @param id of the benchmark and what of it, such as {@code B8-start}
 * @param n the size
 * @param ours one value a round
 * @param reference one value a round; empty where there is nothing to hold it against
 * @param unit of both
 * @param better {@code higher} or {@code lower}
 * @param target in words
 */
public record Figure(
    String id,
    long n,
    double[] ours,
    double[] reference,
    String unit,
    String better,
    String target,
    long seed) {

  /** The median of the pairwise ratios; a noisy machine moves both sides of a pair. */
  double ratio() {
    double[] ratios = new double[ours.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours[i] / reference[i];
    }
    return median(ratios);
  }

  private boolean isAlone() {
    return reference.length == 0;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /**
   * How far the reference moved between rounds, or the figure itself where there is none; beyond
   * 0.3 the run says little.
   */
  double noise() {
    double[] sorted = isAlone() ? ours.clone() : reference.clone();
    Arrays.sort(sorted);
    return (sorted[sorted.length - 1] - sorted[0]) / median(sorted);
  }

  /** One line. */
  public String json() {
    return new JsonObject()
        .put("id", id)
        .put("n", n)
        .put("ours", round(median(ours)))
        .put("reference", isAlone() ? null : round(median(reference)))
        .put("unit", unit)
        .put("ratio", isAlone() ? null : round(ratio()))
        .put("better", better)
        .put("target", target)
        .put("seed", seed)
        .put("rounds", ours.length)
        .put("noise", round(noise()))
        .encode();
  }

  public String line() {
    return String.format(
        Locale.ROOT,
        "%-10s n=%-9d ours %-12s reference %-12s %-7s ratio %-8s (%s is better; target %s; noise %.0f %%)",
        id,
        n,
        round(median(ours)),
        isAlone() ? "none" : round(median(reference)),
        unit,
        isAlone() ? "none" : round(ratio()),
        better,
        target,
        noise() * 100);
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
