package soloist.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.Seed;
import soloist.http.Problem;

class RhythmTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "DAY, 1, 3, 2026-11-22T01:59:00Z, 2026-11-22T02:00:00Z",
    "DAY, 1, 3, 2026-11-22T02:00:00Z, 2026-11-23T02:00:00Z",
    "CHANGE, 1, 0, 2026-11-22T22:30:00Z, 2026-11-22T23:00:00Z",
    "WEEK, 1, 3, 2026-11-22T12:00:00Z, 2026-11-23T02:00:00Z",
    "WEEK, 7, 3, 2026-11-22T12:00:00Z, 2026-11-29T02:00:00Z",
    "MONTH, 22, 14, 2026-11-22T12:00:00Z, 2026-11-22T13:00:00Z",
    "MONTH, 22, 13, 2026-11-22T12:00:00Z, 2026-12-22T12:00:00Z",
    "MONTH, 31, 3, 2026-11-22T12:00:00Z, 2026-11-30T02:00:00Z",
    "MONTH, 31, 3, 2027-01-31T12:00:00Z, 2027-02-28T02:00:00Z",
    // 2:00 is left out on the last Sunday of March, and comes twice on that of October.
    "DAY, 1, 2, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z",
    "DAY, 1, 2, 2026-10-24T12:00:00Z, 2026-10-25T00:00:00Z",
    "DAY, 1, 2, 2026-10-25T00:00:00Z, 2026-10-26T01:00:00Z"
  })
  void theNextTimeIsByTheOwnersClock(
      Rhythm.Every every, int day, int hour, Instant after, Instant next) {
    assertEquals(next, new Rhythm(every, day, hour).next(after, BERLIN));
  }

  @Test
  void theNextTimeIsLaterAndShowsTheHour() {
    Random random = Seed.random("rhythm");
    for (int round = 0; round < 2_000; round++) {
      Rhythm.Every every = Rhythm.Every.values()[random.nextInt(4)];
      Rhythm rhythm = new Rhythm(every, 1 + random.nextInt(7), random.nextInt(24));
      Instant after = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000));

      Instant next = rhythm.next(after, BERLIN);

      assertTrue(next.isAfter(after), rhythm + " after " + after);
      assertTrue(Duration.between(after, next).toDays() <= 31, rhythm + " after " + after);
      int shown = next.atZone(BERLIN).getHour();
      assertTrue(shown == rhythm.hour() || (rhythm.hour() == 2 && shown == 3), "" + next);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"every\": \"hour\"}",
        "{\"every\": \"week\", \"day\": 8}",
        "{\"every\": \"month\", \"day\": 0}",
        "{\"every\": \"day\", \"hour\": 24}",
        "{\"every\": \"day\", \"hour\": \"3\"}"
      })
  void whatIsNoRhythmIsRefused(String typed) {
    assertThrows(Problem.class, () -> Rhythm.read(new JsonObject(typed)));
  }
}
