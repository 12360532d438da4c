package soloist.profiler.basket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;

/** Tables of orders, and the profiler opened for them. */
final class Shop {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private Shop() {}

  static Profiler profiler(String... settings) {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    var profiler = new BasketProfiler();
    profiler.open(new Settings(values));
    return profiler;
  }

  /**
   * Two orders of each, an hour apart, on days in turns: half have bread, and in three of four with
   * tea there is a pot as well. Every tenth buys one rare thing.
   */
  static Table of(int people, long seed) {
    var random = new Random(seed);
    List<List<List<String>>> orders = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      List<List<String>> of = new ArrayList<>();
      for (int order = 0; order < 2; order++) {
        List<String> basket = new ArrayList<>();
        if (person % 10 == 9) {
          basket.add("rarity " + person);
        } else {
          IntStream.range(0, 6)
              .filter(_ -> random.nextInt(6) == 0)
              .forEach(item -> basket.add("thing " + item));
          if (random.nextBoolean()) {
            basket.add("bread");
          }
          if (random.nextInt(3) == 0) {
            basket.add("tea");
          }
          if (random.nextInt(4) > 0 && basket.contains("tea") || random.nextInt(12) == 0) {
            basket.add("pot");
          }
        }
        of.add(basket);
      }
      orders.add(of);
    }
    return table(orders);
  }

  /** By person the orders of theirs, by order the products. */
  static Table table(List<List<List<String>>> people) {
    List<String> names =
        people.stream().flatMap(List::stream).flatMap(List::stream).distinct().sorted().toList();
    int[] first = new int[people.size() + 1];
    List<List<String>> orders = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    for (int person = 0; person < people.size(); person++) {
      for (int order = 0; order < people.get(person).size(); order++) {
        orders.add(people.get(person).get(order));
        times.add(NOW.minus(Duration.ofDays(400 - person % 365).minusHours(order)).toEpochMilli());
      }
      first[person + 1] = orders.size();
    }
    int[] firstItem = new int[orders.size() + 1];
    List<Integer> items = new ArrayList<>();
    for (int order = 0; order < orders.size(); order++) {
      orders.get(order).forEach(name -> items.add(names.indexOf(name)));
      firstItem[order + 1] = items.size();
    }
    double[] amounts = new double[orders.size()];
    int[] currencies = new int[orders.size()];
    Arrays.fill(amounts, Double.NaN);
    Arrays.fill(currencies, -1);
    return new Table(
        NOW,
        IntStream.range(0, people.size()).mapToObj(i -> "p" + i).toList(),
        List.of(
            new Table.Events(
                "order",
                first,
                times.stream().mapToLong(Long::longValue).toArray(),
                amounts,
                currencies,
                firstItem,
                items.stream().mapToInt(Integer::intValue).toArray(),
                names)));
  }
}
