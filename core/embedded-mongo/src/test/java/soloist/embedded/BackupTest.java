package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup holds comes back whole, from one moment, or not at all. */
class BackupTest {
  private static final int WRITERS = 4;

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("backup");
  }

  @Test
  void holdsOneMomentOfAStoreThatIsBeingWrittenTo() throws Exception {
    var stopped = new AtomicBoolean();
    var acknowledged = new AtomicIntegerArray(WRITERS);
    var before = new int[WRITERS];
    Backup.Contents contents;
    try (Served served = Served.in(directory.resolve("running"))) {
      served.collection("pairs").createIndex(new Document("writer", 1));
      var writers = new ArrayList<Thread>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int own = writer;
        writers.add(Thread.ofVirtual().start(() -> write(served, own, stopped, acknowledged)));
      }
      var first = new int[WRITERS];
      waitForMore(acknowledged, first);
      for (int i = 0; i < WRITERS; i++) {
        before[i] = acknowledged.get(i);
      }
      contents =
          Backup.write(
              served.store(),
              file(),
              Map.of(),
              (what, done, total) -> waitForMore(acknowledged, before));
      stopped.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
    }

    Restore.into(directory.resolve("restored"), file(), Progress.SILENT);

    try (Served served = Served.in(directory.resolve("restored"))) {
      long pairs = 0;
      for (int writer = 0; writer < WRITERS; writer++) {
        var own = new Document("writer", writer);
        long written = served.collection("pairs").countDocuments(own);
        var counters = served.collection("counters").find(own).map(d -> d.getInteger("n"));
        long followers = served.collection("followers").countDocuments(own);

        pairs += written;
        assertEquals(0, written % 2, "half a command");
        assertEquals(1, Set.copyOf(counters.into(new ArrayList<>())).size(), "half a command");
        assertTrue(written >= 2L * before[writer], "an answered command is missing");
        // Each round writes pair, counters and follower in this order.
        int counted = counters.first();
        assertTrue(written / 2 - counted <= 1 && counted <= written / 2, "not one moment");
        assertTrue(counted - followers <= 1 && followers <= counted, "not one moment");
      }
      assertEquals(contents.collections().get("test.pairs"), pairs);
    }
  }

  /** Nobody has to wait for a backup, and what comes after it began is not in it. */
  private static boolean waitForMore(AtomicIntegerArray acknowledged, int[] than) {
    Wait.until(
        "more writes by each",
        Duration.ofSeconds(30),
        () -> IntStream.range(0, WRITERS).allMatch(i -> acknowledged.get(i) > than[i] + 5));
    return true;
  }

  private static void write(
      Served served, int writer, AtomicBoolean stopped, AtomicIntegerArray acknowledged) {
    var own = new Document("writer", writer);
    served
        .collection("counters")
        .insertMany(
            List.of(
                new Document("writer", writer).append("n", 0),
                new Document("writer", writer).append("n", 0)));
    for (int i = 0; !stopped.get(); i++) {
      served
          .collection("pairs")
          .insertMany(
              List.of(
                  new Document("_id", "a" + writer + "-" + i).append("writer", writer),
                  new Document("_id", "z" + writer + "-" + i).append("writer", writer)));
      served.collection("counters").updateMany(own, new Document("$inc", new Document("n", 1)));
      served.collection("followers").insertOne(new Document("writer", writer));
      acknowledged.incrementAndGet(writer);
    }
  }

  @Test
  void bringsBackEveryByteEveryIndexAndTheFilesBeside() throws IOException {
    List<RawBsonDocument> before;
    var taken = Instant.parse("2026-03-01T10:00:00Z");
    var restored = Instant.parse("2026-03-03T10:00:00Z");
    Path folder = directory.resolve("restored");
    var usual = EmbeddedMongo.Settings.USUAL;
    var settings =
        new EmbeddedMongo.Settings(
            0, "", true, Clock.fixed(taken, ZoneOffset.UTC), usual.upkeep(), usual.idleCursor());
    try (Served served = Served.in(directory.resolve("running"), settings)) {
      MongoDatabase database = served.client().getDatabase("test");
      database.getCollection("kinds").insertMany(Sample.ofEveryKind());
      database.getCollection("kinds").createIndex(new Document("value", -1));
      database
          .getCollection("kinds")
          .createIndex(new Document("n", 1), new IndexOptions().unique(true).sparse(true));
      database.createCollection("nothing");
      served.client().getDatabase("other").getCollection("c").insertOne(new Document("_id", 1));
      before = raw(database.getCollection("kinds"));
      Backup.write(
          served.store(), file(), Map.of("soloist.key", new byte[] {1, 2, 3}), Progress.SILENT);
    }

    Backup.Contents contents =
        Restore.into(folder, file(), Progress.SILENT, Clock.fixed(restored, ZoneOffset.UTC));

    assertEquals(
        new Backup.Contents(
            taken,
            before.size() + 1,
            Map.of("test.kinds", (long) before.size(), "test.nothing", 0L, "other.c", 1L),
            Set.of("soloist.key")),
        contents);
    assertEquals(Optional.of(new Restore.Mark(restored, taken)), Restore.mark(folder));
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(folder.resolve("soloist.key")));
    try (Served served = Served.in(folder)) {
      MongoCollection<Document> kinds = served.collection("kinds");
      assertEquals(before, raw(kinds));
      assertEquals(3, kinds.listIndexes().into(new ArrayList<>()).size());
      kinds.insertOne(new Document("n", 7));
      assertThrows(MongoWriteException.class, () -> kinds.insertOne(new Document("n", 7)));
      assertEquals(
          Optional.of(new Restore.Mark(restored, taken)), Restore.mark(folder), "still held");
    }
    Restore.release(folder);
    assertEquals(Optional.empty(), Restore.mark(folder));
  }

  private static List<RawBsonDocument> raw(MongoCollection<Document> collection) {
    return collection.withDocumentClass(RawBsonDocument.class).find().into(new ArrayList<>());
  }

  private Path small() {
    try (Served served = Served.in(directory.resolve("small"))) {
      served.collection("c").createIndex(new Document("n", 1));
      for (int i = 0; i < 5; i++) {
        served.collection("c").insertOne(new Document("_id", i).append("n", i * i));
      }
      Backup.write(served.store(), file(), Map.of("key", new byte[32]), Progress.SILENT);
    }
    return file();
  }

  @Test
  void refusesEveryFlippedByteAndEveryCutBeforeAnythingIsRestored() throws IOException {
    byte[] whole = Files.readAllBytes(small());
    long seed = System.nanoTime();
    var random = new Random(seed);
    Path damaged = directory.resolve("damaged");
    Path folder = directory.resolve("folder");
    assertEquals(5, Backup.verify(file()).documents());
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 + random.nextInt(255));
      refuses(damaged, flipped, folder, "seed " + seed + ", byte " + i);
      refuses(damaged, Arrays.copyOf(whole, i), folder, "cut at " + i);
    }
    refuses(damaged, Arrays.copyOf(whole, whole.length + 1), folder, "something after the end");
  }

  private static void refuses(Path damaged, byte[] image, Path folder, String what)
      throws IOException {
    Files.write(damaged, image);

    var refused =
        assertThrows(
            StoreException.class, () -> Restore.into(folder, damaged, Progress.SILENT), what);

    assertTrue(refused.getMessage().contains(damaged.toString()), refused.getMessage());
    assertTrue(refused.kind() != StoreException.Kind.FAILED, refused.getMessage());
    assertEquals(List.of(), Folder.list(folder), what);
  }

  @Test
  void refusesAFolderThatIsNotEmptyOrWasLeftHalfRestored() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("folder"));
    Files.writeString(folder.resolve("letter"), "dear");

    var full =
        assertThrows(StoreException.class, () -> Restore.into(folder, small(), Progress.SILENT));
    assertEquals(StoreException.Kind.NOT_EMPTY, full.kind());

    Files.delete(folder.resolve("letter"));
    Files.createDirectory(folder.resolve("restoring"));
    for (Runnable use :
        List.<Runnable>of(
            () -> Restore.into(folder, file(), Progress.SILENT),
            () -> EmbeddedMongo.open(folder))) {
      var left = assertThrows(StoreException.class, use::run);
      assertEquals(StoreException.Kind.UNFINISHED, left.kind());
      assertTrue(left.getMessage().contains(folder.toString()), left.getMessage());
    }
  }

  @Test
  void leavesNothingWhenEnded() throws IOException {
    Path whole = small();
    Path folder = directory.resolve("folder");
    Path other = directory.resolve("other");

    assertThrows(
        CancellationException.class, () -> Restore.into(folder, whole, (what, d, t) -> d == 0));
    assertEquals(List.of(), Folder.list(folder));
    try (Served served = Served.in(directory.resolve("small"))) {
      assertThrows(
          CancellationException.class,
          () -> Backup.write(served.store(), other, Map.of(), (what, done, total) -> false));
    }
    assertEquals(
        Set.of(whole, folder, directory.resolve("small")), Set.copyOf(Folder.list(directory)));
  }

  @Test
  void tellsHowFarItHasGot() {
    var heard = new ArrayList<String>();

    Restore.into(
        directory.resolve("folder"),
        small(),
        (what, done, total) -> heard.add(what + " " + done + "/" + total));

    assertEquals(List.of("test.c 5/5"), heard);
  }
}
