package soloist.profile;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.lane.Row;
import soloist.store.Values;

/**
 * What a person does, counted as rows are folded in: {@link Computed} makes facts of it. Takes the
 * same few kilobytes after ten events or a hundred thousand, and does not depend on their order:
 * where there are too many kinds of something, those that come first in a fixed order are kept.
 */
public final class Habits {
  static final int MOST_TYPES = 16;
  static final int MOST_CURRENCIES = 4;
  static final int MOST_NAMES = 32;
  private static final int HOURS = 24;

  /** What the parts take that are always there. */
  private static final int BYTES = 1_024;

  private static final int BYTES_A_DAY = 12;
  private static final int BYTES_A_PAID_DAY = 24;

  /** Kept before all others when somebody does more kinds of things than are counted. */
  private static final List<String> USUAL =
      List.of(
          EventTypes.ORDER,
          EventTypes.RETURNED,
          EventTypes.OPENED,
          EventTypes.CLICKED,
          EventTypes.UNSUBSCRIBED,
          "page_view",
          "product_view",
          "add_to_cart",
          "search");

  private static final Comparator<String> USUAL_FIRST =
      Comparator.<String>comparingInt(type -> USUAL.contains(type) ? USUAL.indexOf(type) : 99)
          .thenComparing(Comparator.naturalOrder());

  private @Nullable Moment first;
  private @Nullable Moment last;
  private final SortedMap<String, Count> did = new TreeMap<>(USUAL_FIRST);
  private final SortedMap<String, Count> spent = new TreeMap<>();
  private Mentions categories = new Mentions();
  private Mentions brands = new Mentions();
  private Bought bought = new Bought();
  private final long[] hours = new long[HOURS];

  Optional<Moment> first() {
    return Optional.ofNullable(first);
  }

  Optional<Moment> last() {
    return Optional.ofNullable(last);
  }

  /** By event type. */
  SortedMap<String, Count> did() {
    return did;
  }

  /** By currency: the times are orders, the amounts are less what was given back. */
  SortedMap<String, Count> spent() {
    return spent;
  }

  Mentions categories() {
    return categories;
  }

  Mentions brands() {
    return brands;
  }

  Bought bought() {
    return bought;
  }

  /** How often something was done in each hour of the day, in UTC. */
  LongStream hours() {
    return LongStream.of(hours);
  }

  boolean isEmpty() {
    return first == null;
  }

  /** Counts a row that is a sign of life. */
  void add(Row row, String type) {
    Moment moment = new Moment(row.time(), row.id());
    first = Moment.earlier(first, moment);
    last = Moment.later(last, moment);
    if (isTold(type)) {
      return;
    }
    Count count = first(did, type, MOST_TYPES, Count::new);
    if (count != null) {
      count.add(moment, 1, BigDecimal.ONE);
    }
    if (type.equals(EventTypes.ORDER) || type.equals(EventTypes.RETURNED)) {
      pay(row, moment, type.equals(EventTypes.ORDER) ? 1 : 0);
    }
    if (type.equals(EventTypes.ORDER)) {
      bought.add(row, moment);
    }
    if (!type.equals(EventTypes.RETURNED) && !type.equals(EventTypes.UNSUBSCRIBED)) {
      categories.add(moment, named(row, "category"));
      brands.add(moment, named(row, "brand"));
      LocalTime time = row.time().atOffset(ZoneOffset.UTC).toLocalTime();
      // Who tells only the day of something says midnight.
      if (!time.equals(LocalTime.MIDNIGHT)) {
        hours[time.getHour()]++;
      }
    }
  }

  /** What others say of somebody, which the person does not do. */
  private static boolean isTold(String type) {
    return type.equals(EventTypes.TRAITS)
        || type.equals(EventTypes.CONSENT)
        || type.startsWith("profile.")
        || type.startsWith("campaign.");
  }

  private void pay(Row row, Moment moment, int orders) {
    if (row.properties().get("total") instanceof BigDecimal total
        && row.properties().get("currency") instanceof String currency) {
      Count count = first(spent, currency, MOST_CURRENCIES, Count::new);
      if (count != null) {
        count.add(moment, orders, total);
      }
    }
  }

  private static List<String> named(Row row, String kind) {
    List<String> names = new ArrayList<>();
    if (row.properties().get(kind) instanceof String name) {
      names.add(name);
    }
    if (row.properties().get("lines") instanceof List<?> lines) {
      for (Object line : lines) {
        if (line instanceof Map<?, ?> named && named.get(kind) instanceof String name) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /**
   * The value of a key when it is among the first {@code most} of all keys there were. Whatever is
   * left out once would be left out by every other order of the same keys.
   */
  static <T> @Nullable T first(SortedMap<String, T> map, String key, int most, Supplier<T> fresh) {
    map.computeIfAbsent(key, _ -> fresh.get());
    if (map.size() > most) {
      map.remove(map.lastKey());
    }
    return map.get(key);
  }

  /** A bound that costs less than writing it out. */
  long atMostBytes() {
    long counts =
        did.values().stream().mapToLong(count -> count.atMostBytes(BYTES_A_DAY)).sum()
            + spent.values().stream().mapToLong(count -> count.atMostBytes(BYTES_A_PAID_DAY)).sum();
    return BYTES + counts + categories.atMostBytes() + brands.atMostBytes() + bought.atMostBytes();
  }

  Document toDocument() {
    Document document = new Document();
    if (first == null || last == null) {
      return document;
    }
    document.append("first", first.toDocument()).append("last", last.toDocument());
    document.append("did", written(did)).append("spent", written(spent));
    if (categories.events() > 0) {
      document.append("categories", categories.toDocument());
    }
    if (brands.events() > 0) {
      document.append("brands", brands.toDocument());
    }
    if (!bought.isEmpty()) {
      document.append("bought", bought.toDocument());
    }
    return hours().sum() == 0 ? document : document.append("hours", hours().boxed().toList());
  }

  private static Document written(Map<String, Count> counts) {
    Document document = new Document();
    counts.forEach((key, count) -> document.append(key.replace('.', ':'), count.toDocument()));
    return document;
  }

  /**
   * As they were stored.
   *
   * @param document empty where nothing was
   */
  public static Habits of(Document document) {
    Habits habits = new Habits();
    if (document.isEmpty()) {
      return habits;
    }
    habits.first = Moment.of(Values.document(document, "first"));
    habits.last = Moment.of(Values.document(document, "last"));
    read(document, "did", habits.did);
    read(document, "spent", habits.spent);
    if (document.containsKey("categories")) {
      habits.categories = Mentions.of(Values.document(document, "categories"));
    }
    if (document.containsKey("brands")) {
      habits.brands = Mentions.of(Values.document(document, "brands"));
    }
    if (document.containsKey("bought")) {
      habits.bought = Bought.of(Values.document(document, "bought"));
    }
    if (document.containsKey("hours")) {
      List<Long> counted = document.getList("hours", Long.class);
      for (int hour = 0; hour < HOURS; hour++) {
        habits.hours[hour] = counted.get(hour);
      }
    }
    return habits;
  }

  private static void read(Document document, String key, Map<String, Count> into) {
    Values.document(document, key)
        .forEach((name, count) -> into.put(name.replace(':', '.'), Count.of((Document) count)));
  }
}
