package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.client.MongoCollection;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk gets full under load, and later there is room again. */
class FullDiskTest {
  @TempDir Path directory;

  @BeforeEach
  void plugIn() {
    FullDisk.plugIn();
  }

  private static EmbeddedMongo.Settings settings(long reserve) {
    var usual = EmbeddedMongo.Settings.USUAL;
    return new EmbeddedMongo.Settings(
        0, FullDisk.SCHEME, true, usual.clock(), usual.upkeep(), usual.idleCursor(), reserve);
  }

  @Test
  void losesNothingReadsOnAndRecoversByItselfWhenAWriteFails() {
    try (Served served = Served.in(directory, settings(0))) {
      var batches = new Batches(served.store().uri(), 4, 0);
      var collection = Batches.collection(served.client());
      waitForWrites(batches, 20);

      FullDisk.fill(true);
      batches.join();
      var acknowledged = batches.acknowledged();
      MongoCommandException refused = refusal(served, "afterwards");

      assertEquals(14031, refused.getErrorCode());
      assertEquals("OutOfDiskSpace", refused.getErrorCodeName());
      String sentence = refused.getErrorMessage();
      assertTrue(
          sentence.startsWith("The disk that holds the store in " + directory + " is full: "),
          sentence);
      assertTrue(sentence.contains("(No space left on device)"), sentence);
      assertEquals(
          Optional.of(withoutFree(sentence)),
          served.store().trouble().map(FullDiskTest::withoutFree));
      assertWhole(collection, acknowledged);

      FullDisk.fill(false);
      served.collection("others").insertOne(new Document("_id", "afterwards"));

      assertEquals(Optional.empty(), served.store().trouble());
      try (var more = new Batches(served.store().uri(), 4, 1)) {
        waitForWrites(more, 20);
        more.stop();
        assertWhole(collection, more.acknowledged());
      }
      assertWhole(collection, acknowledged);
      batches.close();
    }
    try (Served served = Served.in(directory)) {
      assertEquals(1, served.collection("others").countDocuments());
      assertEquals(
          List.of(), Batches.check(Batches.collection(served.client()), java.util.Set.of()).half());
    }
  }

  @Test
  void losesNothingAndRecoversByItselfWhenTheMapsCannotBeWritten() throws IOException {
    try (Served served = Served.in(directory, settings(0))) {
      var collection = Batches.collection(served.client());
      var batches = new Batches(served.store().uri(), 4, 0);
      waitForWrites(batches, 20);
      batches.stop();
      Engine before = served.store().engine();

      FullDisk.fillFor(StoreFile.FILE);
      assertThrows(MVStoreException.class, before.commit().checkpoints()::now);
      try {
        assertWhole(collection, batches.acknowledged());
      } catch (MongoCursorNotFoundException _) {
        // A cursor goes with the store that it reads; who asks again reads on.
        assertWhole(collection, batches.acknowledged());
      }
      Wait.until(
          "the store is opened anew",
          Duration.ofSeconds(30),
          () -> served.store().engine() != before);
      assertWhole(collection, batches.acknowledged());
      served.collection("others").insertOne(new Document("_id", "meanwhile"));

      FullDisk.fill(false);
      served.store().engine().commit().checkpoints().now();
      served.collection("others").insertOne(new Document("_id", "afterwards"));
      assertWhole(collection, batches.acknowledged());
      assertEquals(2, served.collection("others").countDocuments());
      batches.close();
    }
    try (Served served = Served.in(directory)) {
      assertEquals(2, served.collection("others").countDocuments());
    }
  }

  @Test
  void losesNothingAndNamesTheMemoryWhenThereWasTooLittleOfIt() {
    try (Served served = Served.in(directory, settings(0))) {
      served.collection("others").insertOne(new Document("_id", "before"));
      Engine before = served.store().engine();

      FullDisk.starveOnce(StoreFile.FILE);
      assertThrows(MVStoreException.class, before.commit().checkpoints()::now);
      MongoServerError refused =
          assertThrows(MongoServerError.class, () -> before.commit().write(() -> true));
      Wait.until(
          "the store is opened anew",
          Duration.ofSeconds(30),
          () -> served.store().engine() != before);
      served.collection("others").insertOne(new Document("_id", "afterwards"));

      assertTrue(refused.getMessage().contains("The memory of this process"), refused.getMessage());
      assertEquals(Optional.empty(), served.store().trouble());
      assertEquals(2, served.collection("others").countDocuments());
    }
  }

  /** Others write to the same disk, so what is free is another amount each time it is asked. */
  private static String withoutFree(String sentence) {
    return sentence.replaceFirst("\\d+ MB are free", "some are free");
  }

  private static void waitForWrites(Batches batches, int least) {
    Wait.until("some writes", Duration.ofSeconds(30), () -> batches.acknowledged().size() >= least);
  }

  private static MongoCommandException refusal(Served served, String id) {
    return assertThrows(
        MongoCommandException.class,
        () -> served.collection("others").insertOne(new Document("_id", id)));
  }

  private static void assertWhole(
      MongoCollection<Document> collection, java.util.Set<String> acknowledged) {
    Batches.Findings findings = Batches.check(collection, acknowledged);
    assertEquals(List.of(), findings.missing());
    assertEquals(List.of(), findings.half());
  }

  @Test
  void refusesWritesBeforeTheReserveIsUsed() {
    try (Served served = Served.in(directory, settings(Long.MAX_VALUE / 2))) {
      served.collection("others").insertOne(new Document("_id", "first"));
      // The first commit finds out; from then on nothing gets as far as the file.
      Wait.until("trouble", Duration.ofSeconds(10), () -> served.store().trouble().isPresent());
      MongoCommandException refused = refusal(served, "second");

      assertEquals(14031, refused.getErrorCode());
      assertEquals(1, served.collection("others").countDocuments());
    }
  }

  @Test
  void writesNothingMoreUntilTheNextStartWhenASyncIsRefused() {
    try (Served served = Served.in(directory, settings(0))) {
      served.collection("others").insertOne(new Document("_id", "first"));

      FullDisk.breakDown();
      MongoCommandException waiting = refusal(served, "second");
      FullDisk.plugIn();
      MongoCommandException later = refusal(served, "third");

      assertEquals(1, waiting.getErrorCode());
      assertEquals(waiting.getErrorMessage(), later.getErrorMessage());
      assertTrue(later.getErrorMessage().startsWith("The disk did not keep what was written"));
      assertEquals(Optional.of(later.getErrorMessage()), served.store().trouble());
      assertEquals("first", served.collection("others").find().first().get("_id"));
    }
    try (Served served = Served.in(directory)) {
      served.collection("others").insertOne(new Document("_id", "fourth"));
      assertEquals(Optional.empty(), served.store().trouble());
    }
  }

  @Test
  void standsARealFullDisk() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        succeeds("unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=1m none " + directory),
        "this system does not let a test mount a file system of its own");

    assertTrue(
        succeeds(
            "unshare",
            "-rm",
            "sh",
            "-c",
            "mount -t tmpfs -o size=96m none "
                + directory
                + " && exec "
                + Path.of(System.getProperty("java.home"), "bin", "java")
                + " -Xmx256m -Djava.util.logging.config.file="
                + System.getProperty("java.util.logging.config.file")
                + " -cp "
                + System.getProperty("java.class.path")
                + " "
                + FullDiskChild.class.getName()
                + " "
                + directory),
        "see what it printed");
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .start();
      assertTrue(process.waitFor(90, TimeUnit.SECONDS), "it hangs");
      return process.exitValue() == 0;
    } catch (IOException _) {
      // There is no such program here.
      return false;
    }
  }
}
