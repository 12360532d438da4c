package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CursorNotFoundException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Results that are handed out in batches. A cursor keeps its place in the file, not the documents;
 * while it is open the store keeps the pages it may still read, which is why one that nobody asks
 * any more is closed after a while.
 */
final class Cursors implements AutoCloseable {
  /** MongoDB's first batch (manual: "Iterate a cursor", cursor batches). */
  static final int FIRST_BATCH = 101;

  /** For a client that has named each document it wants, and need not ask a second time. */
  static final int WHOLE = Integer.MAX_VALUE;

  /**
   * MongoDB ends a batch at 16 MB. Less is as good for the client, and many clients at once must
   * fit in a small heap.
   */
  private static final int BATCH_BYTES = 2 * 1024 * 1024;

  private final StoreFile file;
  private final Clock clock;
  private final Duration idle;
  private final Map<Long, Open> cursors = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong(System.nanoTime() >>> 16);

  Cursors(StoreFile file, Clock clock, Duration idle) {
    this.file = file;
    this.clock = clock;
    this.idle = idle;
  }

  /** A result with its place. One command at a time uses it. */
  private final class Open {
    private final long id;
    private final String namespace;
    private final Iterator<RawBson> rest;
    private final Pin pin;
    private Instant used = clock.instant();
    private boolean closed;

    Open(long id, String namespace, Iterator<RawBson> rest, Pin pin) {
      this.id = id;
      this.namespace = namespace;
      this.rest = rest;
      this.pin = pin;
    }

    synchronized List<RawBson> take(int most) {
      if (closed) {
        throw new CursorNotFoundException(id);
      }
      var batch = new ArrayList<RawBson>();
      int bytes = 0;
      while (batch.size() < most && bytes < BATCH_BYTES && rest.hasNext()) {
        RawBson document = rest.next();
        batch.add(document);
        bytes += document.bytes().length;
      }
      used = clock.instant();
      return batch;
    }

    synchronized boolean isDone() {
      return closed || !rest.hasNext();
    }

    synchronized void close() {
      if (!closed) {
        closed = true;
        cursors.remove(id);
        pin.close();
      }
    }

    synchronized void closeIfIdle(Instant since) {
      if (used.isBefore(since)) {
        close();
      }
    }
  }

  /** What begins a read, to be called before the first page is read. */
  interface Start {
    Iterator<RawBson> begin();
  }

  /**
   * The reply with the first batch, and a cursor if there is more.
   *
   * @param usual how many documents the first batch has if the client does not say
   */
  Document first(String namespace, Document options, int usual, Start start) {
    int size = options.get("batchSize") instanceof Number n ? n.intValue() : usual;
    if (size < 0) {
      throw Refusal.badValue("BatchSize value must be non-negative, but received: " + size);
    }
    Pin pin = file.pin();
    Open open = null;
    boolean kept = false;
    try {
      open = new Open(ids.incrementAndGet(), namespace, start.begin(), pin);
      List<RawBson> batch = open.take(size);
      kept = !Filter.isTrue(options.get("singleBatch")) && !open.isDone();
      if (kept) {
        cursors.put(open.id, open);
      }
      return reply("firstBatch", batch, kept ? open.id : 0, namespace);
    } finally {
      if (!kept) {
        if (open == null) {
          pin.close();
        } else {
          open.close();
        }
      }
    }
  }

  Document more(Document body) {
    long id = Part.number(body, "getMore");
    Open open = cursors.get(id);
    if (open == null) {
      throw new CursorNotFoundException(id);
    }
    int asked = body.get("batchSize") instanceof Number n ? n.intValue() : 0;
    boolean done = true;
    try {
      List<RawBson> batch = open.take(asked > 0 ? asked : WHOLE);
      done = open.isDone();
      return reply("nextBatch", batch, done ? 0 : id, open.namespace);
    } finally {
      if (done) {
        open.close();
      }
    }
  }

  Document kill(Collection<?> asked) {
    var killed = new ArrayList<Long>();
    var missing = new ArrayList<Long>();
    for (Object item : asked) {
      long id = ((Number) item).longValue();
      Open open = cursors.get(id);
      if (open == null) {
        missing.add(id);
      } else {
        open.close();
        killed.add(id);
      }
    }
    return new Document("cursorsKilled", killed)
        .append("cursorsNotFound", missing)
        .append("cursorsAlive", List.of())
        .append("cursorsUnknown", List.of())
        .append("ok", 1.0);
  }

  void closeIdle() {
    Instant since = clock.instant().minus(idle);
    List.copyOf(cursors.values()).forEach(open -> open.closeIfIdle(since));
  }

  @Override
  public void close() {
    List.copyOf(cursors.values()).forEach(Open::close);
  }

  int size() {
    return cursors.size();
  }

  static Document reply(String name, List<?> batch, long id, String namespace) {
    return new Document(
            "cursor", new Document(name, batch).append("id", id).append("ns", namespace))
        .append("ok", 1.0);
  }
}
