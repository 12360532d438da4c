package soloist.learning.value;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The {@link GammaGamma} model of some customers, and how well they tell its parameters. */
public final class Amounts {
  private final Posterior posterior;

  private Amounts(Posterior posterior) {
    this.posterior = posterior;
  }

  /** At the maximum of the likelihood alone, as the paper does. */
  public static Amounts mostLikely(List<Buying> customers) {
    return fit(customers, Double.POSITIVE_INFINITY);
  }

  /**
   * With weak beliefs: amounts of one customer vary by some 40 % of their mean, means of customers
   * by some 70 %, each right within a factor of twenty.
   */
  public static Amounts shrunk(List<Buying> customers) {
    return fit(customers, 1.5);
  }

  private static Amounts fit(List<Buying> customers, double spread) {
    List<Buying> told =
        customers.stream().filter(buying -> buying.repeats() > 0 && buying.mean() > 0).toList();
    double mean = told.stream().mapToDouble(Buying::mean).average().orElseThrow();
    // Of q it is what exceeds 1: without that there is no mean.
    double[] start = {Math.log(6), Math.log(3), Math.log(mean / 2)};
    Prior[] priors =
        Arrays.stream(start).mapToObj(middle -> new Prior(middle, spread)).toArray(Prior[]::new);
    return new Amounts(
        Posterior.of(
            logs -> {
              GammaGamma model = of(Arrays.stream(logs).map(Math::exp).toArray());
              double sum = 0;
              for (int i = 0; i < priors.length; i++) {
                sum += priors[i].logDensity(logs[i]);
              }
              for (Buying buying : told) {
                sum += model.logLikelihood(buying);
              }
              return Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
            },
            start));
  }

  /** With the parameters that fit best. */
  public GammaGamma best() {
    return of(posterior.best());
  }

  /** With parameters that may be true as well, as often as they are likely. */
  public List<GammaGamma> draws(int count, Random random) {
    return Stream.generate(() -> of(posterior.draw(random))).limit(count).toList();
  }

  /** The logarithm of the posterior at its maximum, of the likelihood where nothing is believed. */
  public double logLikelihood() {
    return posterior.height();
  }

  private static GammaGamma of(double[] parameters) {
    return new GammaGamma(parameters[0], 1 + parameters[1], parameters[2]);
  }
}
