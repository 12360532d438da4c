package soloist.learning.value;

/**
 * What is believed of the logarithm of a parameter before any customer is seen.
 *
 * @param middle where it is most likely
 * @param spread standard deviation; infinite where nothing is believed
 */
record Prior(double middle, double spread) {
  static final Prior NONE = new Prior(0, Double.POSITIVE_INFINITY);

  double logDensity(double logarithm) {
    double off = (logarithm - middle) / spread;
    return -off * off / 2;
  }
}
