package soloist.profiler.value;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import soloist.learning.measure.Interval;
import soloist.learning.value.Backtest;
import soloist.learning.value.BgNbd;
import soloist.learning.value.Buying;
import soloist.learning.value.Future;
import soloist.learning.value.Orders;
import soloist.learning.value.Swing;

/**
 * The orders of the last weeks as they would have been foretold before, beside those that came.
 *
 * @param weeks how many
 * @param customers as they were then
 * @param expected of each customer
 * @param plain of each customer, if he went on as before
 * @param came of each customer
 * @param all the orders of all customers as they might have come, rising
 */
@SuppressWarnings("ArrayRecordComponent")
record HoldOut(
    double weeks,
    List<Buying> customers,
    double[] expected,
    double[] plain,
    double[] came,
    double[] all) {
  /** The last part of the time that the oldest customer has been one. */
  private static final double PART = 1.0 / 3;

  private static final int DRAWS = 200;

  /** Empty where the customers of then were too few. */
  static Optional<HoldOut> of(Customers customers, int[] rows, double ahead, long seed) {
    double weeks = weeks(customers, rows, ahead);
    Backtest.Past past = new Before(customers, rows, customers.now()).at(weeks, weeks);
    List<Buying> known = past.customers();
    if (weeks < 1 || !ValueProfiler.isEnough(known)) {
      return Optional.empty();
    }
    Orders learnt = Orders.shrunk(known);
    BgNbd best = learnt.best();
    Random random = new Random(seed);
    Swing swing =
        new Before(customers, rows, customers.now() - (long) weeks * Before.WEEK)
            .swing(weeks, random);
    return Optional.of(
        new HoldOut(
            weeks,
            known,
            known.stream().mapToDouble(buying -> best.expected(weeks, buying)).toArray(),
            known.stream()
                .mapToDouble(buying -> weeks * buying.repeats() / Math.max(1, buying.age()))
                .toArray(),
            IntStream.of(past.came()).asDoubleStream().toArray(),
            new Future(learnt.draws(DRAWS, random), random).orders(weeks, known, swing)));
  }

  /** How many of the last weeks can be foretold from what was before; 0 for none. */
  static double weeks(Customers customers, int[] rows, double ahead) {
    double oldest = new Before(customers, rows, customers.now()).oldest();
    return Math.floor(Math.min(ahead, oldest * PART));
  }

  double error() {
    return error(expected);
  }

  double plainError() {
    return error(plain);
  }

  private double error(double[] foretold) {
    return Arrays.stream(errors(foretold)).average().orElseThrow();
  }

  private double[] errors(double[] foretold) {
    return IntStream.range(0, came.length)
        .mapToDouble(i -> Math.abs(came[i] - foretold[i]))
        .toArray();
  }

  Interval errorWithin(double confidence) {
    return Interval.ofMean(errors(expected), confidence);
  }

  double orders() {
    return Arrays.stream(expected).sum();
  }

  Interval ordersWithin(double confidence) {
    return Interval.ofSorted(all, confidence);
  }

  int ordersThatCame() {
    return (int) Arrays.stream(came).sum();
  }

  /** Of customers with so many repeated orders, the mean foretold and the mean that came. */
  record Group(double repeats, double foretold, double came) {}

  /** By repeated orders, all with many together. */
  List<Group> groups(int most) {
    return IntStream.rangeClosed(0, most)
        .mapToObj(
            repeats ->
                IntStream.range(0, came.length)
                    .filter(i -> Math.min(most, customers.get(i).repeats()) == repeats)
                    .toArray())
        .filter(rows -> rows.length > 0)
        .map(
            rows ->
                new Group(
                    Math.min(most, customers.get(rows[0]).repeats()),
                    IntStream.of(rows).mapToDouble(i -> expected[i]).average().orElseThrow(),
                    IntStream.of(rows).mapToDouble(i -> came[i]).average().orElseThrow()))
        .toList();
  }
}
