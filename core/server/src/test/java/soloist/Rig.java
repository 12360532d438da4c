package soloist;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.bson.Document;
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

/** A server without its doors: journal, jobs and lanes that pull when they are told to. */
public final class Rig implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  public final Store store;
  public final ManualClock clock;
  public final Definitions definitions;
  public final Journal journal;
  public final Jobs jobs;
  public final Refolds refolds;
  private final Lanes lanes;

  public Rig(TestStore server, String database, Instant now) {
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
    pull();
    clock.set(load.end());
    pull();
  }

  void append(List<Row> rows) {
    List<CompletableFuture<Boolean>> done = new ArrayList<>();
    rows.forEach(row -> done.add(journal.append(row)));
    done.forEach(CompletableFuture::join);
  }

  /** Publishes one of the sample segments, or one that was saved. */
  public void publish(String segment, int version) {
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

  public void pull() {
    lanes.pullAll();
  }

  /** Pulls until the job has ended. */
  public Job await(Job job) {
    Eventually.until(
        LIMIT,
        "the job",
        () -> {
          pull();
          return state(job) != Job.State.RUNNING;
        });
    return jobs.find(job.id()).orElseThrow();
  }

  Job.State state(Job job) {
    return jobs.find(job.id()).orElseThrow().state();
  }

  public Map<String, Document> people() {
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
