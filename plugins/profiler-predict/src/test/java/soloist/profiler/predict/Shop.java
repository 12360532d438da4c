package soloist.profiler.predict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;

/**
 * A made-up shop. Each customer orders at a rate of his own and leaves at some time, so that who
 * ordered often and lately will order again.
 */
final class Shop {
  static final Instant NOW = Instant.parse("2025-12-01T00:00:00Z");
  private static final int DAYS = 500;
  private static final List<String> NAMES = List.of("EUR", "tea", "pot");

  private Shop() {}

  static Profiler profiler(Map<String, String> settings) {
    var profiler = new PredictProfiler();
    profiler.open(settings(settings));
    return profiler;
  }

  /** Churn within 60 days by the quickest method, but for what is said otherwise. */
  static Settings settings(Map<String, String> changed) {
    Map<String, String> all = new HashMap<>();
    all.put("goal", "churn");
    all.put("currency", "EUR");
    all.put("days", "60");
    all.put("method", "logistic");
    all.putAll(changed);
    return new Settings(all);
  }

  /** Every tenth person has not ordered. */
  static Table of(int people, long seed) {
    return table(people, orders(people, seed));
  }

  static Table table(int people, Table.Column... columns) {
    return new Table(
        NOW, IntStream.range(0, people).mapToObj(i -> "p" + i).toList(), List.of(columns));
  }

  static Table.Events orders(int people, long seed) {
    Random random = new Random(seed);
    List<List<Long>> times = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      List<Long> own = new ArrayList<>();
      times.add(own);
      if (i % 10 == 9) {
        continue;
      }
      double rate = Math.exp(random.nextGaussian()) / 40; // a day
      double since = DAYS * random.nextDouble();
      double leaves = since - Math.log(1 - random.nextDouble()) * 200;
      for (double day = since; day < Math.min(DAYS, leaves); ) {
        own.add(NOW.minus(Duration.ofMinutes((long) ((DAYS - day) * 1440))).toEpochMilli());
        day -= Math.log(1 - random.nextDouble()) / rate;
      }
    }
    return events("order", times, random);
  }

  /** People to whom nothing says what they will do: an order on any day, by chance alone. */
  static Table withoutRhyme(int people, long seed) {
    Random random = new Random(seed);
    List<List<Long>> times = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      List<Long> own = new ArrayList<>();
      own.add(NOW.minus(Duration.ofDays(DAYS)).toEpochMilli());
      for (double day = 0; day < DAYS; ) {
        day -= Math.log(1 - random.nextDouble()) * 80;
        if (day < DAYS) {
          own.add(NOW.minus(Duration.ofMinutes((long) ((DAYS - day) * 1440))).toEpochMilli());
        }
      }
      times.add(own);
    }
    return table(people, events("order", times, random));
  }

  /** With amounts of some euros, one order in three with a pot beside the tea. */
  static Table.Events events(String type, List<List<Long>> times, Random random) {
    int[] first = new int[times.size() + 1];
    for (int i = 0; i < times.size(); i++) {
      first[i + 1] = first[i] + times.get(i).size();
    }
    int count = first[times.size()];
    int[] firstItem = new int[count + 1];
    List<Integer> items = new ArrayList<>();
    double[] amounts = new double[count];
    for (int i = 0; i < count; i++) {
      items.add(1);
      if (random.nextInt(3) == 0) {
        items.add(2);
      }
      firstItem[i + 1] = items.size();
      amounts[i] = 10 + random.nextInt(50);
    }
    return new Table.Events(
        type,
        first,
        times.stream().flatMap(List::stream).mapToLong(Long::longValue).toArray(),
        amounts,
        new int[count],
        firstItem,
        items.stream().mapToInt(Integer::intValue).toArray(),
        NAMES);
  }
}
