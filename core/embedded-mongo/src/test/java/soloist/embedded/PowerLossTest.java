package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power fails: of what was not synced, any sector may be gone. */
class PowerLossTest {
  private static final boolean SLOW = Boolean.getBoolean("soloist.slow");
  private static final int ACKNOWLEDGEMENTS = SLOW ? 1_000 : 300;
  private static final int CUTS = SLOW ? 40 : 6;

  @TempDir Path directory;

  @BeforeAll
  static void plugIn() {
    ForgetfulDisk.plugIn();
  }

  @Test
  void findsEveryAcknowledgedWriteAfterThePowerFailed() throws IOException {
    assertEquals(0, lost(true));
  }

  @Test
  void findsLossWhenNothingIsSynced() throws IOException {
    assertTrue(lost(false) > 0, "the test cannot see loss");
  }

  private static EmbeddedMongo.Settings settings(boolean sync) {
    var usual = EmbeddedMongo.Settings.USUAL;
    return new EmbeddedMongo.Settings(
        0, ForgetfulDisk.SCHEME, sync, usual.clock(), usual.upkeep(), usual.idleCursor());
  }

  private int lost(boolean sync) throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var settings = settings(sync);
    Path running = directory.resolve("running");
    String file = running.resolve(StoreFile.FILE).toAbsolutePath().toString();
    int lost = 0;
    try (Served served = Served.in(running, settings)) {
      Batches.collection(served.client()).createIndex(new Document("batch", 1));
      try (var batches = new Batches(served.store().uri(), 8, 0)) {
        for (int cut = 1; cut <= CUTS && (sync || lost == 0); cut++) {
          int enough = ACKNOWLEDGEMENTS * cut / CUTS;
          Wait.until(
              "more writes", Duration.ofSeconds(60), () -> batches.acknowledged().size() >= enough);
          Set<String> acknowledged = batches.acknowledged();
          // The note reaches the disk when it likes, so here at once, which promises most.
          byte[] note = Files.readAllBytes(running.resolve(SyncedNote.FILE));
          byte[] image = ForgetfulDisk.cutPower(file, random);

          Path own = Files.createDirectories(directory.resolve("cut" + cut));
          Files.write(own.resolve(StoreFile.FILE), image);
          Files.write(own.resolve(SyncedNote.FILE), note);
          lost += lost(own, acknowledged, "seed " + seed);
        }
      }
    }
    return lost;
  }

  private static int lost(Path own, Set<String> acknowledged, String seed) {
    try (Served served = Served.in(own)) {
      var findings = Batches.check(Batches.collection(served.client()), acknowledged);
      assertEquals(List.of(), findings.half(), seed);
      return findings.missing().size();
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.DAMAGED) {
        throw e;
      }
      return acknowledged.size();
    }
  }
}
