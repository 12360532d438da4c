package soloist.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import soloist.embedded.EmbeddedMongo;
import soloist.identity.Pairs;
import soloist.lane.Row;
import soloist.store.Store;

/** Who may be double is found part by part, each at a bounded cost. */
class DoublesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final int INSERTED_AT_ONCE = 1_000;

  @TempDir private Path folder;

  @Test
  void everyPairIsFoundOnceHoweverFarApartAndACompanysTelephoneIsNone() {
    try (EmbeddedMongo server = EmbeddedMongo.open(folder);
        Store store = new Store(server.uri())) {
      fill(store, 1_300, List.of(0, 1_299), List.of(700, 701, 702));
      for (int number = 2_000; number < 2_009; number++) {
        store.profiles().insertOne(person(number, "+4930999"));
      }

      List<String> found = new ArrayList<>();
      int parts = walk(new Doubles(store, new Pairs(store)), found);

      assertEquals(
          new TreeSet<>(List.of("0 1299", "700 701", "700 702", "701 702")), new TreeSet<>(found));
      assertEquals(4, found.size(), "some were found twice: " + found);
      assertTrue(parts >= 1);
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "looks among 100,000 people")
  void amongAHundredThousandNoCallTakesLong() {
    try (EmbeddedMongo server = EmbeddedMongo.open(folder);
        Store store = new Store(server.uri())) {
      fill(store, 100_000, List.of(5, 99_995));
      Doubles doubles = new Doubles(store, new Pairs(store));
      Optional<String> next = Optional.of("");
      List<Long> millis = new ArrayList<>();
      int found = 0;
      while (next.isPresent()) {
        long began = System.nanoTime();
        Doubles.Found part = doubles.after(next.get());
        millis.add((System.nanoTime() - began) / 1_000_000);
        found += part.candidates().size();
        next = part.next();
      }
      System.getLogger("doubles")
          .log(System.Logger.Level.INFO, "milliseconds of each call: " + millis);

      assertEquals(1, found);
      assertTrue(millis.stream().allMatch(each -> each < 5_000), () -> "slow: " + millis);
    }
  }

  private static int walk(Doubles doubles, List<String> found) {
    int parts = 0;
    Optional<String> next = Optional.of("");
    while (next.isPresent()) {
      Doubles.Found part = doubles.after(next.get());
      part.candidates().forEach(each -> found.add(number(each.one()) + " " + number(each.other())));
      next = part.next();
      parts++;
    }
    return parts;
  }

  private static int number(Profile profile) {
    return Integer.parseInt(profile.id().substring(1));
  }

  /** People of whom each of these groups shares a telephone. */
  @SafeVarargs
  private static void fill(Store store, int people, List<Integer>... groups) {
    List<Document> documents = new ArrayList<>();
    for (int number = 0; number < people; number++) {
      String phone = "+491511%07d".formatted(number);
      for (int group = 0; group < groups.length; group++) {
        phone = groups[group].contains(number) ? "+4930111" + group : phone;
      }
      documents.add(person(number, phone));
      if (documents.size() == INSERTED_AT_ONCE || number == people - 1) {
        store.profiles().insertMany(documents);
        documents.clear();
      }
    }
  }

  private static Document person(int number, String phone) {
    String id = "p%07d".formatted(number);
    Row row =
        Row.draft(
            "e" + number,
            id,
            List.of(),
            "traits",
            NOW,
            "api",
            Map.of("phone", phone, "email", "somebody%07d@example.com".formatted(number)),
            Map.of("first_name", "Name " + number, "last_name", "Family " + number));
    return new Refold(null, List.of(row), List.of()).end();
  }
}
