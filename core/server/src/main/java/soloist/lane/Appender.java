package soloist.lane;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import org.bson.Document;

/**
 * Appends rows, one group at a time: while one group is being written the next gathers. Numbers are
 * given after doubles are refused, inside the group, so positions stay dense.
 */
final class Appender implements AutoCloseable {
  private static final int MOST_ROWS = 1_000;
  private static final int DUPLICATE_KEY = 11000;

  private record Offer(Row row, CompletableFuture<Boolean> done) {}

  private record Placed(Offer offer, Row row) {}

  /** Asks the store how far a sequence goes. */
  interface LastPosition {
    long in(int partition, Row.Source source);
  }

  private static final Offer STOP =
      new Offer(Row.control("stop", 0, Instant.EPOCH, Map.of()), new CompletableFuture<>());

  private final MongoCollection<Document> events;
  private final LastPosition lastPosition;
  private final List<Sequence> sequences;
  private final Supplier<Instant> now;
  private final ObjLongConsumer<Integer> appended;
  private final ObjLongConsumer<Row.Source> grew;
  private volatile Consumer<Row> listener = _ -> {};
  private final LinkedBlockingQueue<List<Offer>> offers = new LinkedBlockingQueue<>();
  private final Thread thread;
  private boolean open = true;

  Appender(
      MongoCollection<Document> events,
      LastPosition lastPosition,
      List<Sequence> sequences,
      Supplier<Instant> now,
      ObjLongConsumer<Integer> appended,
      ObjLongConsumer<Row.Source> grew) {
    this.events = events;
    this.lastPosition = lastPosition;
    this.sequences = sequences;
    this.now = now;
    this.appended = appended;
    this.grew = grew;
    thread = Thread.ofVirtual().name("appender").start(this::run);
  }

  /** From now on it is told each row once it is durable, in the thread that appends. */
  void onAppended(Consumer<Row> told) {
    listener = told;
  }

  /**
   * Rows that are written together: one after the other, the first would go while the rest gather.
   * Under one lock with {@link #close}, so that nothing is offered behind the last group.
   */
  synchronized List<CompletableFuture<Boolean>> offer(List<Row> rows) {
    List<Offer> offered =
        rows.stream().map(row -> new Offer(row, new CompletableFuture<>())).toList();
    if (open && !offered.isEmpty()) {
      offers.add(offered);
    } else {
      var closed = new IllegalStateException("the journal is closed");
      offered.forEach(offer -> offer.done().completeExceptionally(closed));
    }
    return offered.stream().map(Offer::done).toList();
  }

  private void run() {
    List<Offer> group = new ArrayList<>();
    boolean stopping = false;
    while (!stopping) {
      group.clear();
      try {
        group.addAll(offers.take());
        List<Offer> next = offers.peek();
        while (next != null && group.size() + next.size() <= MOST_ROWS) {
          group.addAll(offers.remove());
          next = offers.peek();
        }
        stopping = group.remove(STOP);
        append(group);
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts an appender", e);
      } catch (RuntimeException e) {
        // The boundary of this thread: whoever waits for a row hears of it, and the next group is
        // tried.
        group.forEach(offer -> offer.done().completeExceptionally(e));
      }
    }
  }

  private void append(List<Offer> group) {
    List<Offer> waiting = new ArrayList<>(group);
    Set<Integer> grown = new HashSet<>();
    boolean doublesChecked = false;
    while (!waiting.isEmpty()) {
      List<Placed> placed = place(waiting);
      int written = insert(placed);
      for (int i = 0; i < placed.size(); i++) {
        Row row = placed.get(i).row();
        if (i < written) {
          sequences.get(row.partition()).commit(row);
          if (row.source() == Row.Source.LIVE) {
            // Bulk rows wait for the next second, to be judged together.
            grown.add(row.partition());
          }
          grew.accept(row.source(), 1);
          listener.accept(row);
        } else {
          sequences.get(row.partition()).giveBack();
        }
      }
      placed.stream().limit(written).forEach(row -> row.offer().done().complete(true));
      waiting = new ArrayList<>(waiting.subList(written, waiting.size()));
      if (!waiting.isEmpty()) {
        waiting.removeFirst().done().complete(false);
        if (!doublesChecked) {
          // Doubles rarely come alone: one question for the rest of the group saves a write for
          // each.
          waiting = withoutDoubles(waiting);
          doublesChecked = true;
        }
      }
    }
    grown.forEach(
        partition -> appended.accept(partition, sequences.get(partition).head(Row.Source.LIVE)));
  }

  private List<Placed> place(List<Offer> waiting) {
    int[][] ahead = new int[Row.Source.values().length][Partitions.COUNT];
    List<Placed> placed = new ArrayList<>(waiting.size());
    Instant instant = now.get();
    for (Offer offer : waiting) {
      Row row = offer.row();
      int before = ahead[row.source().ordinal()][row.partition()]++;
      placed.add(new Placed(offer, sequences.get(row.partition()).place(row, before, instant)));
    }
    return placed;
  }

  /** Writes the rows in order and returns how many went in before the first double. */
  private int insert(List<Placed> placed) {
    try {
      return insertUntilDouble(placed);
    } catch (RuntimeException e) {
      throw unknownOutcome(placed, e);
    }
  }

  private int insertUntilDouble(List<Placed> placed) {
    try {
      events.insertMany(placed.stream().map(row -> row.row().toDocument()).toList());
      return placed.size();
    } catch (MongoBulkWriteException e) {
      BulkWriteError error = e.getWriteErrors().isEmpty() ? null : e.getWriteErrors().getFirst();
      if (error != null
          && error.getCode() == DUPLICATE_KEY
          && isJournalled(placed.get(error.getIndex()).row(), e)) {
        return error.getIndex();
      }
      throw e;
    }
  }

  /** A duplicate key that is not the event id would be a second writer of this partition. */
  private boolean isJournalled(Row row, RuntimeException refusal) {
    try {
      return events.find(in("_id", row.id())).projection(Projections.include("_id")).first()
          != null;
    } catch (RuntimeException e) {
      // Then nobody knows, and the places that were given out must be taken back as for any
      // failure.
      refusal.addSuppressed(e);
      return false;
    }
  }

  /**
   * The store failed in the middle: some rows may be in. Numbering goes on after what can be seen
   * there; the callers hear of the failure and offer the same ids again.
   */
  private RuntimeException unknownOutcome(List<Placed> placed, RuntimeException cause) {
    placed.forEach(each -> sequences.get(each.row().partition()).giveBack());
    try {
      Set<Integer> touched = new HashSet<>();
      placed.forEach(each -> touched.add(each.row().partition()));
      for (int partition : touched) {
        for (Row.Source source : Row.Source.values()) {
          long moved = sequences.get(partition).moveTo(source, lastPosition.in(partition, source));
          grew.accept(source, moved);
        }
        appended.accept(partition, sequences.get(partition).head(Row.Source.LIVE));
      }
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }

  private List<Offer> withoutDoubles(List<Offer> waiting) {
    Set<Object> stored = new HashSet<>();
    events
        .find(in("_id", waiting.stream().map(offer -> offer.row().id()).toList()))
        .projection(Projections.include("_id"))
        .forEach(row -> stored.add(row.get("_id")));
    List<Offer> fresh = new ArrayList<>();
    for (Offer offer : waiting) {
      if (stored.contains(offer.row().id())) {
        offer.done().complete(false);
      } else {
        fresh.add(offer);
      }
    }
    return fresh;
  }

  @Override
  public void close() {
    synchronized (this) {
      open = false;
      offers.add(List.of(STOP));
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
