package soloist.profiler.predict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import soloist.learning.data.HeldOut;
import soloist.learning.data.Vocabulary;
import soloist.spi.Table;
import soloist.spi.Text;

/** The columns of a table, seen from any past instant: what came later is not seen. */
final class Histories {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final PredictSettings settings;
  private final Table.Events orders;
  private final Table.Events event; // the orders themselves where no other is foretold
  private final List<Table.Numbers> facts = new ArrayList<>();
  private final List<Table.Texts> texts = new ArrayList<>();
  private final Vocabulary vocabulary;
  private final List<String> people;
  private final Instant now;
  private final int currency;
  private final int product;

  /** With the words that its own texts have. */
  Histories(Table table, PredictSettings settings) {
    this(table, settings, learnt(table, settings));
  }

  /**
   * With the words of a model.
   *
   * @throws IllegalArgumentException when the columns are not those that were asked for
   */
  Histories(Table table, PredictSettings settings, Vocabulary vocabulary) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    now = table.asOf();
    people = table.people();
    List<Table.Events> events = new ArrayList<>();
    for (Table.Column column : table.columns()) {
      switch (column) {
        case Table.Events each -> events.add(each);
        case Table.Numbers numbers -> facts.add(numbers);
        case Table.Texts each -> texts.add(each);
        case Table.Times _ ->
            throw new IllegalArgumentException("nobody asked for column " + column.key());
      }
    }
    if (events.isEmpty()
        || facts.size() != settings.facts().size()
        || texts.size() != settings.texts().size()) {
      throw new IllegalArgumentException("the table must have the columns that were asked for");
    }
    orders = events.getFirst();
    event = events.getLast();
    currency = orders.names().indexOf(settings.currency());
    product = orders.names().indexOf(settings.product());
  }

  private static Vocabulary learnt(Table table, PredictSettings settings) {
    List<List<String>> texts = new ArrayList<>();
    for (Table.Column column : table.columns()) {
      if (column instanceof Table.Texts all) {
        texts.add(
            IntStream.range(0, all.size())
                .filter(row -> !HeldOut.holds(table.people().get(row)))
                .mapToObj(all.values()::get)
                .toList());
      }
    }
    return Vocabulary.of(settings.texts(), texts, settings.words());
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** What each fact is called. */
  List<Text> names() {
    return Reasons.names(settings, vocabulary);
  }

  int rows() {
    return orders.size();
  }

  Instant now() {
    return now;
  }

  /** An instant so many days before now. */
  long daysAgo(long days) {
    return now.toEpochMilli() - days * DAY;
  }

  /** Days since the first order of all; 0 where there is none. */
  long watched() {
    return Arrays.stream(orders.times()).min().stream()
        .map(first -> (now.toEpochMilli() - first) / DAY)
        .findFirst()
        .orElse(0);
  }

  /** Those who had ordered until an instant. */
  int[] customers(long until) {
    return IntStream.range(0, rows())
        .filter(row -> orders.first()[row] < end(orders, row, until))
        .toArray();
  }

  /** Those of them from whom a model may learn. */
  int[] learntFrom(long until) {
    return IntStream.of(customers(until)).filter(row -> !isHeldOut(row)).toArray();
  }

  boolean isHeldOut(int row) {
    return HeldOut.holds(people.get(row));
  }

  /** The first event of a row that came later. */
  private static int end(Table.Events events, int row, long until) {
    int from = events.first()[row];
    int to = events.first()[row + 1];
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (events.times()[middle] <= until) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /**
   * What was known of a customer until an instant: first each {@link Fact}, then the traits, then
   * the words.
   */
  double[] facts(int row, long until) {
    int from = orders.first()[row];
    int to = end(orders, row, until);
    int own = Fact.values().length;
    double[] known = new double[own + facts.size() + vocabulary.columns()];
    Set<Integer> products = new HashSet<>();
    double since = days(until, orders.times()[to - 1]);
    double age = days(until, orders.times()[from]);
    for (int i = from; i < to; i++) {
      double ago = days(until, orders.times()[i]);
      double amount = amount(i);
      put(known, Fact.ORDERS_30, ago < 30 ? 1 : 0);
      put(known, Fact.ORDERS_90, ago < 90 ? 1 : 0);
      put(known, Fact.ORDERS_365, ago < 365 ? 1 : 0);
      put(known, Fact.SPENT, amount);
      put(known, Fact.SPENT_90, ago < 90 ? amount : 0);
      IntStream.range(orders.firstItem()[i], orders.firstItem()[i + 1])
          .forEach(item -> products.add(orders.items()[item]));
    }
    double gap = to - from < 2 ? age + 1 : (age - since) / (to - from - 1);
    put(known, Fact.SINCE_LAST, since);
    put(known, Fact.ORDERS, to - from);
    put(known, Fact.AGE, age);
    put(known, Fact.GAP, gap);
    put(known, Fact.LATENESS, since / Math.max(1, gap));
    put(known, Fact.LAST_AMOUNT, amount(to - 1));
    put(known, Fact.PRODUCTS, products.size());
    for (int i = 0; i < facts.size(); i++) {
      known[own + i] = facts.get(i).values()[row];
    }
    double[] weights =
        vocabulary.weights(texts.stream().map(text -> text.values().get(row)).toList());
    System.arraycopy(weights, 0, known, own + facts.size(), weights.length);
    return known;
  }

  private static void put(double[] known, Fact fact, double more) {
    known[fact.ordinal()] += more;
  }

  private static double days(long until, long time) {
    return (double) (until - time) / DAY;
  }

  private double amount(int order) {
    double amount = orders.amounts()[order];
    return orders.currencies()[order] == currency && !Double.isNaN(amount) ? amount : 0;
  }

  /** Whether it happened after an instant, within the days. */
  boolean happened(int row, long after) {
    return switch (settings.goal()) {
      case CHURN -> !came(orders, row, after, -1);
      case NEXT_PURCHASE -> came(orders, row, after, -1);
      case PROPENSITY -> product >= 0 && came(orders, row, after, product);
      case RISK -> came(event, row, after, -1);
    };
  }

  private boolean came(Table.Events events, int row, long after, int item) {
    int to = end(events, row, after + settings.days() * DAY);
    for (int i = end(events, row, after); i < to; i++) {
      if (item < 0
          || IntStream.range(events.firstItem()[i], events.firstItem()[i + 1])
              .anyMatch(each -> events.items()[each] == item)) {
        return true;
      }
    }
    return false;
  }
}
