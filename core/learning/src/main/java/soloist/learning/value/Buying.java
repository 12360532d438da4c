package soloist.learning.value;

import java.util.Arrays;

/**
 * How one customer has bought, as the models need it. Several orders on one day count as one.
 *
 * @param repeats days with orders after the first one
 * @param last weeks from the first to the last of them
 * @param age weeks from the first until now
 * @param mean what an order after the first one came to on average; 0 where there is none
 */
public record Buying(int repeats, double last, double age, double mean) {
  private static final double DAYS_A_WEEK = 7;
  private static final long DAY = 86_400_000;

  public Buying {
    if (repeats < 0 || last < 0 || last > age || repeats == 0 && last > 0) {
      throw new IllegalArgumentException(
          repeats + " repeated orders until week " + last + " of " + age);
    }
  }

  /**
   * Sums up orders.
   *
   * @param times of at least one order, oldest first, in milliseconds since 1970
   * @param amounts of the same orders; NaN counts as nothing told
   * @param now not before the last order
   */
  public static Buying of(long[] times, double[] amounts, long now) {
    long[] days = Arrays.stream(times).map(time -> Math.floorDiv(time, DAY)).toArray();
    int repeats = 0;
    double spent = 0;
    int told = 0;
    long lastTold = days[0];
    for (int i = 1; i < days.length; i++) {
      repeats += days[i] != days[i - 1] ? 1 : 0;
      if (days[i] != days[0] && !Double.isNaN(amounts[i])) {
        spent += amounts[i];
        told += days[i] != lastTold ? 1 : 0;
        lastTold = days[i];
      }
    }
    long first = days[0];
    return new Buying(
        repeats,
        (days[days.length - 1] - first) / DAYS_A_WEEK,
        (Math.floorDiv(now, DAY) - first) / DAYS_A_WEEK,
        told == 0 ? 0 : spent / told);
  }
}
