package soloist.security;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.http.Problem;
import soloist.testkit.ManualClock;

class SetupLinkTest {
  /** Held, or its level is forgotten. */
  private static final Logger TALKATIVE = Logger.getLogger("soloist.security.SetupLink");

  @TempDir private Path home;
  private final ManualClock clock = new ManualClock();
  private SetupLink link;

  @BeforeEach
  void open() {
    TALKATIVE.setLevel(Level.OFF);
    link = new SetupLink(home, clock);
  }

  @Test
  void itLiesInAFileForTheUserAlone() throws IOException {
    String secret = link.renew();

    assertEquals(43, secret.length());
    assertEquals(secret, written());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("setup-token"))));
    assertDoesNotThrow(() -> link.check(secret));
  }

  @Test
  void theFifthWrongTryUsesItUpAndLeavesANewOne() throws IOException {
    String secret = link.renew();
    for (int i = 0; i < 4; i++) {
      assertEquals("setup-wrong", refused("guess " + i));
    }
    assertDoesNotThrow(() -> link.check(secret));

    assertEquals("setup-tries", refused("guess"));

    assertEquals("setup-wrong", refused(secret));
    assertNotEquals(secret, written());
    String fresh = written();
    assertDoesNotThrow(() -> link.check(fresh));
  }

  @Test
  void anHourLaterItIsAnother() throws IOException {
    String secret = link.renew();
    clock.advance(Duration.ofMinutes(60));
    assertDoesNotThrow(() -> link.check(secret));
    clock.advance(Duration.ofSeconds(1));

    assertEquals("setup-expired", refused(secret));

    assertNotEquals(secret, written());
    assertEquals("setup-wrong", refused(secret));
  }

  @Test
  void nothingIsLeftOfItOnceThereIsAnOwner() {
    link.renew();

    link.close();

    assertFalse(Files.exists(home.resolve("setup-token")));
  }

  private String refused(String secret) {
    return assertThrows(Problem.class, () -> link.check(secret)).code();
  }

  private String written() throws IOException {
    return Files.readString(home.resolve("setup-token"));
  }
}
