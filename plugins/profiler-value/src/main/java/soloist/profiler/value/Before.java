package soloist.profiler.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import soloist.learning.value.Backtest;
import soloist.learning.value.Buying;
import soloist.learning.value.Swing;

/**
 * Customers as they were before an instant.
 *
 * @param rows whom it is about
 * @param now that instant; nothing that came later is seen
 */
@SuppressWarnings("ArrayRecordComponent")
record Before(Customers customers, int[] rows, long now) implements Backtest.History {
  static final long WEEK = 7L * 86_400_000;

  @Override
  public Backtest.Past at(double ago, double weeks) {
    long then = now - (long) ago * WEEK;
    long until = then + (long) weeks * WEEK;
    List<Buying> known = new ArrayList<>();
    List<Integer> came = new ArrayList<>();
    for (int row : rows) {
      customers
          .buying(row, then)
          .ifPresent(
              buying -> {
                known.add(buying);
                came.add(customers.ordersBetween(row, then, until));
              });
    }
    return new Backtest.Past(known, came.stream().mapToInt(Integer::intValue).toArray());
  }

  /** For how many weeks the oldest has been a customer. */
  double oldest() {
    return IntStream.of(rows)
        .boxed()
        .flatMap(row -> customers.buying(row, now).stream())
        .mapToDouble(Buying::age)
        .max()
        .orElse(0);
  }

  /** How far all of them together may move within some weeks. */
  Swing swing(double weeks, Random random) {
    return Swing.of(
        Backtest.trials(this, oldest(), weeks, ValueProfiler::isEnough, random),
        Math.max(1, weeks));
  }
}
