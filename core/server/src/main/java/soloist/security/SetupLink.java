package soloist.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;

/**
 * Lets one person make the owner's account: a secret, good for an hour, for one use and for five
 * wrong tries. It is printed at the start and lies in a file, so that it is enough to be on this
 * machine.
 */
final class SetupLink {
  private static final System.Logger LOG = System.getLogger(SetupLink.class.getName());
  private static final Duration GOOD_FOR = Duration.ofMinutes(60);
  private static final int TRIES = 5;

  private final Path file;
  private final InstantSource clock;
  private @Nullable String secret;
  private Instant until = Instant.MIN;
  private int tries;

  SetupLink(Path home, InstantSource clock) {
    file = home.resolve("setup-token");
    this.clock = clock;
  }

  /** Makes a new one, in place of the one before. */
  public synchronized String renew() {
    String fresh = Secrets.secret();
    secret = fresh;
    until = clock.instant().plus(GOOD_FOR);
    tries = 0;
    try {
      PrivateFile.write(file, fresh);
    } catch (IOException e) {
      throw new UncheckedIOException("the setup link cannot be kept in " + file, e);
    }
    return fresh;
  }

  /**
   * Returns when it is this one.
   *
   * @throws Problem when it is not; after the fifth time, or when its hour has passed, another one
   *     lies in the file
   */
  synchronized void check(String tried) {
    if (secret == null || clock.instant().isAfter(until)) {
      throw another("setup-expired");
    }
    if (!Secrets.isSame(secret, tried)) {
      tries++;
      if (tries >= TRIES) {
        throw another("setup-tries");
      }
      throw new Problem(403, "setup-wrong", List.of(), Map.of());
    }
  }

  private Problem another(String code) {
    renew();
    LOG.log(System.Logger.Level.WARNING, "the setup link was replaced; the new one is in " + file);
    return new Problem(403, code, List.of(), Map.of());
  }

  /** There is an owner. */
  synchronized void close() {
    secret = null;
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot delete " + file, e);
    }
  }
}
