package soloist.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import soloist.Seed;
import soloist.http.Problem;
import soloist.lane.Row;
import soloist.profile.Membership;
import soloist.profile.Profile;
import soloist.profile.ProfileDocuments;
import soloist.profile.ProfileFacts;
import soloist.profile.ProfileFold;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.Where;
import soloist.store.Store;
import soloist.store.TestStore;

/** Counting people in the store against counting them by hand from what was told of each. */
class CensusTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final int PEOPLE = 1_300;
  private static final List<String> EVENTS =
      List.of("visit", "email.opened", "order", "order.returned", "consent");
  private static final List<String> PAGES = List.of("/tea", "/tea/绿茶", "/pots");
  private static final List<String> CITIES = List.of("Kiel", "上海", "");
  private static final List<String> SEGMENTS = List.of("vip", "regulars");

  private static TestStore server;
  private static Store store;
  private static Census census;
  private static Random random;
  private static final List<Somebody> TOLD = new ArrayList<>();

  /** What was told of one person, and nothing worked out. */
  private record Somebody(List<Row> rows, List<String> segments) {}

  @BeforeAll
  static void tell() {
    random = Seed.random("census");
    server = new TestStore();
    store = server.open("census");
    census = new Census(store);
    List<Document> profiles = new ArrayList<>();
    List<Document> events = new ArrayList<>();
    long position = 0;
    for (int i = 0; i < PEOPLE; i++) {
      Somebody somebody = new Somebody(new ArrayList<>(), new ArrayList<>());
      Profile profile = new Profile("p" + i);
      for (int row = 1 + random.nextInt(6); row > 0; row--) {
        Row told = draft(i, row).placed(++position, NOW);
        ProfileFold.apply(profile, told, List.of());
        somebody.rows.add(told);
        events.add(told.toDocument());
      }
      SEGMENTS.stream()
          .filter(_ -> random.nextBoolean())
          .forEach(
              segment -> {
                somebody.segments.add(segment);
                profile.enter(segment, new Membership(NOW, "e"));
              });
      TOLD.add(somebody);
      profiles.add(ProfileDocuments.write(profile));
    }
    store.profiles().insertMany(profiles);
    store.events().insertMany(events);
  }

  @AfterAll
  static void close() {
    store.close();
    server.close();
  }

  @Test
  void theCountOfAnyConditionIsThatOfCountingByHand() {
    int between = 0;
    for (int round = 0; round < Seed.rounds(60, 2_000); round++) {
      Condition condition = condition(3);
      long byHand = TOLD.stream().filter(somebody -> holds(condition, somebody)).count();

      Census.Result found = census.exactly(condition, NOW, "", () -> true);

      assertEquals(Estimate.exactly(byHand, PEOPLE), found.count(), condition::toString);
      assertEquals(byHand, judged(condition), condition::toString);
      assertEquals(linesByHand(condition), found.lines(), condition::toString);
      assertEquals(segmentsByHand(condition), found.segments(), condition::toString);
      assertEquals(Math.min(Census.SAMPLE, byHand), found.sample().size());
      found.sample().stream()
          .map(person -> TOLD.get(Integer.parseInt(person.getString("_id").substring(1))))
          .forEach(somebody -> assertTrue(holds(condition, somebody), condition::toString));
      between += byHand > 0 && byHand < PEOPLE ? 1 : 0;
    }
    assertTrue(between > 15, "too few conditions tell people apart: " + between);
  }

  /** For how many it holds as lanes see them, who have kept what it asks for. */
  private static long judged(Condition condition) {
    Set<Condition.Did> inUse = Conditions.events(condition);
    long count = 0;
    for (Somebody somebody : TOLD) {
      Profile profile = new Profile(somebody.rows.getFirst().profileId());
      somebody.rows.forEach(row -> ProfileFold.apply(profile, row, inUse));
      somebody.segments.forEach(segment -> profile.enter(segment, new Membership(NOW, "e")));
      Profile stored = ProfileDocuments.read(ProfileDocuments.write(profile));
      count += Conditions.test(condition, new ProfileFacts(stored, NOW, NOW, null)) ? 1 : 0;
    }
    return count;
  }

  @Test
  void theFirstAnswerIsExactWhereEverybodyIsReadInAMoment() {
    Condition condition = new Condition.InSegment("vip");
    long byHand = TOLD.stream().filter(it -> it.segments.contains("vip")).count();

    Estimate soon = new Census(store, () -> 0).soon(condition, NOW).count();

    assertEquals(Estimate.exactly(byHand, PEOPLE), soon);
  }

  @Test
  void theFirstAnswerIsAnEstimateWhereTheMomentIsOver() {
    AtomicLong hours = new AtomicLong();
    Condition condition = new Condition.InSegment("vip");

    Census.Result soon =
        new Census(store, () -> Duration.ofHours(hours.incrementAndGet()).toNanos())
            .soon(condition, NOW);

    Estimate count = soon.count();
    assertEquals(List.of((long) Census.FEW, (long) PEOPLE), List.of(count.seen(), count.people()));
    assertTrue(count.low() < count.value() && count.value() < count.high(), count.toString());
    long found = count.value() * Census.FEW / PEOPLE;
    assertEquals(Math.min(Census.SAMPLE, found), soon.sample().size());
  }

  @Test
  void countingEndsWhenNobodyWaitsForItAnyMore() {
    Condition condition = new Condition.InSegment("vip");
    List<Census.Progress> seen = new ArrayList<>();

    Problem ended =
        assertThrows(
            Problem.class,
            () ->
                census.exactly(
                    condition, NOW, "c-1", () -> !seen.add(census.progress("c-1").orElseThrow())));

    assertEquals(503, ended.status());
    assertEquals(List.of(new Census.Progress(1_000, PEOPLE)), seen);
    assertEquals(Optional.empty(), census.progress("c-1"));
  }

  @Test
  void theOrderOfTheSampleHasNothingToDoWithThePeople() {
    List<Integer> numbers = new ArrayList<>();
    store
        .profiles()
        .find()
        .sort(new Document("draw", 1))
        .limit(PEOPLE / 4)
        .forEach(person -> numbers.add(Integer.parseInt(person.getString("_id").substring(1))));

    double mean = numbers.stream().mapToInt(it -> it).average().orElse(0);

    // The mean of a quarter of 0 to 1,299 drawn at random has a deviation of 18 around 649.5.
    assertEquals(649.5, mean, 5 * 18);
    assertEquals(PEOPLE / 4, new TreeSet<>(numbers).size());
  }

  /** Each line alone, and the condition cut off after it. */
  private static List<Funnel.Line> linesByHand(Condition condition) {
    List<Condition> lines =
        switch (condition instanceof Condition.Not not ? not.of() : condition) {
          case Condition.All all -> all.of();
          case Condition.Any any -> any.of();
          default -> List.of(condition);
        };
    List<Funnel.Line> counted = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Condition line = lines.get(i);
      Condition until = until(condition, i + 1);
      counted.add(
          new Funnel.Line(
              TOLD.stream().filter(somebody -> holds(line, somebody)).count(),
              TOLD.stream().filter(somebody -> holds(until, somebody)).count()));
    }
    return counted;
  }

  private static Condition until(Condition condition, int lines) {
    return switch (condition) {
      case Condition.All(var of) -> new Condition.All(of.subList(0, lines));
      case Condition.Any(var of) -> new Condition.Any(of.subList(0, lines));
      case Condition.Not(Condition.All all) -> new Condition.Not(until(all, lines));
      case Condition.Not(Condition.Any any) -> new Condition.Not(until(any, lines));
      default -> condition;
    };
  }

  private static Map<String, Long> segmentsByHand(Condition condition) {
    return TOLD.stream()
        .filter(somebody -> holds(condition, somebody))
        .flatMap(somebody -> somebody.segments.stream())
        .collect(Collectors.groupingBy(segment -> segment, Collectors.counting()));
  }

  private static boolean holds(Condition condition, Somebody somebody) {
    return switch (condition) {
      case Condition.All all -> all.of().stream().allMatch(part -> holds(part, somebody));
      case Condition.Any any -> any.of().stream().anyMatch(part -> holds(part, somebody));
      case Condition.Not not -> !holds(not.of(), somebody);
      case Condition.Did did ->
          somebody.rows.stream()
                  .filter(row -> happened(row).equals(did.event()))
                  .filter(row -> did.where().isEmpty() || isSaid(did.where().get(), row))
                  .filter(row -> row.time().isAfter(NOW.minus(did.within())))
                  .count()
              >= did.atLeast();
      case Condition.TraitIs leaf when leaf.trait().equals("city") ->
          last(somebody, "city").filter(leaf.value()::equals).isPresent();
      case Condition.TraitIs leaf -> orders(somebody) >= ((BigDecimal) leaf.value()).intValue();
      case Condition.Recent recent ->
          somebody.rows.stream()
              .filter(row -> happened(row).equals("order"))
              .map(Row::time)
              .max(Instant::compareTo)
              .filter(time -> time.isAfter(NOW.minus(recent.within())))
              .isPresent();
      case Condition.InSegment in -> somebody.segments.contains(in.segment());
      case Condition.Consented _ ->
          last(somebody, "granted").filter(Boolean.TRUE::equals).isPresent();
      default -> throw new IllegalStateException("not of a segment: " + condition);
    };
  }

  private static boolean isSaid(Where where, Row row) {
    String page = String.valueOf(row.properties().get("page"));
    return switch (where.match()) {
      case IS -> page.equals(where.value());
      case CONTAINS -> page.indexOf(where.value()) >= 0;
      case STARTS_WITH -> page.regionMatches(0, where.value(), 0, where.value().length());
    };
  }

  private static Optional<Object> last(Somebody somebody, String trait) {
    return somebody.rows.stream()
        .filter(row -> row.properties().containsKey(trait))
        .max(Comparator.comparing(Row::time).thenComparing(Row::id))
        .map(row -> row.properties().get(trait));
  }

  /** No order at all is no trait, which is at least nothing. */
  private static long orders(Somebody somebody) {
    return somebody.rows.stream().filter(row -> happened(row).equals("order")).count();
  }

  /** An order that takes goods back is told as an order. */
  private static String happened(Row row) {
    return row.properties().containsKey("returned") ? "order.returned" : row.type();
  }

  private static Condition condition(int depth) {
    int kinds = depth == 0 ? 6 : 10;
    return switch (random.nextInt(kinds)) {
      case 0, 1 ->
          new Condition.Did(
              one(EVENTS),
              random.nextBoolean() ? Optional.empty() : Optional.of(where()),
              1 + random.nextInt(3),
              Duration.ofHours(1 + random.nextInt(90)));
      case 2 ->
          random.nextBoolean()
              ? new Condition.TraitIs("city", Condition.Comparison.EQUAL, one(CITIES))
              : new Condition.TraitIs(
                  "orders",
                  Condition.Comparison.AT_LEAST,
                  BigDecimal.valueOf(1L + random.nextInt(3)));
      case 3 -> new Condition.Recent("last_order", Duration.ofHours(1 + random.nextInt(90)));
      case 4 -> new Condition.InSegment(one(SEGMENTS));
      case 5 -> new Condition.Consented("marketing");
      case 6 -> new Condition.Not(condition(depth - 1));
      default -> {
        List<Condition> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          parts.add(condition(depth - 1));
        }
        yield random.nextBoolean() ? new Condition.All(parts) : new Condition.Any(parts);
      }
    };
  }

  private static Where where() {
    Where.Match match = one(List.of(Where.Match.values()));
    String page = one(PAGES);
    return new Where("page", match, match == Where.Match.CONTAINS ? page.substring(1) : page);
  }

  private static Row draft(int person, int row) {
    Instant time = NOW.minus(Duration.ofHours(random.nextInt(100)));
    String id = "e" + person + "-" + row;
    boolean isTold = random.nextInt(4) == 0;
    String happened = isTold ? "traits" : one(EVENTS);
    Map<String, Object> properties =
        switch (happened) {
          case "traits" -> Map.of("city", one(CITIES));
          case "order.returned" -> Map.of("returned", true);
          case "consent" -> Map.of("purpose", "marketing", "granted", random.nextBoolean());
          case "visit" -> Map.of("page", one(PAGES));
          default -> Map.of();
        };
    return Row.draft(
        id,
        "p" + person,
        List.of(),
        happened.equals("order.returned") ? "order" : happened,
        time,
        "api",
        Map.of("userId", "u" + person),
        properties);
  }

  private static <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
