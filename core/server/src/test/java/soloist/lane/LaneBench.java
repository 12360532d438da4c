package soloist.lane;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.ManualClock;

/** One journal and one lane over all its partitions, with hands on clock and store. */
final class LaneBench implements AutoCloseable {
  final TestStore server = new TestStore();
  final Store store = server.open("lane");
  final ManualClock clock = new ManualClock();
  final NotingWork work = new NotingWork();
  private Journal journal = new Journal(store, clock, (_, _) -> {});
  private Lane lane;

  LaneBench() {
    open(CommitPoint.Observer.NONE, Lane.BatchSize.USUAL);
  }

  /** Lets go of the lane, as a crash would, and opens another. */
  void open(CommitPoint.Observer observer, Lane.BatchSize size) {
    List<Integer> all = java.util.stream.IntStream.range(0, Partitions.COUNT).boxed().toList();
    lane =
        new Lane(
            all, store, journal, work, observer, RedoUse.WRITTEN_AND_REDONE, (_, _) -> {}, size);
    lane.open();
  }

  /** Journal and lane anew, as after a start. */
  void restart() {
    restart(CommitPoint.Observer.NONE);
  }

  void restart(CommitPoint.Observer observer) {
    restart(observer, Lane.BatchSize.USUAL);
  }

  void restart(CommitPoint.Observer observer, Lane.BatchSize size) {
    journal.close();
    journal = new Journal(store, clock, (_, _) -> {});
    open(observer, size);
  }

  Journal journal() {
    return journal;
  }

  Lane lane() {
    return lane;
  }

  /** Pulls from all partitions, of which none fails. */
  void pull() {
    lane.pull().values().stream().findFirst().ifPresent(LaneBench::raise);
  }

  RuntimeException pullAndFail() {
    return lane.pull().values().stream().findFirst().orElseThrow();
  }

  private static void raise(RuntimeException fault) {
    throw new AssertionError("a partition failed", fault);
  }

  boolean append(Row row) {
    return journal.append(row).join();
  }

  boolean append(String id, String profile, Map<String, Object> properties) {
    return append(row(id, profile, properties));
  }

  Row row(String id, String profile, Map<String, Object> properties) {
    return Row.draft(id, profile, List.of(), "visit", clock.instant(), "api", Map.of(), properties);
  }

  Row bulk(String id, String profile, Map<String, Object> properties) {
    Row draft = row(id, profile, properties);
    return new Row(
        id,
        draft.partition(),
        Row.Source.BULK,
        0,
        profile,
        List.of(),
        draft.type(),
        draft.time(),
        draft.at(),
        "import",
        Map.of(),
        properties);
  }

  List<String> notes(String profile) {
    Document found = store.profiles().find(new Document("_id", profile)).first();
    return found == null ? List.of() : found.getList("notes", String.class);
  }

  Document dead(String id) {
    return store.dead().find(new Document("_id", id)).first();
  }

  Instant in(java.time.Duration time) {
    return clock.instant().plus(time);
  }

  @Override
  public void close() {
    journal.close();
    store.close();
    server.close();
  }
}
