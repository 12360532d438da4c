package soloist.learning.basket;

/** The 95 % interval of a part that was counted (Wilson, JASA 22, 1927). */
public final class Wilson {
  private static final double Z = 1.959963984540054;

  private Wilson() {}

  /** The lower end for some hits of so many tries, at least one. */
  public static double low(int hits, int of) {
    return end(hits, of, -1);
  }

  /** The upper end. */
  public static double high(int hits, int of) {
    return end(hits, of, 1);
  }

  private static double end(int hits, double of, int sign) {
    double part = hits / of;
    double middle = part + Z * Z / (2 * of);
    double width = Z * Math.sqrt(part * (1 - part) / of + Z * Z / (4 * of * of));
    return (middle + sign * width) / (1 + Z * Z / of);
  }
}
