package soloist.learning.value;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.hipparchus.analysis.MultivariateFunction;

/** The {@link BgNbd} model of some customers, and how well they tell its parameters. */
public final class Orders {
  private static final double[] START = {0, 2, 0, 0};

  private final Posterior posterior;

  private Orders(Posterior posterior) {
    this.posterior = posterior;
  }

  /** At the maximum of the likelihood alone, as the paper does. */
  public static Orders mostLikely(List<Buying> customers) {
    return fit(customers, new Prior[] {Prior.NONE, Prior.NONE, Prior.NONE, Prior.NONE}, START);
  }

  /**
   * With weak beliefs, which keep few customers from telling extreme things: rates that differ by
   * as much as their mean, waits as long as the customers have been watched, one in three leaving;
   * each right within a factor of twenty (two standard deviations).
   */
  public static Orders shrunk(List<Buying> customers) {
    double watched =
        Math.log(Math.max(1, customers.stream().mapToDouble(Buying::age).average().orElseThrow()));
    Prior[] priors = {
      new Prior(0, 1.5), new Prior(watched, 1.5), new Prior(0, 1.5), new Prior(Math.log(2), 1.5)
    };
    return fit(customers, priors, Arrays.stream(priors).mapToDouble(Prior::middle).toArray());
  }

  private static Orders fit(List<Buying> customers, Prior[] priors, double[] start) {
    int[] x = customers.stream().mapToInt(Buying::repeats).toArray();
    double[] last = customers.stream().mapToDouble(Buying::last).toArray();
    double[] age = customers.stream().mapToDouble(Buying::age).toArray();
    int most = Arrays.stream(x).max().orElseThrow();
    boolean[] occurs = new boolean[most + 1];
    Arrays.stream(x).forEach(repeats -> occurs[repeats] = true);
    MultivariateFunction density =
        logs -> {
          BgNbd model = of(Arrays.stream(logs).map(Math::exp).toArray());
          BgNbd.Given[] given = new BgNbd.Given[most + 1];
          for (int repeats = 0; repeats <= most; repeats++) {
            if (occurs[repeats]) {
              given[repeats] = BgNbd.Given.repeats(repeats, model);
            }
          }
          double sum = 0;
          for (int i = 0; i < priors.length; i++) {
            sum += priors[i].logDensity(logs[i]);
          }
          for (int i = 0; i < x.length; i++) {
            sum += model.logLikelihood(given[x[i]], x[i], last[i], age[i]);
          }
          return Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
        };
    return new Orders(Posterior.of(density, start));
  }

  /** With the parameters that fit best. */
  public BgNbd best() {
    return of(posterior.best());
  }

  /** With parameters that may be true as well, as often as they are likely. */
  public List<BgNbd> draws(int count, Random random) {
    return Stream.generate(() -> of(posterior.draw(random))).limit(count).toList();
  }

  /** The logarithm of the posterior at its maximum, of the likelihood where nothing is believed. */
  public double logLikelihood() {
    return posterior.height();
  }

  private static BgNbd of(double[] parameters) {
    return new BgNbd(parameters[0], parameters[1], parameters[2], parameters[3]);
  }

  /** The standard deviations of the logarithms of r, alpha, a and b. */
  public double[] uncertainty() {
    return Arrays.stream(posterior.spread())
        .mapToDouble(row -> Math.sqrt(DoubleStream.of(row).map(step -> step * step).sum()))
        .toArray();
  }
}
