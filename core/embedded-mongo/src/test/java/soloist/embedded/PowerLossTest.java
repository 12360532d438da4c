package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bson.Document;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power fails: of what was not synced, any sector may be gone. */
class PowerLossTest {
  private static final boolean SLOW = Boolean.getBoolean("soloist.slow");
  private static final int ACKNOWLEDGEMENTS = SLOW ? 1_000 : 150;
  private static final int CUTS = SLOW ? 40 : 4;

  /** It is not reached before the test ends, and short enough that maps are written in parts. */
  private static final long SHORT_LOG = 400_000;

  private static final int CUTS_A_STEP = SLOW ? 20 : 3;

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
    var cuts = new ArrayList<Cut>();
    try (Served served = Served.in(running, settings)) {
      Batches.collection(served.client()).createIndex(new Document("batch", 1));
      try (var batches = new Batches(served.store().uri(), 8, 0)) {
        for (int cut = 1; cut <= CUTS; cut++) {
          int enough = ACKNOWLEDGEMENTS * cut / CUTS;
          await(batches, enough);
          Set<String> acknowledged = batches.acknowledged();
          // The note reaches the disk when it likes, so here at once, which promises most.
          byte[] note = Files.readAllBytes(running.resolve(SyncedNote.FILE));
          Image image = ForgetfulDisk.cutPower(running, random).withNote(note);
          cuts.add(new Cut(image.laid(directory.resolve("cut" + cut)), acknowledged));
        }
      }
    }
    // Only now, since those who write do not wait.
    int lost = 0;
    for (Cut cut : cuts) {
      lost += sync || lost == 0 ? lost(cut.left, cut.acknowledged, "seed " + seed) : 0;
    }
    return lost;
  }

  /** What a power cut has left, and what was acknowledged before it. */
  private record Cut(Path left, Set<String> acknowledged) {}

  /** Of the steps of a checkpoint none may be the wrong one to lose power at. */
  @Test
  void findsEveryAcknowledgedWriteAtEachStepOfACheckpoint() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    Path running = directory.resolve("running");
    var left = new ArrayList<Path>();
    var settings = settings(true).checkpointEvery(SHORT_LOG);
    try (Served served = Served.in(running, settings)) {
      Batches.collection(served.client()).createIndex(new Document("batch", 1));
      var checkpoints = served.store().engine().commit().checkpoints();
      Set<String> acknowledged;
      try (var batches = new Batches(served.store().uri(), 4, 0)) {
        await(batches, 20);
        checkpoints.now();
        await(batches, 40);
        batches.stop();
        acknowledged = batches.acknowledged();
      }
      MVStore maps = served.store().engine().file().store();
      long before = maps.getCurrentVersion();
      ForgetfulDisk.atEachStep(() -> left.addAll(cuts(running, random, left.size())));
      checkpoints.now();
      ForgetfulDisk.atEachStep(() -> {});
      assertTrue(maps.getCurrentVersion() > before + 1, "the maps were not written in parts");

      for (Path own : left) {
        assertEquals(0, lost(own, acknowledged, "seed " + seed), "seed " + seed + ", " + own);
        Folder.delete(own);
      }
      assertTrue(left.size() > 20, left.size() + " cuts");
    }
  }

  private static void await(Batches batches, int enough) {
    Wait.until(
        "more writes", Duration.ofSeconds(60), () -> batches.acknowledged().size() >= enough);
  }

  private List<Path> cuts(Path running, Random random, int before) {
    try {
      byte[] note = Files.readAllBytes(running.resolve(SyncedNote.FILE));
      var cuts = new ArrayList<Path>();
      for (int i = 0; i < CUTS_A_STEP; i++) {
        Image image = ForgetfulDisk.cutPower(running, random);
        Path own = directory.resolve("step" + (before + i));
        cuts.add((i % 2 == 0 ? image.withNote(note) : image).laid(own));
      }
      return cuts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
