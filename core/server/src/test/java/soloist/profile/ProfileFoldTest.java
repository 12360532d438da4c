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
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import soloist.Seed;
import soloist.lane.Row;
import soloist.rules.condition.Condition;

class ProfileFoldTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Condition.Did> IN_USE =
      List.of(
          new Condition.Did("order", 3, Duration.ofDays(30)),
          new Condition.Did("email.clicked", 2, Duration.ofDays(3)));

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

  private static Document fold(List<Row> rows) {
    Profile profile = new Profile("ada");
    for (int i = 0; i < rows.size(); i++) {
      ProfileFold.apply(profile, placed(rows.get(i), i + 1), IN_USE);
    }
    return ProfileDocuments.write(profile);
  }

  private static Row row(int number, Random random) {
    String type =
        List.of("order", "consent", "traits", "email.clicked", "visit").get(random.nextInt(5));
    Map<String, Object> properties =
        switch (type) {
          case "order" ->
              Map.of(
                  "total",
                  BigDecimal.valueOf(random.nextInt(200_000), random.nextInt(4) - 1),
                  "currency",
                  random.nextBoolean() ? "EUR" : "CNY");
          case "consent" ->
              Map.of("purpose", "p" + random.nextInt(2), "granted", random.nextBoolean());
          case "traits" -> Map.of("t" + random.nextInt(3), "v" + random.nextInt(9));
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
