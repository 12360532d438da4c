package soloist.profiling;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import soloist.spi.Table;

/**
 * Orders that are unlike the others: far above what their customer usually spends (above what
 * customers usually spend, where he is little known), or many in a short time. Amounts go by the
 * modified z-score of their logarithms with its mark of 3.5 (Iglewicz, Hoaglin, "How to Detect and
 * Handle Outliers", 1993), which those that are far off do not move; only upwards, since a small
 * order risks little.
 */
final class OddOrders {
  /** Of so many other orders a customer's own middle is known. */
  private static final int ENOUGH_OWN = 5;

  private static final int ENOUGH_OF_ALL = 30;
  private static final double NORMAL = 0.6745;
  private static final double MARK = 3.5;

  /** A tenth more or less is no difference, however alike orders are. */
  private static final double LEAST_SPREAD = 0.1;

  private static final long SHORT = 24L * 3_600_000;
  private static final int MANY = 4;
  private static final int ENOUGH_DAYS = 30;
  private static final int ONE_OF = 1_000;

  /**
   * One of them.
   *
   * @param event its place in the column
   */
  record Odd(int row, int event, List<Reason> reasons) {}

  /**
   * Why.
   *
   * @param code of a text
   * @param values that it names
   */
  record Reason(String code, List<String> values) {}

  private final Table.Events orders;
  private final long since;
  private final double[] logs;
  private final Map<Integer, List<Reason>> reasons = new TreeMap<>();

  private OddOrders(Table.Events orders, long since) {
    this.orders = orders;
    this.since = since;
    logs =
        Arrays.stream(orders.amounts())
            .map(amount -> amount > 0 ? Math.log(amount) : Double.NaN)
            .toArray();
  }

  /**
   * Finds them.
   *
   * @param since earlier ones tell what is usual and are not named
   */
  static List<Odd> among(Table.Events orders, long since) {
    OddOrders found = new OddOrders(orders, since);
    for (int currency = 0; currency < orders.names().size(); currency++) {
      found.amounts(currency);
    }
    found.bursts();
    List<Odd> odd = new ArrayList<>();
    found.reasons.forEach((event, why) -> odd.add(new Odd(found.row(event), event, why)));
    return odd;
  }

  private int row(int event) {
    int[] first = orders.first();
    int at = Arrays.binarySearch(first, event);
    if (at < 0) {
      return -at - 2;
    }
    while (first[at + 1] == event) {
      at++; // of those who have no order
    }
    return at;
  }

  private void amounts(int currency) {
    double[] all = new double[logs.length];
    double[] steps = new double[logs.length];
    int count = 0;
    int known = 0;
    List<int[]> people = new ArrayList<>();
    for (int row = 0; row < orders.size(); row++) {
      int[] own = own(row, currency);
      people.add(own);
      double middle = median(own, -1);
      for (int event : own) {
        all[count++] = logs[event];
        if (own.length > ENOUGH_OWN) {
          steps[known++] = Math.abs(logs[event] - middle);
        }
      }
    }
    double[] everybody = Arrays.copyOf(all, count);
    double middle = median(everybody);
    double spread = median(DoubleStream.of(everybody).map(log -> Math.abs(log - middle)).toArray());
    double usual = median(Arrays.copyOf(steps, known));
    for (int[] own : people) {
      for (int event : own) {
        if (orders.times()[event] < since) {
          continue;
        }
        if (own.length > ENOUGH_OWN) {
          double mine = median(own, event);
          double mySpread =
              median(
                  Arrays.stream(own)
                      .filter(other -> other != event)
                      .mapToDouble(other -> Math.abs(logs[other] - mine))
                      .toArray());
          judge(event, "review-own", mine, Math.max(mySpread, usual), own.length - 1);
        } else if (count > ENOUGH_OF_ALL) {
          judge(event, "review-all", middle, spread, count);
        }
      }
    }
  }

  private void judge(int event, String code, double middle, double spread, int others) {
    double score = NORMAL * (logs[event] - middle) / Math.max(LEAST_SPREAD, spread);
    if (score > MARK) {
      add(
          event,
          new Reason(
              code,
              List.of(
                  figure(Math.exp(logs[event] - middle), 1),
                  figure(Math.exp(middle), 2),
                  orders.names().get(orders.currencies()[event]),
                  Integer.toString(others),
                  figure(score, 1))));
    }
  }

  /** One person's orders with an amount in a currency. */
  private int[] own(int row, int currency) {
    return IntStream.range(orders.first()[row], orders.first()[row + 1])
        .filter(event -> orders.currencies()[event] == currency && !Double.isNaN(logs[event]))
        .toArray();
  }

  /** Of all but one. */
  private double median(int[] events, int but) {
    return median(
        Arrays.stream(events).filter(event -> event != but).mapToDouble(e -> logs[e]).toArray());
  }

  private static double median(double[] values) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Orders of a person within 24 hours of the first of them. */
  private record Burst(int row, int last, int count) {}

  /** Few customers ever order so often in a day, and this one did. */
  private void bursts() {
    List<Burst> all = new ArrayList<>();
    for (int row = 0; row < orders.size(); row++) {
      int event = orders.first()[row];
      while (event < orders.first()[row + 1]) {
        int next = event;
        while (next < orders.first()[row + 1]
            && orders.times()[next] - orders.times()[event] < SHORT) {
          next++;
        }
        all.add(new Burst(row, next - 1, next - event));
        event = next;
      }
    }
    Map<Integer, List<Burst>> many =
        all.stream()
            .filter(burst -> burst.count() >= MANY)
            .collect(Collectors.groupingBy(Burst::count, TreeMap::new, Collectors.toList()));
    Map<Integer, Long> spans =
        all.stream().collect(Collectors.groupingBy(Burst::row, Collectors.counting()));
    many.values().stream()
        .flatMap(List::stream)
        .filter(burst -> orders.times()[burst.last()] >= since)
        .forEach(burst -> judge(burst, all.size() - spans.getOrDefault(burst.row(), 0L), many));
  }

  /**
   * @param others how many spans other customers have
   * @param many those with many orders, by how many
   */
  private void judge(Burst burst, long others, Map<Integer, List<Burst>> many) {
    // More are not needed to know that they are not rare, and counting all of them takes long.
    long such =
        many.entrySet().stream()
            .filter(each -> each.getKey() >= burst.count())
            .flatMap(each -> each.getValue().stream())
            .filter(each -> each.row() != burst.row())
            .limit(others / ONE_OF + 1)
            .count();
    if (others >= ENOUGH_DAYS && such * ONE_OF <= others) {
      add(
          burst.last(),
          new Reason(
              "review-many",
              List.of(
                  Integer.toString(burst.count()), Long.toString(such), Long.toString(others))));
    }
  }

  private void add(int event, Reason reason) {
    reasons.computeIfAbsent(event, _ -> new ArrayList<>()).add(reason);
  }

  private static String figure(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }
}
