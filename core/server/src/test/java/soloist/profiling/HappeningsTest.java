package soloist.profiling;

import static com.mongodb.client.model.Updates.set;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import soloist.lane.Part;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.spi.Profiler.Wanted;
import soloist.spi.Table;
import soloist.store.Store;
import soloist.store.TestStore;

class HappeningsTest {
  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

  @Test
  void ordersComeByPersonOldestFirstWithTheirProducts() {
    try (TestStore server = new TestStore();
        Store store = server.open("soloist")) {
      person(store, "ada", List.of());
      person(store, "ben", List.of());
      person(store, "cid", List.of("import:1"));
      store
          .profiles()
          .updateOne(
              new Document("_id", "cid"),
              set("parts", List.of(new Part("dora", 9, 9, NOW).toDocument())));
      order(store, "a2", "ada", 20, "EUR", "tea", "pot", "tea");
      order(store, "a1", "ada", 10, "CNY", "pot");
      order(store, "a3", "ada", 90_000_000, "EUR", "later");
      journalled(store, row("c1", "cid", 5, "import:1", "EUR", "gone"));
      order(store, "c2", "cid", 6, "EUR", "cup");
      order(store, "d1", "dora", 7, "EUR");

      Table.Events orders = orders(store);

      assertArrayEquals(new int[] {0, 2, 2, 4}, orders.first());
      assertArrayEquals(new long[] {10, 20, 6, 7}, sinceStart(orders.times()));
      assertArrayEquals(new double[] {10, 20, 6, 7}, orders.amounts());
      assertEquals(List.of("CNY", "EUR", "EUR", "EUR"), named(orders, orders.currencies()));
      assertEquals(List.of("pot", "pot", "tea", "cup"), named(orders, orders.items()));
      assertArrayEquals(new int[] {0, 1, 3, 4, 4}, orders.firstItem());
    }
  }

  private static Table.Events orders(Store store) {
    People people = new People(List.of(new Wanted("order", Wanted.Type.EVENTS)));
    Table table = people.read(store, NOW.plusSeconds(1_000), (_, _, _) -> true);
    assertEquals(List.of("ada", "ben", "cid"), table.people());
    return (Table.Events) table.columns().getFirst();
  }

  private static long[] sinceStart(long[] times) {
    return Arrays.stream(times).map(time -> (time - NOW.toEpochMilli()) / 1_000).toArray();
  }

  private static List<String> named(Table.Events events, int[] indexes) {
    List<String> names = new ArrayList<>();
    for (int index : indexes) {
      names.add(events.names().get(index));
    }
    return names;
  }

  private static void person(Store store, String id, List<String> undone) {
    store
        .profiles()
        .insertOne(
            new Document("_id", id)
                .append("lastSeen", Date.from(NOW))
                .append("traits", new Document())
                .append("undone", undone));
  }

  private static void order(
      Store store, String id, String person, int second, String currency, String... products) {
    journalled(store, row(id, person, second, "api", currency, products));
  }

  private static void journalled(Store store, Row row) {
    long position = store.events().countDocuments() + 1;
    store.events().insertOne(row.toDocument().append("position", position));
  }

  private static Row row(
      String id, String person, int second, String origin, String currency, String... products) {
    Map<String, Object> properties =
        Map.of(
            "total",
            BigDecimal.valueOf(second),
            "currency",
            currency,
            "lines",
            List.of(products).stream().map(each -> Map.of("product", each)).toList());
    return Row.draft(
        id,
        person,
        List.of(),
        EventTypes.ORDER,
        NOW.plusSeconds(second),
        origin,
        Map.of(),
        properties);
  }
}
