package soloist.profiler.value;

/** The three scores of a customer, 1 to 5 each, and the group that they make. */
record Scores(int recency, int frequency, int monetary, double orders) {

  int sum() {
    return recency + frequency + monetary;
  }

  Group group() {
    if (recency <= 2) {
      return frequency >= 3 || monetary >= 3 ? Group.AT_RISK : Group.LAPSED;
    }
    if (frequency >= 4) {
      return monetary >= 4 ? Group.HIGH_VALUE : Group.LOYAL;
    }
    return orders < 2 && recency >= 4 ? Group.NEW : Group.POTENTIAL;
  }
}
