package soloist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import soloist.job.Job;
import soloist.job.Jobs;
import soloist.lane.Journal;
import soloist.lane.Lanes;
import soloist.lane.Partitions;
import soloist.lane.Row;
import soloist.profile.Refolds;
import soloist.store.Definitions;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.Eventually;
import soloist.testkit.ManualClock;

/** People folded anew from the journal are who they were, or who a new definition asks for. */
class RefoldTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private final TestStore server = new TestStore();

  @AfterEach
  void close() {
    server.close();
  }

  /** A server without its doors: what the lanes need, and a hand that has them pull. */
  private final class House implements AutoCloseable {
    final Store store;
    final ManualClock clock;
    final Definitions definitions;
    final Journal journal;
    final Jobs jobs;
    final Refolds refolds;
    private final Lanes lanes;

    House(String database, Instant now) {
      store = server.open(database);
      clock = new ManualClock(now);
      definitions = new Definitions(store);
      journal = new Journal(store, clock, (_, _) -> {});
      jobs = new Jobs(store, clock);
      refolds = new Refolds(store, journal, jobs, clock);
      lanes = new Lanes(2, store, journal, Replay.interpreted(definitions), () -> 128);
    }

    void tell(Load load) {
      SampleDefinitions.save(definitions);
      for (Load.Tick tick : load.ticks()) {
        clock.set(tick.at());
        append(tick.rows());
      }
      lanes.pullAll();
      clock.set(load.end());
      lanes.pullAll();
    }

    void append(List<Row> rows) {
      List<CompletableFuture<Boolean>> done = new ArrayList<>();
      rows.forEach(row -> done.add(journal.append(row)));
      done.forEach(CompletableFuture::join);
    }

    void publish(String segment, int version) {
      List<Row> rows = new ArrayList<>();
      for (int partition = 0; partition < Partitions.COUNT; partition++) {
        rows.add(
            Row.control(
                "publish:" + segment + version + ":" + partition,
                partition,
                clock.instant(),
                Map.of("kind", "segment", "id", segment, "version", (long) version)));
      }
      append(rows);
    }

    /** Pulls until the job has ended. */
    Job await(Job job) {
      Eventually.until(
          LIMIT,
          "the job",
          () -> {
            lanes.pullAll();
            return state(job) != Job.State.RUNNING;
          });
      return jobs.find(job.id()).orElseThrow();
    }

    Job.State state(Job job) {
      return jobs.find(job.id()).orElseThrow().state();
    }

    Map<String, Document> people() {
      Map<String, Document> people = new TreeMap<>();
      store.profiles().find().forEach(found -> people.put(found.getString("_id"), found));
      return people;
    }

    @Override
    public void close() {
      jobs.close();
      journal.close();
      store.close();
    }
  }

  @Test
  void peopleFoldedAnewAreWhoTheyWere() {
    Random random = Seed.random("refold");
    int people = Seed.rounds(200, 1_000);
    Load load = Load.random(people, 12, people / 2, random);
    try (House house = new House("same", Load.START)) {
      house.tell(load);
      Map<String, Document> before = house.people();
      assertTrue(before.size() > people * 9 / 10, "people " + before.size());

      Job job = house.await(house.refolds.offerAll("test", () -> {}).orElseThrow());

      assertEquals(Job.State.DONE, job.state());
      assertEquals((long) before.size(), job.result().get("offered"));
      assertEquals(0, house.store.dead().countDocuments());
      assertTrue(house.journal.isJudged());
      house
          .people()
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
    Map<String, Object> often = segment("visitors", 1, "visit", 5, "P120D");
    try (House late = new House("late", Load.START);
        House early = new House("early", Load.START)) {
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
  void aRefoldThatTheServersEndInterruptedGoesOnAndOffersNobodyTwice() {
    try (House house = new House("resumed", Load.START)) {
      house.tell(Load.random(60, 4, 60, Seed.random("resume")));
      Job cut = house.refolds.offerAll("test", () -> {}).orElseThrow();
      // No lane pulls, so it waits for them when the server ends.
      house.jobs.close();
      assertEquals(Job.State.INTERRUPTED, house.state(cut));
      long offered = refoldRows(house);

      Jobs next = new Jobs(house.store, house.clock);
      new Refolds(house.store, house.journal, next, house.clock).resume();
      Job job =
          next.list().stream()
              .filter(each -> !each.id().equals(cut.id()))
              .findFirst()
              .orElseThrow();
      Eventually.until(
          LIMIT,
          "its end",
          () -> {
            house.lanes.pullAll();
            return next.find(job.id()).orElseThrow().state() == Job.State.DONE;
          });

      assertTrue(offered <= house.people().size());
      assertEquals(house.people().size(), refoldRows(house));
      new Refolds(house.store, house.journal, next, house.clock).resume();
      assertEquals(2, next.list().size());
      next.close();
    }
  }

  @Test
  void whoCancelsARefoldIsRidOfIt() {
    try (House house = new House("cancelled", Load.START)) {
      house.tell(Load.random(50, 4, 50, Seed.random("cancel")));
      Job job = house.refolds.offerAll("test", () -> {}).orElseThrow();

      house.jobs.cancel(job.id());
      Eventually.until(LIMIT, "its end", () -> house.state(job) == Job.State.CANCELLED);

      house.refolds.resume();
      assertEquals(1, house.jobs.list().size());
    }
  }

  @Test
  void nobodyIsOfferedWhereNobodyIs() {
    try (House house = new House("empty", Load.START)) {
      boolean[] ran = new boolean[1];

      assertTrue(house.refolds.offerAll("test", () -> ran[0] = true).isEmpty());

      assertTrue(ran[0]);
      assertEquals(0, house.store.events().countDocuments());
    }
  }

  @Test
  void onlyWhoIsOfferedIsFoldedAnew() {
    try (House house = new House("some", Load.START)) {
      house.tell(Load.random(20, 4, 40, Seed.random("some")));
      Map<String, Document> before = house.people();
      List<String> some = before.keySet().stream().limit(3).toList();

      house.refolds.offer(some, "test");
      house.lanes.pullAll();

      house
          .people()
          .forEach(
              (id, after) ->
                  assertEquals(
                      some.contains(id),
                      !after.getLong("rev").equals(before.get(id).getLong("rev"))));
    }
  }

  private static long refoldRows(House house) {
    return house.store.events().countDocuments(new Document("properties.reason", "test"));
  }

  /** Without bookkeeping, and with windows no wider than those of another, which may be newer. */
  private static Document portrait(Document profile, Document newest) {
    Document portrait = new Document(profile);
    Set.of("rev", "applied", "judgedAt").forEach(portrait::remove);
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

  private static Map<String, Set<String>> members(House house) {
    Map<String, Set<String>> members = new TreeMap<>();
    house
        .people()
        .forEach(
            (id, profile) -> members.put(id, profile.get("memberships", Document.class).keySet()));
    return members;
  }

  private static Object visits(Document profile) {
    return profile.get("windows", Document.class).get("visit");
  }

  private static Map<String, Object> segment(
      String id, int version, String event, int atLeast, String within) {
    return Map.of(
        "id",
        id,
        "version",
        version,
        "name",
        Map.of("en", id, "zh-CN", id),
        "condition",
        Map.of("did", event, "atLeast", atLeast, "within", within));
  }
}
