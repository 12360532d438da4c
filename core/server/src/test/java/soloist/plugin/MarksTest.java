package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.ManualClock;

/** What a process knows of the plugins that were at work when the one before it died. */
class MarksTest {
  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();

  @Test
  void anOrderlyEndLeavesNoSuspicion() throws IOException {
    for (int i = 0; i < 3; i++) {
      Marks marks = new Marks(folder, clock);
      marks.begin("it");
      marks.close();
    }

    assertFalse(new Marks(folder, clock).isDeadly("it"));
  }

  @Test
  void twoDeathsWithinFiveMinutesAreOneTooMany() throws IOException {
    die("it");
    assertFalse(new Marks(folder, clock).isDeadly("it"));
    clock.advance(Marks.SPAN.minusSeconds(1));
    die("it");

    Marks marks = new Marks(folder, clock);

    assertTrue(marks.isDeadly("it"));
    assertFalse(marks.isDeadly("other"));
  }

  @Test
  void deathsFurtherApartOrOfOthersAreNot() throws IOException {
    die("it");
    clock.advance(Marks.SPAN.plus(Duration.ofSeconds(1)));
    die("it");
    die("other");

    assertFalse(new Marks(folder, clock).isDeadly("it"));
  }

  @Test
  void whatHadEndedItsCallsIsNotSuspected() throws IOException {
    for (int i = 0; i < 3; i++) {
      Marks marks = new Marks(folder, clock);
      marks.begin("it");
      marks.begin("it");
      marks.end("it");
      marks.end("it");
    }

    assertFalse(new Marks(folder, clock).isDeadly("it"));
  }

  @Test
  void whatAskedForTheEndIsKnown() throws IOException {
    new Marks(folder, clock);
    Marks.exits(folder, "it");

    Marks marks = new Marks(folder, clock);

    assertTrue(marks.endedTheProcess("it"));
    assertFalse(marks.endedTheProcess("other"));
    assertFalse(new Marks(folder, clock).endedTheProcess("it"));
  }

  @Test
  void aDamagedListOfDeathsIsNoReasonNotToStart() throws IOException {
    Files.writeString(folder.resolve("deaths"), "\0\0 x\nit\n99999999999999999999 it\n");

    assertFalse(new Marks(folder, clock).isDeadly("it"));
  }

  private void die(String plugin) throws IOException {
    new Marks(folder, clock).begin(plugin);
  }
}
