package soloist.profiler.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;

/** Tables of people, and the profiler opened for them. */
final class People {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private People() {}

  static Profiler profiler(String... settings) {
    Map<String, String> values = new TreeMap<>(Map.of("numbers", "orders, spent_EUR"));
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    var profiler = new ClusterProfiler();
    profiler.open(new Settings(values));
    return profiler;
  }

  static Table table(double[] orders, double[] spent, double[] daysAgo) {
    long[] last = new long[daysAgo.length];
    for (int i = 0; i < last.length; i++) {
      last[i] =
          Double.isNaN(daysAgo[i])
              ? Table.Times.NONE
              : NOW.minus(Duration.ofSeconds((long) (86_400 * daysAgo[i]))).toEpochMilli();
    }
    return new Table(
        NOW,
        IntStream.range(0, orders.length).mapToObj(i -> "p" + i).toList(),
        List.of(
            new Table.Numbers("orders", orders),
            new Table.Numbers("spent_EUR", spent),
            new Table.Times("last_order", last)));
  }

  /**
   * Three kinds in turns: many orders, much spent, lately; few orders, much spent; few, little,
   * long ago. Of every tenth nothing is known.
   */
  static Table of(int people, long seed) {
    var random = new Random(seed);
    double[] orders = new double[people];
    double[] spent = new double[people];
    double[] days = new double[people];
    for (int i = 0; i < people; i++) {
      boolean isUnknown = i % 10 == 9;
      int kind = i % 3;
      orders[i] = isUnknown ? Double.NaN : List.of(20, 6, 3).get(kind) + random.nextGaussian();
      spent[i] = isUnknown ? Double.NaN : (kind == 2 ? 40 : 500) + 10 * random.nextGaussian();
      days[i] = isUnknown ? Double.NaN : (kind == 2 ? 200 : 40) + 15 * random.nextGaussian();
    }
    return table(orders, spent, days);
  }

  /** People who resemble nobody: every trait is drawn by itself. */
  static Table alike(int people, long seed) {
    var random = new Random(seed);
    return table(
        random.doubles(people, 0, 10).toArray(),
        random.doubles(people, 0, 100).toArray(),
        random.doubles(people, 0, 300).toArray());
  }
}
