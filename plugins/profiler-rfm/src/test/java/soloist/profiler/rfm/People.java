package soloist.profiler.rfm;

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
    var profiler = new RfmProfiler();
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
            new Table.Times("last_order", last)));
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
