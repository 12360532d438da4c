package soloist.lane;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.model.Projections;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.store.Store;
import soloist.store.Values;

/**
 * The one writer of some partitions. Pulls rows, live first, then due profiles and bulk rows in the
 * order of their time, has them judged and commits. Not thread-safe: one thread at a time.
 */
final class Lane {
  private static final int MOST_DUE = 128;
  private static final Duration BUSY = Duration.ofSeconds(1);
  private static final int BESIDE_LIVE = 8;

  /** How many rows a batch takes from each source, 1 or more; any size gives the same result. */
  record BatchSize(int live, int bulk) {
    static final BatchSize USUAL = new BatchSize(512, 128);
  }

  /** Told what a commit has changed. */
  interface Listener {
    void committed(int partition, Judged judged);
  }

  private static final class Partition {
    Cursor cursor;
    @Nullable Instant nextDue;
    boolean uncertain = true;

    /** Bulk rows behind this one came after the last pull for all had begun. */
    long bulkUntil;

    Partition(Cursor cursor) {
      this.cursor = cursor;
    }
  }

  private final List<Integer> numbers;
  private final Store store;
  private final Journal journal;
  private final Batches batches;
  private final Commits commits;
  private final BatchSize size;
  private final Map<Integer, Partition> partitions = new HashMap<>();

  /** By {@link System#nanoTime}. */
  private long lastLiveAt = System.nanoTime() - BUSY.toNanos();

  Lane(
      List<Integer> numbers,
      Store store,
      Journal journal,
      Work work,
      CommitPoint.Observer observer,
      RedoUse redo,
      Listener listener,
      BatchSize size) {
    this.numbers = List.copyOf(numbers);
    this.store = store;
    this.journal = journal;
    this.commits = new Commits(store, journal, observer, redo);
    this.batches = new Batches(work, commits, new Histories(store), listener);
    this.size = size;
  }

  /** Takes its partitions over; the first pull finishes commits that were interrupted. */
  void open() {
    TailRoom room = new TailRoom(TailRoom.USUAL);
    for (int number : numbers) {
      Partition partition = new Partition(commits.load(number));
      partitions.put(number, partition);
      journal.owned(partition.cursor, room);
    }
  }

  /** Pulls live rows, dues, and all bulk rows that there are now. */
  Map<Integer, RuntimeException> pull() {
    partitions.forEach(
        (number, partition) -> partition.bulkUntil = journal.head(number, Row.Source.BULK));
    return pullLive();
  }

  /**
   * Pulls in turn from all partitions until none has anything left but bulk rows that came since
   * the last {@link #pull}: an import comes as a trickle in 64 partitions, and gathered rows share
   * a commit. Live rows of any partition go before the next turn, so that they wait for one batch
   * of bulk rows and not for one of each partition. A partition that fails waits for the next pull
   * and does not stop the others.
   *
   * @return what failed, by partition
   */
  Map<Integer, RuntimeException> pullLive() {
    Map<Integer, RuntimeException> failed = new TreeMap<>();
    boolean worked = true;
    while (worked) {
      worked = false;
      for (int number : numbers) {
        for (int urgent : numbers) {
          if (hasLive(urgent)) {
            worked |= pullOnce(urgent, 0, failed);
          }
        }
        worked |= pullOnce(number, mostBulk(), failed);
        if (isAway(failed.values())) {
          return failed;
        }
      }
    }
    return failed;
  }

  /** Fewer for a while after live rows: the next ones wait for a batch that has begun. */
  private int mostBulk() {
    boolean isCalm = System.nanoTime() - lastLiveAt > BUSY.toNanos();
    return isCalm ? size.bulk() : Math.max(1, size.bulk() / BESIDE_LIVE);
  }

  private boolean hasLive(int number) {
    return journal.head(number, Row.Source.LIVE) > partition(number).cursor.live();
  }

  /** Whether the store does not answer: the others would wait as long for the same. */
  private static boolean isAway(Collection<RuntimeException> faults) {
    return faults.stream()
        .anyMatch(
            fault -> fault instanceof MongoException && !(fault instanceof MongoServerException));
  }

  private boolean pullOnce(int number, int mostBulk, Map<Integer, RuntimeException> failed) {
    if (journal.isClosed() || failed.containsKey(number) || isAway(failed.values())) {
      return false;
    }
    try {
      return pullOnce(number, partition(number), mostBulk);
    } catch (RuntimeException e) {
      failed.put(number, e);
      return false;
    }
  }

  private Partition partition(int number) {
    Partition partition = partitions.get(number);
    if (partition == null) {
      throw new IllegalStateException("this lane is not open");
    }
    return partition;
  }

  private boolean pullOnce(int number, Partition partition, int mostBulk) {
    if (partition.uncertain) {
      advance(partition, commits.recover(number));
      partition.nextDue = earliestDue(number);
    }
    // Until a pull has ended well only the store knows what was written.
    partition.uncertain = true;
    boolean worked = pullBatch(number, partition, mostBulk);
    partition.uncertain = false;
    return worked;
  }

