package soloist.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import soloist.Seed;
import soloist.lane.Row;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.Where;

/** What a person does comes to the same facts in any order, and to the right ones. */
class HabitsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LENGTH = Duration.ofDays(200);

  @Test
  void theSameEventsInAnyOrderGiveTheSameHabitsEvenWhereThereAreTooMany() {
    Random random = Seed.random("habits");
    for (int round = 0; round < Seed.rounds(15, 1_000); round++) {
      List<Row> rows = rows(150, random);
      Document habits = fold(rows).habits.toDocument();

      for (int order = 0; order < 3; order++) {
        Collections.shuffle(rows, random);
        assertEquals(habits.toJson(), fold(rows).habits.toDocument().toJson());
      }

      assertEquals(habits.toJson(), Habits.of(habits).toDocument().toJson());
    }
  }

  @Test
  void whatLiesInAWindowIsWhatOneCountsInAllEvents() {
    Random random = Seed.random("windows");
    for (int round = 0; round < Seed.rounds(15, 1_000); round++) {
      List<Row> rows = rows(60, random);
      rows.removeIf(row -> row.type().startsWith("own-"));
      Instant end = START.plus(LENGTH);
      Habits habits = fold(rows).habits;

      for (int days : new int[] {30, 90}) {
        Instant now = end.plusMillis(random.nextLong(Duration.ofDays(120).toMillis()));
        for (String type : List.of("order", "order.returned", "search")) {
          assertEquals(
              counted(rows, type, days, now),
              Computed.value(habits, "times_" + days + "d:" + type, now),
              type + " within " + days);
        }
        assertEquals(
            spent(rows, days, now),
            Computed.value(habits, "spent_" + days + "d_EUR", now).orElse(BigDecimal.ZERO));
      }
      assertEquals(
          rows.stream().map(Row::time).max(Instant::compareTo),
          Computed.value(habits, "last_seen", end));
      assertEquals(
          rows.stream().map(Row::time).min(Instant::compareTo),
          Computed.value(habits, "first_seen", end));
    }
  }

  @Test
  void aWindowChangesWhenItSaysAndNotBefore() {
    Random random = Seed.random("changes");
    for (int round = 0; round < Seed.rounds(15, 1_000); round++) {
      Profile profile = fold(rows(30, random));
      String key = "times_30d:order";
      Instant now = START.plus(LENGTH);
      Optional<Instant> next = profile.valueChangesAt(key, now);
      int changes = 0;
      while (next.isPresent()) {
        Instant before = next.get().minusMillis(1);
        assertTrue(next.get().isAfter(now));
        assertEquals(profile.value(key, now), profile.value(key, before));
        assertNotEquals(profile.value(key, now), profile.value(key, next.get()));
        now = next.get();
        next = profile.valueChangesAt(key, now);
        changes++;
      }

      assertTrue(changes <= 30, "changes " + changes);
      assertTrue(profile.value(key, now).map(BigDecimal.ZERO::equals).orElse(true));
    }
  }

  @Test
  void aConditionOverAWindowIsDueWhenTheWindowChanges() {
    Profile profile = new Profile("ada");
    fold(profile, order("e1", START, "60.00", "Tea"));
    fold(profile, order("e2", START.plus(Duration.ofDays(10)), "60.00", "Tea"));
    Condition much =
        new Condition.TraitIs(
            "spent_30d_EUR", Condition.Comparison.AT_LEAST, BigDecimal.valueOf(100));

    Instant now = START.plus(Duration.ofDays(12));
    Instant then = Instant.parse("2026-01-31T00:00:00Z");

    assertTrue(Conditions.test(much, facts(profile, now)));
    assertEquals(Optional.of(then), Conditions.changesAt(much, facts(profile, now)));
    assertTrue(Conditions.test(much, facts(profile, then.minusMillis(1))));
    assertTrue(!Conditions.test(much, facts(profile, then)));
  }

  @Test
  void everyFactSaysOfWhatItIsMade() {
    Profile profile = new Profile("ada");
    fold(profile, order("e1", START.plus(Duration.ofHours(20)), "60.00", "Tea"));
    fold(profile, order("e2", START.plus(Duration.ofHours(20 + 24)), "30.00", "Tea"));
    fold(profile, order("e3", START.plus(Duration.ofHours(9 + 48)), "30.00", "Pots"));

    Map<String, Trait> traits = profile.traits(START.plus(Duration.ofDays(40)));

    assertFact(traits, "favourite_category", "Tea", "e3", "in 2 of 3 orders and visits");
    assertFact(
        traits, "preferred_hour", BigDecimal.valueOf(20), "e3", "2 of 3 times between 20:00");
    assertFact(traits, "average_order_EUR", BigDecimal.valueOf(40), "e3", "120 EUR in 3 orders");
    assertFact(traits, "times:order", BigDecimal.valueOf(3), "e3", "0 in the last 30 days, 3 in");
    assertFact(traits, "spent_90d_EUR", BigDecimal.valueOf(120), "e3", "on 3 of the last 90 days");
    assertEquals("e1", traits.get("first_seen").event());
    assertEquals("computed", traits.get("last:order").source());
    assertTrue(traits.get("preferred_hour").because().zh().contains("3 次中有 2 次"));
  }

  @Test
  void whatSomebodyToldStandsBeforeWhatIsWorkedOut() {
    Profile profile = new Profile("ada");
    fold(profile, order("e1", START, "60.00", "Tea"));
    fold(profile, row("e2", EventTypes.TRAITS, START, Map.of("favourite_category", "Pots")));
    fold(profile, order("e3", START.plusSeconds(9), "60.00", "Tea"));

    Instant now = START.plusSeconds(10);

    assertEquals(Optional.of("Pots"), profile.value("favourite_category", now));
    assertEquals("hand", profile.traits(now).get("favourite_category").source());
  }

  @Test
  void aHundredThousandEventsOfOnePersonTakeNoMoreRoomAndTimeThanAFewThousand() {
    Random random = Seed.random("flat");
    Profile profile = new Profile("ada");
    List<Condition.Did> inUse = new ArrayList<>();
    inUse.add(new Condition.Did("order", 64, Duration.ofDays(30)));
    for (int i = 0; i < 20; i++) {
      Where where = new Where("category", Where.Match.CONTAINS, Integer.toString(i));
      inUse.add(new Condition.Did("order", Optional.of(where), 8, Duration.ofDays(30)));
    }
    int events = 100_000;
    int part = 10_000;
    Map<Integer, Integer> bytes = new HashMap<>();
    Map<Integer, Long> nanos = new HashMap<>();
    // Of this thread alone: others may use the processor too.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < events; i++) {
      Instant time = START.plus(Duration.ofMinutes(15L * i + random.nextInt(600)));
      Row row = random(i, time, random);
      ProfileFold.fold(profile, row, inUse);
      ProfileSize.requireSmall(profile);
      if ((i + 1) % part == 0) {
        bytes.put(i / part, ProfileSize.bytes(profile));
        nanos.put(i / part, threads.getCurrentThreadCpuTime() - begin);
        begin = threads.getCurrentThreadCpuTime();
      }
    }

    int last = events / part - 1;
    System.out.println("bytes after each 10,000 events: " + bytes);
    System.out.println("ns an event: " + nanos.values().stream().map(it -> it / part).toList());
    assertTrue(bytes.get(last) <= bytes.get(1) * 1.05, "bytes " + bytes);
    assertTrue(bytes.get(last) < 40 << 10, "bytes " + bytes);
    assertTrue(nanos.get(last) < nanos.get(1) * 3, "nanoseconds " + nanos);
  }

  private static void assertFact(
      Map<String, Trait> traits, String key, Object value, String event, String because) {
    Trait trait = traits.get(key);
    assertEquals(value, trait.value(), key);
    assertEquals(event, trait.event(), key);
    assertTrue(trait.because().en().contains(because), trait.because().en());
  }

  private static Optional<Object> counted(List<Row> rows, String type, int days, Instant now) {
    List<Row> all = rows.stream().filter(row -> EventTypes.of(row).equals(type)).toList();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(BigDecimal.valueOf(all.stream().filter(row -> isIn(row, days, now)).count()));
  }

  private static BigDecimal spent(List<Row> rows, int days, Instant now) {
    BigDecimal sum =
        rows.stream()
            .filter(row -> "EUR".equals(row.properties().get("currency")) && isIn(row, days, now))
            .map(row -> (BigDecimal) row.properties().get("total"))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return Count.normal(sum);
  }

  private static boolean isIn(Row row, int days, Instant now) {
    LocalDate day = row.time().atOffset(ZoneOffset.UTC).toLocalDate();
    return day.isAfter(now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(days));
  }

  private static ProfileFacts facts(Profile profile, Instant now) {
    return new ProfileFacts(profile, now, now, null);
  }

  private static Profile fold(List<Row> rows) {
    Profile profile = new Profile("ada");
    rows.forEach(row -> fold(profile, row));
    return profile;
  }

  private static void fold(Profile profile, Row row) {
    ProfileFold.fold(profile, row, List.of());
  }

  private static List<Row> rows(int count, Random random) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(random(i, START.plusMillis(random.nextLong(LENGTH.toMillis())), random));
    }
    return rows;
  }

  /** More types, currencies and names than are kept. */
  private static Row random(int number, Instant time, Random random) {
    String id = "e" + number;
    return switch (random.nextInt(5)) {
      case 0, 1 -> {
        Map<String, Object> properties = new HashMap<>();
        properties.put("total", BigDecimal.valueOf(random.nextInt(20_000), random.nextInt(3)));
        properties.put(
            "currency", List.of("EUR", "CNY", "USD", "GBP", "SEK", "CHF").get(random.nextInt(6)));
        properties.put(
            "lines",
            List.of(
                Map.of("category", "c" + random.nextInt(50), "brand", "b." + random.nextInt(40)),
                Map.of("category", "c" + random.nextInt(50))));
        if (random.nextInt(5) == 0) {
          properties.put("returned", true);
          properties.put("total", BigDecimal.valueOf(-random.nextInt(9_000), 2));
        }
        yield row(id, EventTypes.ORDER, time, properties);
      }
      case 2 -> row(id, "search", time, Map.of("query", "tea"));
      case 3 -> row(id, "own-" + random.nextInt(20) + ".x", time, Map.of());
      default -> row(id, EventTypes.CLICKED, time, Map.of());
    };
  }

  private static Row order(String id, Instant time, String total, String category) {
    return row(
        id,
        EventTypes.ORDER,
        time,
        Map.of(
            "total",
            new BigDecimal(total),
            "currency",
            "EUR",
            "lines",
            List.of(Map.of("category", category))));
  }

  private static Row row(String id, String type, Instant time, Map<String, Object> properties) {
    return Row.draft(id, "ada", List.of(), type, time, "hand", Map.of(), properties);
  }
}
