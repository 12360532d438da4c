package soloist.learning.value;

import org.hipparchus.special.Gamma;

/**
 * How often customers buy and when they stop: while alive each buys at a rate of his own, and after
 * each order he may leave with a chance of his own (BG/NBD; Fader, Hardie, Lee, "Counting Your
 * Customers the Easy Way", Marketing Science 24(2), 2005). Rates are gamma distributed with shape
 * {@code r} and scale {@code alpha} in weeks, chances beta distributed with {@code a} and {@code
 * b}.
 */
public record BgNbd(double r, double alpha, double a, double b) {
  private static final int MOST_TERMS = 100_000;

  /** The chance that the customer has not left, equation in section 4 of the paper's appendix. */
  public double alive(Buying buying) {
    return 1 / (1 + gone(buying));
  }

  private double gone(Buying buying) {
    int x = buying.repeats();
    if (x == 0) {
      return 0; // who never came back had no occasion to leave
    }
    return a
        / (b + x - 1)
        * Math.exp((r + x) * Math.log((alpha + buying.age()) / (alpha + buying.last())));
  }

  /** Orders expected within the next weeks, equation (10) of the paper. */
  public double expected(double weeks, Buying buying) {
    if (weeks == 0) {
      return 0;
    }
    int x = buying.repeats();
    // The formula divides by a - 1, and is continuous there.
    double a1 = Math.abs(a - 1) < 1e-6 ? 1e-6 : a - 1;
    double sum = a1 + 1 + b + x - 1;
    double z = weeks / (alpha + buying.age() + weeks);
    // Euler's transformation: the series of the paper converges badly where weeks is long.
    double tail = Math.exp(a1 * Math.log1p(-z)) * hypergeometric(a1 + b - r, a1, sum, z);
    return Math.max(0, sum / a1 * (1 - tail) / (1 + gone(buying)));
  }

  /** The chance that no order comes within the next weeks. */
  public double silent(double weeks, Buying buying) {
    double stillNone =
        Math.exp(
            (r + buying.repeats())
                * Math.log((alpha + buying.age()) / (alpha + buying.age() + weeks)));
    return 1 - alive(buying) * (1 - stillNone);
  }

  /** Gauss's series of 2F1. */
  static double hypergeometric(double a, double b, double c, double z) {
    double term = 1;
    double sum = 1;
    for (int k = 0; k < MOST_TERMS; k++) {
      term *= (a + k) * (b + k) / (c + k) / (k + 1) * z;
      sum += term;
      if (Math.abs(term) < 1e-14 * Math.abs(sum)) {
        break;
      }
    }
    return sum;
  }

  /** The density of what a customer did, in the two parts that the number of orders alone sets. */
  record Given(double never, double later) {
    static Given repeats(int x, BgNbd model) {
      double r = model.r;
      double a = model.a;
      double b = model.b;
      double both =
          Gamma.logGamma(r + x)
              - Gamma.logGamma(r)
              + r * Math.log(model.alpha)
              + Gamma.logGamma(a + b)
              + Gamma.logGamma(b + x)
              - Gamma.logGamma(b)
              - Gamma.logGamma(a + b + x);
      return new Given(both, x == 0 ? Double.NEGATIVE_INFINITY : Math.log(a / (b + x - 1)));
    }
  }

  /** Equation (6) of the paper, with the parts that depend on the number of orders given. */
  double logLikelihood(Given given, int x, double last, double age) {
    double alive = -(r + x) * Math.log(alpha + age);
    if (x == 0) {
      return given.never + alive;
    }
    double left = given.later - (r + x) * Math.log(alpha + last);
    double more = Math.max(alive, left);
    return given.never + more + Math.log1p(Math.exp(Math.min(alive, left) - more));
  }
}