  private boolean pullBatch(int number, Partition partition, int most) {
    Cursor cursor = partition.cursor;
    // Known first: a live row stamped before one of these bulk rows is then among the live rows.
    long bulkHead = partition.bulkUntil;
    List<Row> live =
        untilControl(journal.read(number, Row.Source.LIVE, cursor.live(), size.live()));
    if (!live.isEmpty() && live.getFirst().isControl()) {
      return advanceTo(live.getFirst(), number, partition);
    }
    if (!live.isEmpty()) {
      lastLiveAt = System.nanoTime();
    }
    long lastLive = live.isEmpty() ? cursor.live() : live.getLast().position();
    boolean caughtUp = lastLive == journal.head(number, Row.Source.LIVE);
    int mostBulk = (int) Math.min(most, bulkHead - cursor.bulk());
    List<Row> bulk =
        caughtUp && mostBulk > 0
            ? journal.read(number, Row.Source.BULK, cursor.bulk(), mostBulk)
            : List.of();
    Instant dueUntil = dueUntil(number, lastLive, cursor.bulk(), bulk);
    List<String> due = dueUntil == null ? List.of() : due(number, partition, dueUntil);
    if (live.isEmpty() && bulk.isEmpty() && due.isEmpty()) {
      return false;
    }
    List<Row> rows = new ArrayList<>(live);
    rows.addAll(bulk);
    process(new Batch(rows, due, dueUntil == null ? Instant.EPOCH : dueUntil), number, partition);
    return true;
  }

  /** Dues and bulk rows go by time: while more bulk rows wait, dues up to the last one taken. */
  private @Nullable Instant dueUntil(int number, long lastLive, long judgedBulk, List<Row> bulk) {
    long lastBulk = bulk.isEmpty() ? judgedBulk : bulk.getLast().position();
    Instant known = journal.knownUntil(number, lastLive, lastBulk);
    return known == null && !bulk.isEmpty() ? bulk.getLast().at() : known;
  }

  /** What is due up to a control row is still judged by the versions before it. */
  private boolean advanceTo(Row control, int number, Partition partition) {
    List<String> due = due(number, partition, control.at());
    if (due.isEmpty()) {
      return advance(partition, publish(partition.cursor, control));
    }
    process(new Batch(List.of(), due, control.at()), number, partition);
    return true;
  }

  private void process(Batch batch, int number, Partition partition) {
    for (Batches.Done done : batches.process(partition.cursor, batch)) {
      advance(partition, done.cursor());
      partition.nextDue = earlier(partition.nextDue, done.nextDue());
    }
    if (!batch.due().isEmpty()) {
      partition.nextDue = earliestDue(number);
    }
  }

  private boolean advance(Partition partition, Cursor now) {
    journal.judged(partition.cursor, now);
    partition.cursor = now;
    return true;
  }

  private static List<Row> untilControl(List<Row> rows) {
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).isControl()) {
        return rows.subList(0, i);
      }
    }
    return !rows.isEmpty() && rows.getFirst().isControl() ? rows.subList(0, 1) : rows;
  }

  /** From this row on the partition is judged by the version that the row names. */
  private Cursor publish(Cursor cursor, Row row) {
    Map<String, Integer> versions = new TreeMap<>(cursor.versions());
    if (!(row.properties().get("version") instanceof Number version)) {
      throw new IllegalStateException("control row " + row.id() + " names no version");
    }
    versions.put(
        row.properties().get("kind") + ":" + row.properties().get("id"), version.intValue());
    Cursor next = cursor.next(row.position(), cursor.bulk(), versions);
    return commits.commit(Redo.of(next, Judged.NOTHING, List.of()));
  }

  private List<String> due(int number, Partition partition, Instant until) {
    if (partition.nextDue == null || partition.nextDue.isAfter(until)) {
      return List.of();
    }
    List<String> ids = new ArrayList<>();
    due(store, number, until).forEach(profile -> ids.add(profile.getString("_id")));
    if (ids.isEmpty()) {
      // A row has taken the due that was noted; asking again at every pull would find nothing.
      partition.nextDue = earliestDue(number);
    }
    return ids;
  }

  private @Nullable Instant earliestDue(int number) {
    Document profile = earliest(store, number).first();
    return profile == null ? null : Values.instant(profile, "dueAt");
  }

  /** Who is due first, a few of them; whoever is not due is not read. */
  static FindIterable<Document> due(Store store, int number, Instant until) {
    return store
        .profiles()
        .find(
            and(eq("partition", number), gt("dueAt", new Date(0)), lte("dueAt", Date.from(until))))
        .sort(ascending("dueAt"))
        .limit(MOST_DUE)
        .projection(Projections.include("_id"));
  }

  static FindIterable<Document> earliest(Store store, int number) {
    return store
        .profiles()
        .find(and(eq("partition", number), gt("dueAt", new Date(0))))
        .sort(ascending("dueAt"))
        .limit(1)
        .projection(Projections.include("dueAt"));
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
