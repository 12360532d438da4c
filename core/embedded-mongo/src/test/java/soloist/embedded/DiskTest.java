package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file stays within four times the data under updates that never end. Space is used again 45 s
 * after it was left, so what a minute shows is what an hour shows; five minutes leave room for
 * doubt.
 */
class DiskTest {
  private static final int DOCUMENTS = 100_000;
  private static final int FEW_PER_SECOND = 10;
  private static final int MANY_PER_SECOND = 100;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SATURATED = Duration.ofMinutes(2);

  @TempDir Path directory;

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "twelve minutes of updates run with -Dsoloist.slow=true")
  void staysWithinFourTimesTheDataUnderUpdates() {
    try (Served served = Served.in(directory)) {
      MongoCollection<Document> collection = served.collection("c");
      collection.createIndex(new Document("score", 1));
      long data = fill(collection);
      double few = mostTimes(served, collection, data, LONG, FEW_PER_SECOND);
      double many = mostTimes(served, collection, data, LONG, MANY_PER_SECOND);
      double saturated = mostTimes(served, collection, data, SATURATED, Integer.MAX_VALUE);
      System.out.printf(
          "{\"test\":\"disk\",\"dataMb\":%d,\"minutes\":%d,\"%dPerSecondMostTimes\":%.2f,"
              + "\"%dPerSecondMostTimes\":%.2f,\"saturatedMinutes\":%d,\"saturatedMostTimes\":%.2f}%n",
          data / 1_000_000,
          LONG.toMinutes(),
          FEW_PER_SECOND,
          few,
          MANY_PER_SECOND,
          many,
          SATURATED.toMinutes(),
          saturated);
      assertTrue(few <= 4, few + " times the data");
      assertTrue(many <= 4, many + " times the data");
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "minutes of updates and of rest run with -Dsoloist.slow=true")
  void comesCloseToTheDataOnceNobodyWrites() {
    try (Served served = Served.in(directory)) {
      MongoCollection<Document> collection = served.collection("c");
      collection.createIndex(new Document("score", 1));
      long data = fill(collection);
      replaceMany(collection);
      double before = served.store().sizeOnDisk() / (double) data;
      long begun = System.nanoTime();
      while (served.store().sizeOnDisk() > 2.5 * data
          && System.nanoTime() - begun < LONG.toNanos()) {
        LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
        System.err.printf(
            "%d s of rest, %d MB%n",
            (System.nanoTime() - begun) / 1_000_000_000, served.store().sizeOnDisk() / 1_000_000);
      }
      double after = served.store().sizeOnDisk() / (double) data;
      System.out.printf(
          "{\"test\":\"disk\",\"dataMb\":%d,\"beforeRest\":%.2f,\"afterRest\":%.2f}%n",
          data / 1_000_000, before, after);
      assertTrue(after <= 2.5, after + " times the data");
    }
  }

  /** As an import does it. */
  private static void replaceMany(MongoCollection<Document> collection) {
    var random = new Random(4);
    for (int round = 0; round < 150; round++) {
      List<ReplaceOneModel<Document>> batch = new ArrayList<>();
      for (int i = 0; i < 512; i++) {
        int id = random.nextInt(DOCUMENTS);
        batch.add(
            new ReplaceOneModel<>(
                new Document("_id", id),
                new Document("_id", id)
                    .append("score", random.nextInt(DOCUMENTS))
                    .append("text", "u".repeat(450))));
      }
      collection.bulkWrite(batch);
    }
  }

  private static long fill(MongoCollection<Document> collection) {
    long bytes = 0;
    for (int from = 0; from < DOCUMENTS; from += 1000) {
      List<Document> batch = new ArrayList<>();
      for (int i = from; i < from + 1000; i++) {
        batch.add(new Document("_id", i).append("score", i).append("text", "t".repeat(450)));
      }
      collection.insertMany(batch);
      bytes += 1000 * 500L;
    }
    return bytes;
  }

  /** How many times the data the file came to after its first minute, at most. */
  private static double mostTimes(
      Served served,
      MongoCollection<Document> collection,
      long data,
      Duration duration,
      int perSecond) {
    var random = new Random(4);
    long start = System.nanoTime();
    long largest = 0;
    for (long done = 0; System.nanoTime() - start < duration.toNanos(); done++) {
      long due = start + done * 1_000_000_000L / perSecond;
      LockSupport.parkNanos(due - System.nanoTime());
      collection.updateOne(
          new Document("_id", random.nextInt(DOCUMENTS)),
          Updates.set("score", random.nextInt(DOCUMENTS)));
      if (System.nanoTime() - start > Duration.ofMinutes(1).toNanos()) {
        largest = Math.max(largest, served.store().sizeOnDisk());
      }
      if (done % 300 == 0) {
        System.err.printf(
            "%d s, %d updates, %d MB%n",
            (System.nanoTime() - start) / 1_000_000_000,
            done,
            served.store().sizeOnDisk() / 1_000_000);
      }
    }
    return largest / (double) data;
  }
}
