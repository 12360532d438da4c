package soloist.learning.value;

import org.hipparchus.special.Gamma;

/**
 * What an order comes to: each customer's amounts vary around a mean of his own, and the means vary
 * among customers (Fader, Hardie, "The Gamma-Gamma Model of Monetary Value", 2013). {@code v} is in
 * the currency of the amounts.
 */
public record GammaGamma(double p, double q, double v) {

  public GammaGamma {
    if (q <= 1) {
      throw new IllegalArgumentException("with q = " + q + " amounts have no mean");
    }
  }

  /** The mean of all customers. */
  public double mean() {
    return p * v / (q - 1);
  }

  /**
   * What an order of this customer will come to, equation (5): between his own mean and
   * everybody's, nearer to his own the more orders he has.
   */
  public double expected(Buying buying) {
    double x = buying.mean() > 0 ? buying.repeats() : 0;
    return p * (v + x * buying.mean()) / (p * x + q - 1);
  }

  /** Of a customer with an amount, equation (1a). */
  double logLikelihood(Buying buying) {
    double x = buying.repeats();
    double z = buying.mean();
    return Gamma.logGamma(p * x + q)
        - Gamma.logGamma(p * x)
        - Gamma.logGamma(q)
        + q * Math.log(v)
        + (p * x - 1) * Math.log(z)
        + p * x * Math.log(x)
        - (p * x + q) * Math.log(v + x * z);
  }
}
