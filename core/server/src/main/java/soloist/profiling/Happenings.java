package soloist.profiling;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.profile.ProfileFold;
import soloist.profile.Roots;
import soloist.spi.Table;
import soloist.store.Store;

/**
 * A column of everything of one type that happened, grown page by page of people. An event takes 24
 * bytes and 4 an item; a name takes its characters once.
 */
final class Happenings {
  private static final int ROWS_AT_ONCE = 2_000;

  private final String type;
  private final IntStream.Builder first = IntStream.builder();
  private final LongStream.Builder times = LongStream.builder();
  private final DoubleStream.Builder amounts = DoubleStream.builder();
  private final IntStream.Builder currencies = IntStream.builder();
  private final IntStream.Builder firstItem = IntStream.builder();
  private final IntStream.Builder items = IntStream.builder();
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private int events;
  private int eventItems;

  Happenings(String type) {
    this.type = type;
  }

  /**
   * Reads what happened to some people.
   *
   * @param people their profiles, with {@code _id}, {@code undone} and {@code parts}
   * @param until what happened later is left out
   */
  void read(Store store, List<Document> people, Instant until) {
    Map<String, String> whose = new HashMap<>();
    people.forEach(
        person -> Roots.ids(person).forEach(id -> whose.put(id, person.getString("_id"))));
    Set<String> ids = whose.keySet();
    Set<String> dead = new HashSet<>();
    store
        .dead()
        .find(in("profileId", ids))
        .projection(include("_id"))
        .forEach(row -> dead.add(row.getString("_id")));
    Map<String, List<Row>> rows = new HashMap<>();
    String stored = type.equals(EventTypes.RETURNED) ? EventTypes.ORDER : type;
    for (Document document :
        store
            .events()
            .find(and(in("profileId", ids), in("type", type, stored, EventTypes.RETOLD)))
            .batchSize(ROWS_AT_ONCE)) {
      Row row = Row.of(document);
      if (!dead.contains(row.id()) && !row.time().isAfter(until)) {
        rows.computeIfAbsent(requireNonNull(whose.get(row.profileId())), _ -> new ArrayList<>())
            .add(row);
      }
    }
    for (Document person : people) {
      Set<String> undone = new TreeSet<>(person.getList("undone", String.class, List.of()));
      add(
          rows.getOrDefault(person.getString("_id"), List.of()).stream()
              .flatMap(row -> ProfileFold.counting(row, undone).stream())
              .filter(row -> EventTypes.of(row).equals(type))
              .sorted(Comparator.comparing(Row::time).thenComparing(Row::id))
              .toList());
    }
  }

  /** The next person's, oldest first. */
  void add(List<Row> rows) {
    first.add(events);
    for (Row row : rows) {
      events++;
      times.add(row.time().toEpochMilli());
      if (row.properties().get("total") instanceof BigDecimal total
          && row.properties().get("currency") instanceof String currency) {
        amounts.add(total.doubleValue());
        currencies.add(name(currency));
      } else {
        amounts.add(Double.NaN);
        currencies.add(-1);
      }
      firstItem.add(eventItems);
      for (String product : products(row.properties())) {
        eventItems++;
        items.add(name(product));
      }
    }
  }

  /** The products of an order's lines, or the one product of another event. */
  private static Set<String> products(Map<String, Object> properties) {
    Set<String> products = new TreeSet<>();
    if (properties.get("lines") instanceof List<?> lines) {
      lines.forEach(line -> add(products, line instanceof Map<?, ?> map ? map.get("product") : ""));
    }
    add(products, properties.get("product"));
    return products;
  }

  private static void add(Set<String> products, @Nullable Object product) {
    if (product instanceof String name && !name.isEmpty()) {
      products.add(name);
    }
  }

  private int name(String name) {
    Integer known = names.putIfAbsent(name, names.size());
    return known == null ? names.size() - 1 : known;
  }

  /** The column. Called once, at the end. */
  Table.Events column() {
    first.add(events);
    firstItem.add(eventItems);
    return new Table.Events(
        type,
        first.build().toArray(),
        times.build().toArray(),
        amounts.build().toArray(),
        currencies.build().toArray(),
        firstItem.build().toArray(),
        items.build().toArray(),
        List.copyOf(names.keySet()));
  }
}
