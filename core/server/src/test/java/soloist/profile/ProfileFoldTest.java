package soloist.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import soloist.Seed;
import soloist.lane.Row;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Where;
import soloist.spi.Text;

class ProfileFoldTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Condition.Did> IN_USE =
      List.of(
          new Condition.Did("order", 3, Duration.ofDays(30)),
          new Condition.Did("email.clicked", 2, Duration.ofDays(3)),
          visited("p1", 3),
          visited("p2", 2));

  @Test
  void theSameRowsInAnyOrderGiveTheSamePortrait() {
    Random random = Seed.random("fold");
    for (int round = 0; round < Seed.rounds(200, 5_000); round++) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        rows.add(row(i, random));
      }

      Document portrait = fold(rows);

      for (int order = 0; order < 5; order++) {
        Collections.shuffle(rows, random);
        assertEquals(portrait.toJson(), fold(rows).toJson());
      }
    }
  }

  @Test
  void aRowThatWasFoldedInBeforeChangesNothing() {
    Profile profile = new Profile("ada");
    Row row = placed(row(1, new Random(1)), 1);
    ProfileFold.apply(profile, row, IN_USE);
    Document once = ProfileDocuments.write(profile);

    assertFalse(ProfileFold.apply(profile, row, IN_USE));

    assertEquals(once, ProfileDocuments.write(profile));
  }

  @Test
  void whatIsTakenBackIsNoOrderAndNotSpent() {
    Profile profile = new Profile("ada");
    ProfileFold.apply(profile, order("e1", 1, "100.00", false), IN_USE);

    ProfileFold.apply(profile, order("e2", 2, "-30.00", true), IN_USE);

    assertEquals(BigDecimal.ONE, value(profile, "orders"));
    assertEquals(BigDecimal.ONE, value(profile, "returns"));
    assertEquals(BigDecimal.valueOf(70), value(profile, "spent_EUR"));
    assertEquals(START.plus(Duration.ofDays(1)), value(profile, "last_order"));
    assertEquals(1, profile.latest("order").size());
  }

  @Test
  void aConclusionIsNoSignOfLifeAndGoesAsItCame() {
    Profile profile = new Profile("ada");
    ProfileFold.apply(profile, order("e1", 1, "100.00", false), IN_USE);
    Instant seen = profile.lastSeen;
    Map<String, Object> said = Map.of("traits", Map.of("score", scored(5)), "gone", List.of());
    ProfileFold.apply(profile, scored("e2", 2, said), IN_USE);

    Trait trait = profile.traits.get("score");
    Map<String, Object> silent = Map.of("traits", Map.of(), "gone", List.of("score"));
    ProfileFold.apply(profile, scored("e3", 3, silent), IN_USE);
    Profile stored = ProfileDocuments.read(ProfileDocuments.write(profile));
    ProfileFold.apply(stored, scored("e0", 4, said), IN_USE);

    assertEquals(new Trait("v5", "profiler:rfm", trait.at(), "e2", new Text("five", "五")), trait);
    assertEquals(seen, profile.lastSeen);
    assertFalse(profile.traits.containsKey("score"));
    assertFalse(stored.traits.containsKey("score"), "what was told earlier came back");
  }

  @Test
  void eachConditionHasItsInstantsAndTheSameOneHasThemOnce() {
    Profile profile = new Profile("ada");
    List<Condition.Did> inUse =
        List.of(visited("p1", 1), visited("p1", 2), visited("p2", 2), visited("p3", 1));
    for (int day = 1; day <= 6; day++) {
      Map<String, Object> page = Map.of("page", "p" + (1 + day % 2));
      ProfileFold.apply(profile, visit(day, page), inUse);
    }
    ProfileFold.apply(profile, visit(7, Map.of()), inUse);

    assertEquals(days(5, 3), profile.latest(ProfileFold.windowKey(visited("p2", 2))));
    assertEquals(days(6, 4), profile.latest(ProfileFold.windowKey(visited("p1", 1))));
    assertEquals(2, profile.windows.size());
  }

  private static List<Instant> days(int... days) {
    return IntStream.of(days).mapToObj(day -> START.plus(Duration.ofDays(day))).toList();
  }

  private static Condition.Did visited(String page, int atLeast) {
    Where where = new Where("page", Where.Match.IS, page);
    return new Condition.Did("visit", Optional.of(where), atLeast, Duration.ofDays(9));
  }

  private static Row visit(int day, Map<String, Object> properties) {
    Instant time = START.plus(Duration.ofDays(day));
    return placed(
        Row.draft("e" + day, "ada", List.of(), "visit", time, "api", Map.of(), properties), day);
  }

  private static Object value(Profile profile, String trait) {
    return profile.trait(trait).orElseThrow().value();
  }

  private static Map<String, Object> scored(int value) {
    return Map.of("value", "v" + value, "en", "five", "zh", "五");
  }

  /** At most the third day, however it is placed. */
  private static Row scored(String id, int position, Map<String, Object> properties) {
    Instant time = START.plus(Duration.ofDays(Math.min(position, 3) - (id.equals("e0") ? 2 : 0)));
    return placed(
        Row.draft(
            id, "ada", List.of(), EventTypes.SCORED, time, "profiler:rfm", Map.of(), properties),
        position);
  }

  private static Row order(String id, int day, String total, boolean returned) {
    return placed(
        Row.draft(
            id,
            "ada",
            List.of(),
            EventTypes.ORDER,
            START.plus(Duration.ofDays(day)),
            "api",
            Map.of(),
            Map.of("total", new BigDecimal(total), "currency", "EUR", "returned", returned)),
        day);
  }

  private static Document fold(List<Row> rows) {
    Profile profile = new Profile("ada");
    for (int i = 0; i < rows.size(); i++) {
      ProfileFold.apply(profile, placed(rows.get(i), i + 1), IN_USE);
    }
    return ProfileDocuments.write(profile);
  }

  private static Row row(int number, Random random) {
    String type =
        List.of("order", "consent", "traits", "email.clicked", "visit", "profile.scored")
            .get(random.nextInt(6));
    Map<String, Object> properties =
        switch (type) {
          case "order" ->
              Map.of(
                  "total",
                  BigDecimal.valueOf(random.nextInt(200_000), random.nextInt(4) - 1),
                  "currency",
                  random.nextBoolean() ? "EUR" : "CNY",
                  "returned",
                  random.nextInt(4) == 0);
          case "consent" ->
              Map.of("purpose", "p" + random.nextInt(2), "granted", random.nextBoolean());
          case "traits" -> Map.of("t" + random.nextInt(3), "v" + random.nextInt(9));
          case "profile.scored" -> {
            String key = "t" + random.nextInt(3);
            yield random.nextInt(3) == 0
                ? Map.of("traits", Map.of(), "gone", List.of(key))
                : Map.of("traits", Map.of(key, scored(random.nextInt(9))), "gone", List.of());
          }
          case "visit" -> Map.of("page", "p" + random.nextInt(3));
          default -> Map.of();
        };
    return Row.draft(
        "e" + number,
        "ada",
        List.of(),
        type,
        START.plus(Duration.ofHours(random.nextInt(12))),
        "api",
        Map.of("email", "a" + random.nextInt(3) + "@example.com"),
        properties);
  }

  private static Row placed(Row row, long position) {
    return new Row(
        row.id(),
        row.partition(),
        row.source(),
        position,
        row.profileId(),
        row.otherIds(),
        row.type(),
        row.time(),
        START.plus(Duration.ofDays(1)),
        row.origin(),
        row.identifiers(),
        row.properties());
  }
}
