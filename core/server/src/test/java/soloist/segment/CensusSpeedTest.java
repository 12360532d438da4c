package soloist.segment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import soloist.Seed;
import soloist.embedded.EmbeddedMongo;
import soloist.http.Total;
import soloist.lane.Row;
import soloist.profile.Findable;
import soloist.profile.Profile;
import soloist.profile.ProfileDocuments;
import soloist.profile.ProfileFold;
import soloist.rules.condition.Condition;
import soloist.store.Store;

/** How long an owner waits for a number in a large house, in the store that ships. */
@EnabledIfSystemProperty(named = "soloist.slow", matches = "true")
class CensusSpeedTest {
  private static final int PEOPLE = 100_000;
  private static final int BATCH = 2_000;
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void theFirstAnswerIsThereInAMomentAndNearTheTruth(@TempDir Path folder) {
    Random random = Seed.random("speed");
    try (EmbeddedMongo mongo = EmbeddedMongo.open(folder);
        Store store = new Store(mongo.uri())) {
      long truth = fill(store, random);
      Census census = new Census(store);
      Condition trait =
          new Condition.TraitIs("orders", Condition.Comparison.AT_LEAST, BigDecimal.TWO);
      Condition event = new Condition.Did("order", 2, Duration.ofDays(400));
      census.soon(trait, NOW);

      for (Condition condition : List.of(trait, event)) {
        long start = System.nanoTime();
        Estimate soon = census.soon(condition, NOW).count();
        long first = System.nanoTime();
        Estimate exact = census.exactly(condition, NOW, "", () -> true).count();
        long second = System.nanoTime();
        System.out.printf(
            "%s: %s after %d ms, exactly %d after %d ms%n",
            condition,
            soon,
            (first - start) / 1_000_000,
            exact.value(),
            (second - first) / 1_000_000);

        assertTrue(exact.value() == truth, exact + " but " + truth);
        assertTrue(soon.seen() >= 100 && soon.seen() <= PEOPLE, soon.toString());
        // Three times as far as 95 of 100 are off.
        assertTrue(
            Math.abs(soon.value() - truth) <= 3 * (soon.high() - soon.low()),
            soon + " of " + truth);
      }
      lines(census);
      total(store);
    }
  }

  /** Four lines, two of them about events, as an owner writes them. */
  private static void lines(Census census) {
    Condition four =
        new Condition.All(
            List.of(
                new Condition.TraitIs("orders", Condition.Comparison.AT_LEAST, BigDecimal.TWO),
                new Condition.Did("order", 1, Duration.ofDays(200)),
                new Condition.Not(new Condition.Did("email.opened", 1, Duration.ofDays(30))),
                new Condition.Recent("first_order", Duration.ofDays(300))));

    census.soon(four, NOW);
    long start = System.nanoTime();
    Estimate soon = census.soon(four, NOW).count();
    long first = System.nanoTime();
    Census.Result exact = census.exactly(four, NOW, "", () -> true);
    long second = System.nanoTime();

    System.out.printf(
        "four lines: %s after %d ms, exactly %s after %d ms%n",
        soon, (first - start) / 1_000_000, exact.lines(), (second - first) / 1_000_000);
    assertTrue(exact.lines().getLast().in() == exact.count().value(), exact.lines().toString());
    assertTrue(exact.lines().getFirst().in() > exact.count().value(), exact.lines().toString());
  }

  private static void total(Store store) {
    long start = System.nanoTime();
    Total total = Total.of(store.profiles(), Findable.CUSTOMERS);
    long first = System.nanoTime();
    long all = store.profiles().countDocuments(Findable.CUSTOMERS);
    long second = System.nanoTime();

    System.out.printf(
        "customers of a list: %s after %d ms, all %d after %d ms%n",
        total, (first - start) / 1_000_000, all, (second - first) / 1_000_000);
    assertTrue(!total.isExact() && total.value() == Total.MOST && all == PEOPLE, total + " " + all);
  }

  /** Returns how many have two orders or more. */
  private static long fill(Store store, Random random) {
    long truth = 0;
    long position = 0;
    List<Document> profiles = new ArrayList<>();
    List<Document> events = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      Profile profile = new Profile("%032x".formatted(i));
      int orders = 1 + random.nextInt(3);
      truth += orders >= 2 ? 1 : 0;
      for (int order = 0; order < orders; order++) {
        Row row =
            Row.draft(
                    "e" + i + "-" + order,
                    profile.id(),
                    List.of(),
                    "order",
                    NOW.minus(Duration.ofHours(random.nextInt(9_000))),
                    "api",
                    Map.of("email", "customer" + i + "@example.com"),
                    Map.of("total", new BigDecimal("12.50"), "currency", "EUR"))
                .placed(++position, NOW);
        ProfileFold.apply(profile, row, List.of());
        events.add(row.toDocument());
      }
      profiles.add(ProfileDocuments.write(profile));
      if (profiles.size() == BATCH) {
        store.profiles().insertMany(profiles);
        store.events().insertMany(events);
        profiles.clear();
        events.clear();
      }
    }
    return truth;
  }
}
