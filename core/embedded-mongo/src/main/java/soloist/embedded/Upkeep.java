package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What has to be done from time to time: documents whose time is up are deleted, and forgotten
 * cursors closed.
 */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Upkeep.class.getName());
  private static final int DELETED_AT_ONCE = 500;

  private final Catalog catalog;
  private final GroupCommit commit;
  private final Cursors cursors;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("store-upkeep").daemon().factory());

  Upkeep(Catalog catalog, GroupCommit commit, Cursors cursors, Clock clock, Duration period) {
    this.catalog = catalog;
    this.commit = commit;
    this.cursors = cursors;
    this.clock = clock;
    long every = period.toMillis();
    var unused = timer.scheduleWithFixedDelay(this::run, every, every, TimeUnit.MILLISECONDS);
  }

  private void run() {
    try {
      cursors.closeIdle();
      expire();
    } catch (MongoServerError e) {
      // The disk is full, which whoever writes hears of.
      LOG.log(Level.DEBUG, "Upkeep of the store waits for room", e);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Upkeep of the store was put off", e);
    }
  }

  void expire() {
    for (StoredCollection collection : catalog.all()) {
      for (StoredIndex index : collection.indexes()) {
        OptionalLong seconds = index.spec().expireAfterSeconds();
        if (seconds.isPresent() && index.spec().ready()) {
          expire(collection, index.spec(), clock.instant().minusSeconds(seconds.getAsLong()));
        }
      }
    }
  }

  private void expire(StoredCollection collection, IndexSpec spec, Instant before) {
    String field = spec.fields().getFirst().path().dotted();
    var due = new Document(field, new Document("$lte", before));
    int[] deleted = new int[1];
    do {
      deleted[0] = 0;
      // Looked for without the lock first: most times there is nothing to wait for.
      if (collection.scan(Filter.of(due), null).hasNext()) {
        commit.write(
            () ->
                collection.alone(
                    () -> {
                      deleted[0] =
                          collection.deleteDocuments(due, DELETED_AT_ONCE, NoopOplog.get());
                      return true;
                    }));
      }
    } while (deleted[0] == DELETED_AT_ONCE);
  }

  @Override
  public void close() {
    timer.shutdown();
    StoreFile.awaitTermination(timer);
  }
}
