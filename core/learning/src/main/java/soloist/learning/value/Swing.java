package soloist.learning.value;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How far the orders of all together move away from what steady habits let expect, by seasons,
 * offers and times that change: a factor that everybody shares, so more customers do not make it
 * smaller. Its logarithm is normal around 0. How wide, follows from what earlier spans came out at
 * beyond their chance, and from a weak belief as long as these are few: half-normal with 0.5, as
 * advised for the differences between a few studies on this scale (Röver and others, "On weakly
 * informative prior distributions for the heterogeneity parameter in Bayesian random-effects
 * meta-analysis", Research Synthesis Methods 12(4), 2021). Differences grow with the square root of
 * the time ahead, as those of a random walk do (Hyndman, Athanasopoulos, 3rd ed., 5.5).
 */
public final class Swing {
  private static final double BELIEF = 0.5;
  private static final double[] WIDTHS =
      IntStream.rangeClosed(1, 200).mapToDouble(i -> i * 0.01).toArray();

  private final double[] upTo;
  private final int trials;

  private Swing(double[] upTo, int trials) {
    this.upTo = upTo;
    this.trials = trials;
  }

  /**
   * @param weeks how far is looked ahead
   */
  public static Swing of(List<Backtest.Trial> trials, double weeks) {
    double[] logs = Arrays.stream(WIDTHS).map(width -> density(width, trials, weeks)).toArray();
    double most = Arrays.stream(logs).max().orElseThrow();
    double[] upTo = Arrays.stream(logs).map(log -> Math.exp(log - most)).toArray();
    Arrays.parallelPrefix(upTo, Double::sum);
    return new Swing(upTo, trials.size());
  }

  private static double density(double width, List<Backtest.Trial> trials, double weeks) {
    double sum = -width * width / (2 * BELIEF * BELIEF);
    for (Backtest.Trial trial : trials) {
      double variance = width * width * trial.weeks() / weeks + trial.variance();
      sum -= (Math.log(variance) + trial.off() * trial.off() / variance) / 2;
    }
    return sum;
  }

  /** By how many earlier spans it is known. */
  public int trials() {
    return trials;
  }

  /** Factors as they may be, as often as they are likely. */
  public DoubleStream factors(Random random) {
    return DoubleStream.generate(() -> Math.exp(width(random) * random.nextGaussian()));
  }

  private double width(Random random) {
    int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
    return WIDTHS[Math.min(WIDTHS.length - 1, at < 0 ? -at - 1 : at)];
  }
}
