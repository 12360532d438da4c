package soloist.profiler.value;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;

/** Tables of people, and the profiler opened for them. */
final class People {
  static final Instant NOW = Instant.parse("2025-12-01T00:00:00Z");

  private People() {}

  static Profiler profiler() {
    var profiler = new ValueProfiler();
    profiler.open(new Settings(Map.of("currency", "EUR")));
    return profiler;
  }

  static Table table(double[] orders, double[] spent, long[] last) {
    return new Table(
        NOW,
        IntStream.range(0, orders.length).mapToObj(i -> "p" + i).toList(),
        List.of(
            new Table.Numbers("orders", orders),
            new Table.Numbers("spent_EUR", spent),
            new Table.Times("last_order", last),
            events(orders, spent, last)));
  }

  /** As many orders of the same amount, of everybody in a rhythm of his own, up to the last one. */
  private static Table.Events events(double[] orders, double[] spent, long[] last) {
    int[] first = new int[orders.length + 1];
    for (int row = 0; row < orders.length; row++) {
      first[row + 1] = first[row] + (last[row] == Table.Times.NONE ? 0 : (int) orders[row]);
    }
    int count = first[orders.length];
    long[] times = new long[count];
    double[] amounts = new double[count];
    int[] currencies = new int[count];
    for (int row = 0; row < orders.length; row++) {
      long gap = Duration.ofDays(7 + row % 40).toMillis();
      for (int event = first[row]; event < first[row + 1]; event++) {
        times[event] = last[row] - (first[row + 1] - 1 - event) * gap;
        amounts[event] = spent[row] / orders[row];
        currencies[event] = Double.isNaN(spent[row]) ? -1 : 0;
      }
    }
    return new Table.Events(
        "order", first, times, amounts, currencies, new int[count + 1], new int[0], List.of("EUR"));
  }

  /** Made-up people, every tenth without an order. */
  static Table of(int people, long seed) {
    var random = new Random(seed);
    double[] orders = new double[people];
    double[] spent = new double[people];
    long[] last = new long[people];
    for (int i = 0; i < people; i++) {
      boolean none = i % 10 == 9;
      orders[i] = none ? Double.NaN : 1 + (int) (-2 * Math.log(random.nextDouble()));
      spent[i] = none ? Double.NaN : orders[i] * Math.round(random.nextDouble() * 10_000) / 100.0;
      last[i] = none ? Table.Times.NONE : daysAgo(random.nextInt(400));
    }
    return table(orders, spent, last);
  }

  /** People who differ in nothing but the number of orders. */
  static Table withOrders(double... orders) {
    double[] spent = new double[orders.length];
    long[] last = new long[orders.length];
    Arrays.fill(spent, 10);
    Arrays.fill(last, daysAgo(1));
    return table(orders, spent, last);
  }

  static long daysAgo(int days) {
    return NOW.minus(Duration.ofDays(days)).toEpochMilli();
  }

  /** The rows of {@code oracle.csv}, which {@code oracle.py} writes. */
  static List<List<String>> oracle() {
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(People.class.getResourceAsStream("oracle.csv")),
                StandardCharsets.UTF_8))) {
      return in.lines().skip(1).map(line -> List.of(line.split(",", -1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
