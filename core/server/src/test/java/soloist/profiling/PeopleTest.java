package soloist.profiling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import soloist.http.Problem;
import soloist.lane.Row;
import soloist.profile.Refold;
import soloist.spi.Profiler.Wanted;
import soloist.spi.Table;

class PeopleTest {
  private static final List<Wanted> WANTED =
      List.of(
          new Wanted("orders", Wanted.Type.NUMBER),
          new Wanted("last_order", Wanted.Type.TIME),
          new Wanted("city", Wanted.Type.TEXT));

  @Test
  void aTraitIsACellAndWhatIsMissingOrOfAnotherTypeIsNone() {
    People people = new People(WANTED);
    people.add(
        profile("a", new Decimal128(new BigDecimal("2.50")), new Date(7), "Oslo"), Instant.EPOCH);
    people.add(new Document("_id", "b"), Instant.EPOCH);
    people.add(profile("c", "two", "never", new Date(7)), Instant.EPOCH);

    Table table = people.table(Instant.EPOCH);

    assertEquals(List.of("a", "b", "c"), table.people());
    assertArrayEquals(new double[] {2.5, Double.NaN, Double.NaN}, numbers(table));
    assertArrayEquals(
        new long[] {7, Table.Times.NONE, Table.Times.NONE},
        ((Table.Times) table.columns().get(1)).values());
    assertEquals(List.of("Oslo", "", ""), ((Table.Texts) table.columns().get(2)).values());
  }

  @Test
  void whatFollowsFromHabitsIsAColumn() {
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    Row order =
        Row.draft(
            "one",
            "a",
            List.of(),
            "order",
            now.minus(Duration.ofDays(2)),
            "api",
            Map.of(),
            Map.of("category", "tea"));
    People people =
        new People(
            List.of(
                new Wanted("times_30d:order", Wanted.Type.NUMBER),
                new Wanted("last:order", Wanted.Type.TIME),
                new Wanted("favourite_category", Wanted.Type.TEXT)));
    Document stored = new Refold(null, List.of(order), List.of()).end();
    people.add(stored, now);
    people.add(stored, now.plus(Duration.ofDays(40)));

    Table table = people.table(now);

    assertArrayEquals(new double[] {1, 0}, numbers(table));
    assertEquals(order.time().toEpochMilli(), ((Table.Times) table.columns().get(1)).values()[0]);
    assertEquals(List.of("tea", "tea"), ((Table.Texts) table.columns().get(2)).values());
  }

  @Test
  void manyRowsAreAllThereAndEqualTextsAreOne() {
    People people = new People(WANTED);
    for (int i = 0; i < 5_000; i++) {
      people.add(
          profile("p" + i, new Decimal128(i), new Date(i), new String("Oslo".toCharArray())),
          Instant.EPOCH);
    }

    Table table = people.table(Instant.EPOCH);

    List<String> cities = ((Table.Texts) table.columns().get(2)).values();
    assertEquals(5_000, table.people().size());
    assertEquals(4_999, numbers(table)[4_999]);
    assertSame(cities.getFirst(), cities.getLast());
  }

  @Test
  void aColumnThatCanBeNoTraitIsRefused() {
    for (String key : List.of("", "a.b", "$where", "Orders")) {
      assertThrows(
          Problem.class, () -> new People(List.of(new Wanted(key, Wanted.Type.NUMBER))), key);
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "lays out a million people")
  void aMillionPeopleTakeEightBytesACellAndTheirIds() {
    int many = 1_000_000;
    long before = used();
    People people = new People(WANTED);
    for (int i = 0; i < many; i++) {
      people.add(
          profile("%026d".formatted(i), new Decimal128(i), new Date(i), "City " + i % 100),
          Instant.EPOCH);
    }
    Table table = people.table(Instant.EPOCH);
    people = new People(List.of());
    long bytes = (used() - before) / many;

    assertEquals(many, table.people().size());
    System.getLogger("people").log(System.Logger.Level.INFO, bytes + " bytes a person");
    assertTrue(bytes < 8 + 8 + 4 + 100, bytes + " bytes a person");
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double[] numbers(Table table) {
    return ((Table.Numbers) table.columns().getFirst()).values();
  }

  private static Document profile(String id, Object orders, Object last, Object city) {
    return new Document("_id", id)
        .append(
            "traits",
            new Document("orders", new Document("value", orders))
                .append("last_order", new Document("value", last))
                .append("city", new Document("value", city)));
  }
}
