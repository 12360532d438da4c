package soloist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import soloist.job.Job;
import soloist.job.Jobs;
import soloist.profile.Refolds;
import soloist.store.TestStore;
import soloist.testkit.Eventually;

/** People folded anew from the journal are who they were, or who a new definition asks for. */
class RefoldTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private final TestStore server = new TestStore();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void peopleFoldedAnewAreWhoTheyWere() {
    Random random = Seed.random("refold");
    int people = Seed.rounds(200, 1_000);
    Load load = Load.random(people, 12, people / 2, random);
    try (Rig rig = new Rig(server, "same", Load.START)) {
      rig.tell(load);
      Map<String, Document> before = rig.people();
      assertTrue(before.size() > people * 9 / 10, "people " + before.size());

      Job job = rig.await(rig.refolds.offerAll("test", () -> {}).orElseThrow());

      assertEquals(Job.State.DONE, job.state());
      assertEquals((long) before.size(), job.result().get("offered"));
      assertEquals(0, rig.store.dead().countDocuments());
      assertTrue(rig.journal.isJudged());
      rig.people()
          .forEach(
              (id, after) ->
                  assertEquals(
                      portrait(before.get(id), after).toJson(), portrait(after, after).toJson()));
    }
  }

  @Test
  void aNewConditionIsFilledFromTheJournalAsIfItHadAlwaysBeenThere() {
    Random random = Seed.random("backfill");
    Load load = Load.random(60, 12, 50, random);
    Map<String, Object> often =
        segment(
            "visitors",
            Map.of(
                "any",
                List.of(
                    SampleDefinitions.did("visit", 4, "P300D"),
                    SampleDefinitions.visited("p3", 2, "P300D"))));
    try (Rig late = new Rig(server, "late", Load.START);
        Rig early = new Rig(server, "early", Load.START)) {
      early.definitions.save("segment", "visitors", 1, often);
      early.publish("visitors", 1);
      early.tell(load);
      late.tell(load);
      Instant now = load.end().plus(Duration.ofHours(1));
      late.clock.set(now);
      late.definitions.save("segment", "visitors", 1, often);
      assertNotEquals(members(early), members(late));
      long messages = late.store.outbox().countDocuments();

      late.await(
          late.refolds.offerAll("visitors", () -> late.publish("visitors", 1)).orElseThrow());

      assertEquals(members(early), members(late));
      early
          .people()
          .forEach((id, profile) -> assertEquals(visits(profile), visits(late.people().get(id))));
      assertEquals(messages, late.store.outbox().countDocuments());
    }
  }

  @Test
  void peopleWhomAnEarlierServerStoredGetWhatItDidNotCount() {
    try (Rig rig = new Rig(server, "shape", Load.START)) {
      rig.tell(Load.random(60, 6, 60, Seed.random("shape")));
      Map<String, Document> before = rig.people();
      rig.store.profiles().updateMany(new Document(), new Document("$unset", Map.of("habits", "")));

      rig.refolds.reshape(2);
      rig.await(rig.jobs.list().getFirst());
      rig.refolds.reshape(2);

      rig.people()
          .forEach((id, after) -> assertEquals(before.get(id).get("habits"), after.get("habits")));
      assertEquals(1, rig.jobs.list().size());
    }
  }

  @Test
  void aRefoldThatTheServersEndInterruptedGoesOnAndOffersNobodyTwice() {
    try (Rig rig = new Rig(server, "resumed", Load.START)) {
      rig.tell(Load.random(60, 4, 60, Seed.random("resume")));
      Job cut = rig.refolds.offerAll("test", () -> {}).orElseThrow();
      // No lane pulls, so it waits for them when the server ends.
      rig.jobs.close();
      assertEquals(Job.State.INTERRUPTED, rig.state(cut));
      long offered = refoldRows(rig);

      Jobs next = new Jobs(rig.store, rig.clock);
      new Refolds(rig.store, rig.journal, next, rig.clock).resume();
      Job job =
          next.list().stream()
              .filter(each -> !each.id().equals(cut.id()))
              .findFirst()
              .orElseThrow();
      Eventually.until(
          LIMIT,
          "its end",
          () -> {
            rig.pull();
            return next.find(job.id()).orElseThrow().state() == Job.State.DONE;
          });

      assertTrue(offered <= rig.people().size());
      assertEquals(rig.people().size(), refoldRows(rig));
      new Refolds(rig.store, rig.journal, next, rig.clock).resume();
      assertEquals(2, next.list().size());
      next.close();
    }
  }

  @Test
  void whoCancelsARefoldIsRidOfIt() {
    try (Rig rig = new Rig(server, "cancelled", Load.START)) {
      rig.tell(Load.random(50, 4, 50, Seed.random("cancel")));
      Job job = rig.refolds.offerAll("test", () -> {}).orElseThrow();

      rig.jobs.cancel(job.id());
      Eventually.until(LIMIT, "its end", () -> rig.state(job) == Job.State.CANCELLED);

      rig.refolds.resume();
      assertEquals(1, rig.jobs.list().size());
    }
  }

  @Test
  void nobodyIsOfferedWhereNobodyIs() {
    try (Rig rig = new Rig(server, "empty", Load.START)) {
      boolean[] ran = new boolean[1];

      assertTrue(rig.refolds.offerAll("test", () -> ran[0] = true).isEmpty());

      assertTrue(ran[0]);
      assertEquals(0, rig.store.events().countDocuments());
    }
  }

  @Test
  void onlyWhoIsOfferedIsFoldedAnew() {
    try (Rig rig = new Rig(server, "some", Load.START)) {
      rig.tell(Load.random(20, 4, 40, Seed.random("some")));
      Map<String, Document> before = rig.people();
      List<String> some = before.keySet().stream().limit(3).toList();

      rig.refolds.offer(some, "test");
      rig.pull();

      rig.people()
          .forEach(
              (id, after) ->
                  assertEquals(
                      some.contains(id),
                      !after.getLong("rev").equals(before.get(id).getLong("rev"))));
    }
  }

  private static long refoldRows(Rig rig) {
    return rig.store.events().countDocuments(new Document("properties.reason", "test"));
  }

  /** Without bookkeeping, and with windows no wider than those of another, which may be newer. */
  private static Document portrait(Document profile, Document newest) {
    Document portrait = new Document(profile);
    Set.of("rev", "applied", "judgedAt", "asked").forEach(portrait::remove);
    Document windows = new Document();
    Document widths = newest.get("windows", Document.class);
    portrait
        .get("windows", Document.class)
        .forEach(
            (event, window) -> {
              int most = ((Document) widths.get(event)).getInteger("most");
              List<?> latest = ((Document) window).getList("latest", Object.class);
              windows.append(event, latest.subList(0, Math.min(most, latest.size())));
            });
    return portrait.append("windows", windows);
  }

  private static Map<String, Set<String>> members(Rig rig) {
    Map<String, Set<String>> members = new TreeMap<>();
    rig.people()
        .forEach(
            (id, profile) -> members.put(id, profile.get("memberships", Document.class).keySet()));
    return members;
  }

  /** Of each page that some condition asks for, and of all. */
  private static Map<String, Object> visits(Document profile) {
    Map<String, Object> visits = new TreeMap<>(profile.get("windows", Document.class));
    visits.keySet().removeIf(window -> !window.startsWith("visit"));
    return visits;
  }

  private static Map<String, Object> segment(String id, Map<String, Object> condition) {
    return Map.of(
        "id", id, "version", 1, "name", Map.of("en", id, "zh-CN", id), "condition", condition);
  }
}
