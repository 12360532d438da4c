package soloist.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import soloist.spi.Profiler.Outcome;

class FairnessTest {
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Document> people = new ArrayList<>();

  @Test
  void aGroupChosenLessThanFourFifthsAsOftenIsPointedOut() {
    add(100, 50, "gender", "female");
    add(100, 39, "gender", "male");
    add(29, 0, "gender", "other");

    Map<String, Object> table = table();

    assertEquals("low", table.get("state"));
    assertEquals("fair", group(table, "female").get("state"));
    assertEquals("low", group(table, "male").get("state"));
    assertEquals(0.78, group(table, "male").get("ratio"));
    Map<?, ?> share = (Map<?, ?>) Objects.requireNonNull(group(table, "male").get("share"));
    assertEquals(0.39, share.get("value"));
    assertEquals("few", group(table, "other").get("state"));
    assertNull(group(table, "other").get("ratio"));
  }

  @Test
  void fourFifthsItselfIsFair() {
    add(100, 50, "gender", "female");
    add(100, 40, "gender", "male");

    assertEquals("fair", table().get("state"));
  }

  @Test
  void agesAreBandsAndTheFirstRegionThatIsKnownCounts() {
    for (int age : new int[] {0, 24, 25, 64, 65, 99}) {
      outcomes.add(new Outcome(people.size(), 0.5, true, true, true));
      people.add(
          trait("age", new Decimal128(BigDecimal.valueOf(age)))
              .append("country", new Document("value", "DE"))
              .append("city", new Document("value", "Kiel")));
    }

    Map<String, Object> table = table();

    assertEquals(List.of("age", "country"), fields(table));
    assertEquals(
        List.of("0-24", "25-34", "55-64", "65-"),
        groups(table).subList(0, 4).stream().map(each -> each.get("group")).toList());
    assertEquals("few", table.get("state"));
  }

  @Test
  void whereNothingIsKnownNothingIsSaid() {
    outcomes.add(new Outcome(0, 0.5, true, true, true));
    people.add(new Document());

    assertEquals("unknown", table().get("state"));
  }

  @Test
  void onlyPeopleWhoWereNotLearntFromTellHowOftenItIsRight() {
    add(100, 60, "gender", "female");
    for (int i = 0; i < 100; i++) {
      outcomes.add(new Outcome(people.size(), 0.9, true, true, false));
      people.add(trait("gender", "female"));
    }

    Map<?, ?> female = group(table(), "female");

    assertEquals(60, female.get("judged"));
    assertEquals(0, female.get("hits"));
    assertEquals(160, female.get("chosen"));
  }

  /** So many people, of whom some are chosen, to none of whom it happens. */
  private void add(int count, int chosen, String key, String value) {
    for (int i = 0; i < count; i++) {
      outcomes.add(new Outcome(people.size(), 0.5, i < chosen, false, true));
      people.add(trait(key, value));
    }
  }

  private static Document trait(String key, Object value) {
    return new Document(key, new Document("value", value));
  }

  private Map<String, Object> table() {
    return Fairness.of(outcomes, each -> people.get(each.row()));
  }

  private static List<Object> fields(Map<String, Object> table) {
    return ((List<?>) Objects.requireNonNull(table.get("fields")))
        .stream().map(each -> (Object) ((Map<?, ?>) each).get("field")).toList();
  }

  private static List<Map<?, ?>> groups(Map<String, Object> table) {
    List<Map<?, ?>> groups = new ArrayList<>();
    for (Object field : (List<?>) Objects.requireNonNull(table.get("fields"))) {
      for (Object group : (List<?>) Objects.requireNonNull(((Map<?, ?>) field).get("groups"))) {
        groups.add((Map<?, ?>) group);
      }
    }
    return groups;
  }

  private static Map<?, ?> group(Map<String, Object> table, String name) {
    return groups(table).stream()
        .filter(each -> name.equals(each.get("group")))
        .findFirst()
        .orElseThrow();
  }
}
