package soloist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.embedded.EmbeddedMongo;
import soloist.http.Problem;
import soloist.job.Jobs;
import soloist.lane.Journal;
import soloist.lane.Row;
import soloist.store.Store;
import soloist.testkit.ManualClock;

/** The way back that is made before an import. */
class BackupsTest {
  private static final Jobs.Progress NOBODY_WATCHES = (_, _, _) -> true;

  @TempDir Path home;
  private final ManualClock clock = new ManualClock();
  private EmbeddedMongo embedded;
  private Store store;
  private Journal journal;
  private long free = Long.MAX_VALUE;
  private int rows;

  @BeforeEach
  void open() throws IOException {
    embedded = EmbeddedMongo.open(home.resolve("store"));
    store = new Store(embedded.uri());
    journal = new Journal(store, clock, (_, _) -> {});
    Files.writeString(home.resolve(Backups.KEY), "key");
  }

  @AfterEach
  void close() {
    journal.close();
    store.close();
    embedded.close();
  }

  @Test
  void fiveAreKeptAndOnesMadeByHandStay() throws IOException {
    Path byHand = home.resolve("backups").resolve("2020-01-01T00-00-00Z.soloist");
    Files.createDirectories(byHand.getParent());
    Files.writeString(byHand, "older than all");

    for (int i = 0; i < 7; i++) {
      clock.advance(Duration.ofMinutes(1));
      tell();
      assertEquals(true, backups().make(NOBODY_WATCHES).get("made"));
    }

    assertEquals(6, files().size());
    assertTrue(files().contains(byHand));
  }

  @Test
  void oneOfTheLastHourThatHasEveryRowIsEnough() throws IOException {
    tell();
    Object file = backups().make(NOBODY_WATCHES).get("file");

    assertEquals(Map.of("made", false, "reason", "recent"), backups().make(NOBODY_WATCHES));

    clock.advance(Duration.ofMinutes(61));
    Object later = backups().make(NOBODY_WATCHES).get("file");
    assertFalse(file.equals(later));
    tell();
    clock.advance(Duration.ofMinutes(1));
    assertEquals(true, backups().make(NOBODY_WATCHES).get("made"));
    for (Path each : files()) {
      Files.delete(each);
    }
    clock.advance(Duration.ofMinutes(1));
    assertEquals(true, backups().make(NOBODY_WATCHES).get("made"));
  }

  @Test
  void withoutRoomNothingStartsUnlessThereIsOneAlready() throws IOException {
    free = 1 << 20;

    Problem problem = assertThrows(Problem.class, () -> backups().requireRoom());

    assertEquals("import-no-room", problem.details().getFirst().code());
    assertEquals("1", problem.details().getFirst().values().getFirst());
    backups().make(NOBODY_WATCHES);
    backups().requireRoom();
  }

  @Test
  void aBackupThatCannotBeWrittenSaysSoInBothLanguages() throws IOException {
    Files.writeString(home.resolve("backups"), "in the way");

    IOException fault = assertThrows(IOException.class, () -> backups().make(NOBODY_WATCHES));

    assertTrue(fault.getMessage().contains("nothing was imported"), fault.getMessage());
    assertTrue(fault.getMessage().contains("没有导入"), fault.getMessage());
  }

  @Test
  void dataThatAreElsewhereAreBackedUpThere() throws IOException {
    free = 0;
    Backups elsewhere =
        new Backups(Optional.empty(), store, journal, home, new Jobs(store, clock), clock);

    elsewhere.requireRoom();

    assertEquals(Map.of("made", false, "reason", "elsewhere"), elsewhere.make(NOBODY_WATCHES));
  }

  private Backups backups() {
    return new Backups(
        Optional.of(embedded), store, journal, home, new Jobs(store, clock), clock, () -> free);
  }

  private void tell() {
    Row row =
        Row.draft(
            "e" + rows++, "ada", List.of(), "visit", clock.instant(), "api", Map.of(), Map.of());
    assertTrue(journal.append(row).join());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("backups"))) {
      return files.toList();
    }
  }
}
