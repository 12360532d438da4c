package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What commands change while maps are written anew is not lost, and commands do not wait for it.
 */
class CompactionTest {
  private static final int WRITERS = 4;
  private static final int DOCUMENTS = 3_000;
  private static final int AT_ONCE = 64;
  private static final int STEPS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Instead of the usual 45 s after which what was written may be written anew. */
  private static final int RETENTION_MS = 300;

  @TempDir Path directory;
  private volatile boolean done;

  @Test
  void keepsWhatIsWrittenMeanwhile() throws Exception {
    List<int[]> written = new ArrayList<>();
    try (Served served = Served.in(directory)) {
      served.store().engine().file().store().setRetentionTime(RETENTION_MS);
      MongoCollection<Document> collection = served.collection("c");
      collection.createIndex(new Document("version", 1));
      try (var threads = Executors.newFixedThreadPool(WRITERS)) {
        List<Future<int[]>> writing = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          Callable<int[]> work = writer(collection, writer);
          writing.add(threads.submit(work));
        }
        compact(served.store().engine().commit().checkpoints());
        for (Future<int[]> each : writing) {
          written.add(each.get());
        }
      }
      assertHolds(collection, written);
    }
    try (Served served = Served.in(directory)) {
      assertHolds(served.collection("c"), written);
    }
  }

  private void compact(Checkpoints checkpoints) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    int steps = 0;
    try {
      while (steps < STEPS && System.nanoTime() < end) {
        checkpoints.now();
        steps += checkpoints.compact() ? 1 : 0;
      }
    } finally {
      done = true;
    }
    assertEquals(STEPS, steps, "steps that wrote something anew");
  }

  /** Replaces documents of its own; returns the version that each was given last. */
  private Callable<int[]> writer(MongoCollection<Document> collection, int writer) {
    return () -> {
      var random = new Random(writer);
      int[] versions = new int[DOCUMENTS];
      for (int version = 1; !done; version++) {
        List<ReplaceOneModel<Document>> bulk = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          int id = random.nextInt(DOCUMENTS);
          versions[id] = version;
          var document =
              new Document("_id", id(writer, id))
                  .append("version", version)
                  .append("text", "x".repeat(400));
          bulk.add(
              new ReplaceOneModel<>(
                  new Document("_id", id(writer, id)),
                  document,
                  new ReplaceOptions().upsert(true)));
        }
        collection.bulkWrite(bulk);
      }
      return versions;
    };
  }

  private static String id(int writer, int id) {
    return writer + "-" + id;
  }

  private static void assertHolds(MongoCollection<Document> collection, List<int[]> written) {
    long expected = 0;
    for (int writer = 0; writer < WRITERS; writer++) {
      for (int id = 0; id < DOCUMENTS; id++) {
        int version = written.get(writer)[id];
        if (version > 0) {
          expected++;
          var query = new Document("_id", id(writer, id)).append("version", version);
          assertEquals(1, collection.countDocuments(query), query::toString);
        }
      }
    }
    assertTrue(expected > DOCUMENTS, () -> "few documents were written");
    assertEquals(expected, collection.countDocuments());
    assertEquals(
        expected, collection.countDocuments(new Document("version", new Document("$gte", 1))));
  }
}
