package soloist.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.Seed;
import soloist.http.Problem;

class RhythmTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final int SCHEDULES = 200;

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

  /**
   * Six years of schedules in zones whose clocks change by an hour, by half of one, or no more,
   * held against a walk over every half hour that asks the clock what it shows.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
        "Asia/Shanghai",
        "Pacific/Apia"
      })
  void eachTimeOfSixYearsComesOnceAndWhenTheClockSaysSo(String name) {
    ZoneId zone = ZoneId.of(name);
    Instant from = Instant.parse("2024-12-31T00:00:00Z");
    Instant to = Instant.parse("2031-01-01T00:00:00Z");
    NavigableMap<LocalDate, List<ZonedDateTime>> clock = new TreeMap<>();
    for (Instant at = from; at.isBefore(to); at = at.plus(Duration.ofMinutes(30))) {
      ZonedDateTime shown = at.atZone(zone);
      clock.computeIfAbsent(shown.toLocalDate(), _ -> new ArrayList<>()).add(shown);
    }
    Random random = Seed.random("schedules in " + name);
    for (int schedule = 0; schedule < SCHEDULES; schedule++) {
      Rhythm.Every every = Rhythm.Every.values()[random.nextInt(4)];
      int day = 1 + random.nextInt(every == Rhythm.Every.WEEK ? 7 : 31);
      // Half of them in the hours in which clocks are set.
      int hour = random.nextBoolean() ? random.nextInt(4) : random.nextInt(24);
      Rhythm rhythm = new Rhythm(every, day, hour);
      List<Instant> wanted = new ArrayList<>();
      // The first and the last day are not whole in every zone.
      var days = clock.subMap(clock.firstKey(), false, clock.lastKey(), false);
      for (Map.Entry<LocalDate, List<ZonedDateTime>> each : days.entrySet()) {
        if (falls(every, day, each.getKey())) {
          each.getValue().stream()
              .filter(shown -> shown.getHour() >= hour)
              .findFirst()
              .ifPresent(shown -> wanted.add(shown.toInstant()));
        }
      }
      List<Instant> fired = new ArrayList<>();
      Instant last = wanted.getLast();
      for (Instant at = wanted.getFirst().minusSeconds(1); at.isBefore(last); ) {
        at = rhythm.next(at, zone);
        fired.add(at);
      }
      assertEquals(wanted, fired, () -> rhythm + " in " + name);
    }
  }

  private static boolean falls(Rhythm.Every every, int day, LocalDate date) {
    return switch (every) {
      case DAY, CHANGE -> true;
      case WEEK -> date.getDayOfWeek().getValue() == day;
      case MONTH ->
          date.getDayOfMonth() == day
              || date.getDayOfMonth() < day && date.plusDays(1).getDayOfMonth() == 1;
    };
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
