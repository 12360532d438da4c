package soloist.learning.basket;

import soloist.learning.measure.Interval;

/**
 * "Whoever has {@code from} has {@code to} as well", with the counts behind it.
 *
 * @param from items in ascending order, at least one
 * @param to one other item
 * @param both how many baskets hold all of them
 * @param fromCount how many hold {@code from}
 * @param toCount how many hold {@code to}
 * @param baskets how many there are
 */
@SuppressWarnings("ArrayRecordComponent")
public record Rule(int[] from, int to, int both, int fromCount, int toCount, int baskets) {

  /** The part of all baskets that hold all of the items. */
  public double support() {
    return (double) both / baskets;
  }

  /** Of the baskets with {@code from}, the part that holds {@code to}: P(to | from). */
  public double confidence() {
    return (double) both / fromCount;
  }

  /** How many times as often {@code to} comes with {@code from} as it comes at all; 1 is chance. */
  public double lift() {
    return confidence() / ((double) toCount / baskets);
  }

  /** The 95 % interval of {@link #confidence}. */
  public Interval interval() {
    return Interval.wilson(both, fromCount, 0.95);
  }
}
