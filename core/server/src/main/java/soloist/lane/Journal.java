package soloist.lane;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.store.Store;
import soloist.store.Values;

/**
 * The ordered log of everything that changes a person, in 64 partitions, each numbered without
 * gaps.
 */
public final class Journal implements AutoCloseable {
  /** Above this many live rows that are not judged yet, ingest answers 503. */
  public static final long MOST_BACKLOG = 50_000;

  private final Store store;
  private final InstantSource clock;
  private final List<Sequence> sequences = new ArrayList<>();
  private final Appender appender;
  private final Map<Row.Source, AtomicLong> backlogs =
      Map.of(Row.Source.LIVE, new AtomicLong(), Row.Source.BULK, new AtomicLong());
  private volatile boolean closed;
  private final AtomicLongArray judgedBulk = new AtomicLongArray(Partitions.COUNT);

  /**
   * Reads where each partition stands and starts the appender.
   *
   * @param appended told partition and head after rows have become durable
   */
  public Journal(Store store, InstantSource clock, ObjLongConsumer<Integer> appended) {
    this.store = store;
    this.clock = clock;
    // Two questions a partition are a quarter of the time of a first start, which needs none.
    boolean isNew = store.events().find().projection(include("_id")).first() == null;
    for (int partition = 0; partition < Partitions.COUNT; partition++) {
      sequences.add(isNew ? new Sequence(0, 0, Instant.EPOCH) : whereItStands(partition));
    }
    appender =
        new Appender(
            store.events(),
            (partition, source) -> position(last(partition, source)),
            sequences,
            this::now,
            appended,
            (source, rows) -> backlog(source).addAndGet(rows));
  }

  private Sequence whereItStands(int partition) {
    Document live = last(partition, Row.Source.LIVE);
    Document bulk = last(partition, Row.Source.BULK);
    backlog(Row.Source.LIVE).addAndGet(position(live));
    backlog(Row.Source.BULK).addAndGet(position(bulk));
    return new Sequence(position(live), position(bulk), later(at(live), at(bulk)));
  }

  /**
   * Appends a draft. The future is completed when the row is durable: with true, or with false when
   * the event id has been journalled before and nothing has changed; it fails when the store does.
   */
  public CompletableFuture<Boolean> append(Row draft) {
    return appendAll(List.of(draft)).getFirst();
  }

  /** The same of at most a thousand, which are written at once; a future for each. */
  public List<CompletableFuture<Boolean>> appendAll(List<Row> drafts) {
    return appender.offer(drafts);
  }

  /**
   * From now on one listener is told each row once it is durable. It must be quick, since the next
   * rows wait for it.
   */
  public void onAppended(Consumer<Row> told) {
    appender.onAppended(told);
  }

  /** By whom and as what an event has been journalled. */
  public record Telling(String origin, String type) {}

  /** What has been journalled under these ids, by id. */
  public Map<String, Telling> told(Collection<String> ids) {
    Map<String, Telling> told = new HashMap<>();
    store
        .events()
        .find(Values.ids(ids))
        .projection(include("origin", "type"))
        .batchSize(ids.size())
        .forEach(
            row ->
                told.put(
                    row.getString("_id"),
                    new Telling(row.getString("origin"), row.getString("type"))));
    return told;
  }

  /** Live rows that are journalled and not judged yet. */
  public long backlog() {
    return backlog(Row.Source.LIVE).get();
  }

  /** Whether every row, live or bulk, is judged. */
  public boolean isJudged() {
    return backlogs.values().stream().allMatch(backlog -> backlog.get() == 0);
  }

  private AtomicLong backlog(Row.Source source) {
    return Objects.requireNonNull(backlogs.get(source));
  }

  /** How many rows there are. */
  public long rows() {
    long rows = 0;
    for (Sequence sequence : sequences) {
      rows += sequence.head(Row.Source.LIVE) + sequence.head(Row.Source.BULK);
    }
    return rows;
  }

  /** How many rows of a source each partition has now. */
  public List<Long> heads(Row.Source source) {
    return sequences.stream().map(sequence -> sequence.head(source)).toList();
  }

  /** How many bulk rows up to these heads are not judged yet. */
  public long bulkLeft(List<Long> heads) {
    long left = 0;
    for (int partition = 0; partition < heads.size(); partition++) {
      left += Math.max(0, heads.get(partition) - judgedBulk.get(partition));
    }
    return left;
  }

  /** Rows after a position in their order, at most {@code limit}. */
  List<Row> read(int partition, Row.Source source, long after, int limit) {
    Sequence sequence = sequences.get(partition);
    if (sequence.head(source) <= after) {
      return List.of();
    }
    List<Row> recent = sequence.tail(source).after(after, limit);
    if (recent != null) {
      return recent;
    }
    List<Row> rows = new ArrayList<>();
    store
        .events()
        .find(
            Filters.and(
                eq("partition", partition),
                eq("source", source.key()),
                gt("position", after),
                lte("position", sequence.head(source))))
        .sort(ascending("position"))
        .limit(limit)
        .batchSize(limit)
        .forEach(document -> rows.add(Row.of(document)));
    return rows;
  }

  long head(int partition, Row.Source source) {
    return sequences.get(partition).head(source);
  }

  @Nullable Instant knownUntil(int partition, long live, long bulk) {
    return sequences.get(partition).knownUntil(live, bulk, now());
  }

  /**
   * A lane goes on from this cursor: what stands before it was judged by an earlier process. Newer
   * rows are kept at hand for the lane within its room.
   */
  void owned(Cursor cursor, TailRoom room) {
    judgedBulk.set(cursor.partition(), cursor.bulk());
    for (Row.Source source : Row.Source.values()) {
      backlog(source).addAndGet(-cursor.position(source));
      sequences.get(cursor.partition()).tail(source).room(room);
    }
  }

  /** A lane has judged up to the cursor. */
  void judged(Cursor before, Cursor now) {
    judgedBulk.set(now.partition(), now.bulk());
    for (Row.Source source : Row.Source.values()) {
      backlog(source).addAndGet(before.position(source) - now.position(source));
      sequences.get(now.partition()).tail(source).forgetUpTo(now.position(source));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private @Nullable Document last(int partition, Row.Source source) {
    return store
        .events()
        .find(Filters.and(eq("partition", partition), eq("source", source.key())))
        .sort(descending("position"))
        .limit(1)
        .first();
  }

  private static long position(@Nullable Document row) {
    return row == null ? 0 : row.getLong("position");
  }

  private static Instant at(@Nullable Document row) {
    return row == null ? Instant.EPOCH : Values.instant(row, "at");
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Whether what is not judged yet waits for the next start. */
  boolean isClosed() {
    return closed;
  }

  /** Finishes what has been offered, then refuses more. */
  @Override
  public void close() {
    closed = true;
    appender.close();
  }
}
