package soloist.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import soloist.Rig;
import soloist.Seed;
import soloist.identity.Identity;
import soloist.identity.ProfileIds;
import soloist.ingest.EventInput;
import soloist.ingest.Ingest;
import soloist.ingest.Undone;
import soloist.job.Job;
import soloist.store.TestStore;

/** What an import told can be taken back as if it had never been told. */
class UndoTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int PEOPLE = 25;
  private final TestStore server = new TestStore();

  @AfterEach
  void close() {
    server.close();
  }

  /** Something that one of the tellers tells, or that is undone. */
  private record Step(String teller, List<EventInput> events, boolean isUndo) {}

  /** A server that some steps are taken on. */
  private final class Told implements AutoCloseable {
    final Rig rig;
    final Undone undone = new Undone();
    private final Ingest ingest;

    Told(String database) {
      rig = new Rig(server, database, START);
      ingest =
          new Ingest(
              new Identity(rig.store, new ProfileIds(rig.clock)),
              rig.journal,
              undone,
              rig.clock,
              () -> "");
      segment("buyers", Map.of("did", "order", "atLeast", 2, "within", "P90D"));
      segment("nobuyers", Map.of("not", Map.of("did", "order", "atLeast", 1, "within", "P90D")));
    }

    private void segment(String id, Map<String, Object> condition) {
      rig.definitions.save(
          "segment",
          id,
          1,
          Map.of(
              "id",
              id,
              "version",
              1,
              "name",
              Map.of("en", id, "zh-CN", id),
              "condition",
              condition));
      rig.publish(id, 1);
    }

    void take(Step step, Random pulls) {
      rig.clock.advance(Duration.ofHours(1));
      if (step.isUndo()) {
        undo(step.teller());
      } else if (step.teller().equals("api")) {
        step.events().forEach(event -> ingest.accept(event, "api").join());
      } else {
        ingest.acceptAll(step.events(), Undone.origin(step.teller()), true);
      }
      if (pulls.nextBoolean()) {
        rig.pull();
      }
    }

    Job undo(String teller) {
      Import file =
          new Import(
              teller,
              teller,
              "connector-csv",
              START,
              0,
              "",
              Map.of(),
              null,
              null,
              null,
              Map.of(),
              null,
              Import.State.beginning());
      undone.add(file.origin());
      Undo undo = new Undo(rig.store, new Products(rig.store), rig.refolds);
      Job job = rig.await(rig.jobs.start("import-undo", progress -> undo.run(file, progress)));
      assertEquals(Job.State.DONE, job.state(), () -> String.valueOf(job.reason()));
      return job;
    }

    /** What is known of everybody of whom anything is, by address, and who is in which segment. */
    Map<String, String> portraits() {
      rig.pull();
      Map<String, String> portraits = new TreeMap<>();
      for (Document profile : rig.people().values()) {
        if (profile.get("lastSeen") == null) {
          assertEquals(new Document(), profile.get("memberships"), profile::toJson);
          assertEquals(new Document(), profile.get("traits"), profile::toJson);
          continue;
        }
        Document portrait = new Document();
        List.of("firstSeen", "lastSeen", "identifiers", "traits", "consents", "windows")
            .forEach(field -> portrait.append(field, profile.get(field)));
        portrait.append("segments", profile.get("memberships", Document.class).keySet());
        portraits.put(
            profile.get("identifiers", Document.class).getList("email", String.class).toString(),
            portrait.toJson().replaceAll(" ~\\d+\"", "\""));
      }
      assertEquals(0, rig.store.dead().countDocuments());
      return portraits;
    }

    @Override
    public void close() {
      rig.close();
    }
  }

  @Test
  void whatWasUndoneIsAsIfItHadNeverBeenTold() {
    Random random = Seed.random("undo");
    for (int round = 0; round < Seed.rounds(3, 60); round++) {
      List<Step> story = story(random);
      List<Step> without = story.stream().filter(step -> !step.teller().equals("first")).toList();
      long pulls = random.nextLong();
      try (Told undone = new Told("undone" + round);
          Told never = new Told("never" + round)) {
        Random sometimes = new Random(pulls);
        story.forEach(step -> undone.take(step, sometimes));
        without.forEach(step -> never.take(step, sometimes));

        assertEquals(never.portraits(), undone.portraits());
        assertTrue(
            undone.rig.store.profiles().countDocuments(new Document("undone", "import:first")) > 5);
        assertFalse(never.portraits().isEmpty());

        undone.rig.await(undone.rig.refolds.offerAll("test", () -> {}).orElseThrow());

        assertEquals(never.portraits(), undone.portraits(), "after another refold");
      }
    }
  }

  @Test
  void withoutUndoingTheTwoAreNotTheSame() {
    Random random = Seed.random("undo control");
    List<Step> story = story(random).stream().filter(step -> !step.isUndo()).toList();
    try (Told told = new Told("told");
        Told never = new Told("never")) {
      story.forEach(step -> told.take(step, random));
      story.stream()
          .filter(step -> !step.teller().equals("first"))
          .forEach(step -> never.take(step, random));

      assertFalse(never.portraits().equals(told.portraits()));
    }
  }

  @Test
  void undoingTwiceOffersNobodyTwice() {
    try (Told told = new Told("twice")) {
      told.take(
          new Step("first", List.of(order("o1", 1, 5), order("o2", 2, 7)), false), new Random(1));

      Job first = told.undo("first");
      Job again = told.undo("first");

      assertEquals(2L, first.result().get("people"));
      assertEquals(2L, again.result().get("people"));
      assertEquals(
          2, told.rig.store.events().countDocuments(new Document("type", "profile.refold")));
      assertEquals(Map.of(), told.portraits());
    }
  }

  @Test
  void anOrderThatAShopToldTooIsTheShopsOnceTheFileIsUndone() {
    try (Told told = new Told("shop")) {
      Random never = new Random(1);
      told.take(new Step("first", List.of(order("o1", 1, 5)), false), never);
      assertFalse(told.ingest.accept(order("o1", 1, 9), "api").join());
      assertFalse(told.ingest.accept(order("o1", 1, 9), "api").join());
      told.rig.pull();
      assertTrue(told.portraits().toString().contains("\"5\""), told.portraits().toString());

      told.undo("first");

      assertTrue(told.portraits().toString().contains("\"9\""), told.portraits().toString());
      assertFalse(told.ingest.accept(order("o1", 1, 9), "api").join());
      assertEquals(
          2,
          told.rig
              .store
              .events()
              .countDocuments(new Document("_id", new org.bson.BsonRegularExpression("^o1"))));
    }
  }

  @Test
  void whatOnlyAnUndoneFileToldIsNewWhenItIsToldAgain() {
    try (Told told = new Told("again")) {
      Random never = new Random(1);
      told.take(new Step("first", List.of(order("o1", 1, 5), order("o2", 1, 6)), false), never);
      told.undo("first");
      assertEquals(Map.of(), told.portraits());

      assertTrue(told.ingest.accept(order("o1", 1, 5), "api").join());
      List<Ingest.Taken> second =
          told.ingest.acceptAll(
              List.of(order("o1", 1, 5), order("o2", 1, 6)), Undone.origin("second"), true);

      assertEquals(List.of(false, true), second.stream().map(Ingest.Taken::fresh).toList());
      assertTrue(told.portraits().toString().contains("\"11\""), told.portraits().toString());
    }
  }

  /** Two overlapping files and live events before, between and after them; the first is undone. */
  private static List<Step> story(Random random) {
    List<Step> story = new ArrayList<>();
    List<EventInput> first = events(40, random);
    List<EventInput> second = events(25, random);
    List<EventInput> both = new ArrayList<>(second);
    first.stream().filter(_ -> random.nextInt(3) == 0).forEach(both::add);
    story.add(new Step("api", events(20, random), false));
    story.add(new Step("first", first.subList(0, 20), false));
    story.add(new Step("api", events(15, random), false));
    story.add(new Step("second", both, false));
    story.add(new Step("first", first.subList(20, 40), false));
    story.add(new Step("api", events(15, random), false));
    story.add(new Step("first", List.of(), true));
    story.add(new Step("api", events(15, random), false));
    if (random.nextBoolean()) {
      story.add(new Step("third", first, false));
    }
    return story;
  }

  private static List<EventInput> events(int count, Random random) {
    List<EventInput> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int who = random.nextInt(PEOPLE);
      Instant time = START.minus(Duration.ofMinutes(random.nextInt(50_000)));
      String id = "e" + random.nextLong();
      events.add(
          switch (random.nextInt(4)) {
            // Few numbers, so that several tell the same order, each in another way.
            case 0, 1 -> order("o" + who + "-" + random.nextInt(3), who, random.nextInt(1, 99));
            case 2 ->
                new EventInput(
                    id,
                    "consent",
                    time,
                    identifiers(who),
                    Map.of(
                        "purpose",
                        "news",
                        "granted",
                        random.nextBoolean(),
                        "source",
                        "s" + random.nextInt(9)));
            default ->
                new EventInput(
                    id, "traits", time, identifiers(who), Map.of("city", "c" + random.nextInt(9)));
          });
    }
    return events;
  }

  private static EventInput order(String id, int who, int total) {
    return new EventInput(
        id,
        "order",
        START.minus(Duration.ofHours(100L + Math.abs(id.hashCode() % 500))),
        identifiers(who),
        Map.of("total", BigDecimal.valueOf(total), "currency", "EUR"));
  }

  private static Map<String, String> identifiers(int who) {
    return Map.of("email", "p" + who + "@example.com");
  }
}
