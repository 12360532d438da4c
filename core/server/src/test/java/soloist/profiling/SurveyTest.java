package soloist.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import soloist.http.Problem;
import soloist.store.Store;
import soloist.store.TestStore;

/** Reading traits of people in a store, and what is said of them. */
class SurveyTest {
  private static final int PEOPLE = 2_500;
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));

  private static TestStore server;
  private static Store store;

  @BeforeAll
  static void tell() {
    server = new TestStore();
    store = server.open("survey");
    List<Document> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      Document traits =
          new Document("age", trait(new Decimal128(i % 100)))
              .append("twice", trait(new Decimal128(2L * (i % 100))))
              .append("city", trait(i % 3 == 0 ? "Kiel" : "上海"))
              .append("tag:VIP", trait(i % 10 == 0));
      if (i % 5 == 0) {
        traits.append("seen", trait(Date.from(Instant.parse("2026-01-01T00:00:00Z"))));
        traits.append("mixed", trait(i % 10 == 0 && i < 500 ? "much" : new Decimal128(i)));
      }
      people.add(
          new Document("_id", "p" + i)
              .append("lastSeen", new Date())
              .append("draw", i * 7919 % PEOPLE)
              .append("segments", i < 100 ? List.of("early") : List.of())
              .append("traits", traits));
    }
    people.add(new Document("_id", "gone").append("draw", -1));
    store.profiles().insertMany(people);
  }

  @AfterAll
  static void close() {
    store.close();
    server.close();
  }

  @Test
  void everybodyIsReadAndWhoIsGoneIsNot() {
    Map<String, Object> age = describe(new Survey(store, NOW), "age", Optional.empty());

    assertEquals("number", age.get("type"));
    assertEquals(PEOPLE, age.get("count"));
    assertEquals(0, age.get("missing"));
    assertEquals(49.5, numbers(age).get("mean"));
    assertEquals(100, age.get("different"));
  }

  @Test
  void aSegmentIsDescribedAlone() {
    Map<String, Object> age = describe(new Survey(store, NOW), "age", Optional.of("early"));

    assertEquals(100, age.get("count"));
    assertEquals(99.0, numbers(age).get("most"));
  }

  @Test
  void ofTooManyPeopleAsManyAtRandomAreReadAndItIsSaid() {
    Survey small = new Survey(store, NOW, 200);
    List<Double> ages = new ArrayList<>();

    Survey.Extent extent =
        small.read(
            List.of("age"),
            Optional.empty(),
            person -> ages.add(((BigDecimal) person.getFirst()).doubleValue()));

    assertFalse(extent.isExact());
    assertEquals(200, extent.seen());
    assertEquals(PEOPLE + 1, extent.people());
    assertTrue(ages.stream().distinct().count() > 50, "they stand next to each other");
    assertTrue(new Survey(store, NOW).read(List.of("age"), Optional.empty(), _ -> {}).isExact());
    Survey.Extent early =
        new Survey(store, NOW, 50).read(List.of("age"), Optional.of("early"), _ -> {});
    assertEquals(new Survey.Extent(100, 50), early);
  }

  @Test
  void wordsTimesAndAnswersAreCounted() {
    Survey survey = new Survey(store, NOW);

    Map<String, Object> city = describe(survey, "city", Optional.empty());
    assertEquals(
        List.of(Map.of("value", "上海", "count", 1_666), Map.of("value", "Kiel", "count", 834)),
        city.get("values"));
    Map<String, Object> vip = describe(survey, "tag:VIP", Optional.empty());
    assertEquals("boolean", vip.get("type"));
    assertEquals(
        Map.of("value", "false", "count", 2_250), ((List<?>) vip.get("values")).getFirst());
    Map<String, Object> seen = describe(survey, "seen", Optional.empty());
    assertEquals(2_000, seen.get("missing"));
    assertEquals(
        Instant.parse("2026-01-01T00:00:00Z"), ((Map<?, ?>) seen.get("times")).get("median"));
    Map<String, Object> mixed = describe(survey, "mixed", Optional.empty());
    assertEquals(
        List.of("number", 450, 50),
        List.of(mixed.get("type"), mixed.get("count"), mixed.get("other")));
    assertEquals(0, describe(survey, "nobodys", Optional.empty()).get("count"));
  }

  @Test
  void twoTraitsAreComparedOverThoseOfWhomBothAreKnown() {
    Relations relations = new Relations(List.of("age", "twice", "mixed"));

    new Survey(store, NOW).read(List.of("age", "twice", "mixed"), Optional.empty(), relations::add);

    Map<String, Object> json = relations.toJson();
    assertEquals(2_500.0, cell(json, "counts", 0, 1));
    assertEquals(450.0, cell(json, "counts", 0, 2));
    assertEquals(1.0, cell(json, "correlation", 0, 1), 1e-12);
    assertEquals(2 * cell(json, "covariance", 0, 0), cell(json, "covariance", 0, 1), 1e-9);
    assertEquals(cell(json, "covariance", 2, 0), cell(json, "covariance", 0, 2));
  }

  @Test
  void whatCanBeNoTraitIsRefused() {
    for (String key : List.of("", "a.b", "$where", "tag:a.b", "tag:$x")) {
      assertThrows(
          Problem.class,
          () -> new Survey(store, NOW).read(List.of(key), Optional.empty(), _ -> {}),
          key);
    }
  }

  private static Map<String, Object> describe(
      Survey survey, String trait, Optional<String> segment) {
    Description description = new Description();
    survey.read(List.of(trait), segment, person -> description.add(person.getFirst()));
    return description.toJson();
  }

  private static Map<?, ?> numbers(Map<String, Object> description) {
    return (Map<?, ?>) java.util.Objects.requireNonNull(description.get("numbers"));
  }

  private static double cell(Map<String, Object> json, String grid, int row, int column) {
    List<?> rows = (List<?>) java.util.Objects.requireNonNull(json.get(grid));
    return (Double) ((List<?>) rows.get(row)).get(column);
  }

  private static Document trait(@Nullable Object value) {
    return new Document("value", value);
  }
}
