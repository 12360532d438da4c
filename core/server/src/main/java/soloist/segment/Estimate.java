package soloist.segment;

/**
 * How many people a condition holds for.
 *
 * @param value the number, or the likeliest one
 * @param low the fewest there can well be: the interval holds the true number in 95 of 100 cases
 * @param high the most there can well be
 * @param seen how many people were asked
 * @param people how many there are
 */
record Estimate(long value, long low, long high, long seen, long people) {
  private static final double Z = 1.96;

  boolean isExact() {
    return seen >= people;
  }

  static Estimate exactly(long value, long people) {
    return new Estimate(value, value, value, people, people);
  }

  /**
   * Of a random sample without replacement: the score interval (Wilson, JASA 22, 1927) with the
   * size of the sample raised by the finite population correction (Cochran, Sampling Techniques,
   * 2.6), and never outside of what the sample has proved.
   */
  static Estimate from(long hits, long seen, long people) {
    if (seen >= people || seen == 0) {
      return exactly(hits, seen);
    }
    double share = (double) hits / seen;
    double size = seen * (people - 1.0) / (people - seen);
    double middle = share + Z * Z / (2 * size);
    double spread = Z * Math.sqrt(share * (1 - share) / size + Z * Z / (4 * size * size));
    double whole = 1 + Z * Z / size;
    long low = Math.max(hits, Math.round(people * (middle - spread) / whole));
    long high = Math.min(people - (seen - hits), Math.round(people * (middle + spread) / whole));
    long value = Math.clamp(Math.round(people * share), low, high);
    return new Estimate(value, low, high, seen, people);
  }
}
