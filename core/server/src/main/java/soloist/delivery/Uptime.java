package soloist.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * For how long the machine has run, which nobody can set: what tells that its clock was set.
 *
 * @param ran a time that never goes back
 * @param asleep whether it goes on while the machine sleeps; otherwise a clock that leaps ahead may
 *     be a machine that woke
 */
public record Uptime(Supplier<Duration> ran, boolean asleep) {
  /** Linux says here for how many seconds it has run, asleep or awake (proc(5)). */
  private static final Path LINUX = Path.of("/proc/uptime");

  public static Uptime ofMachine() {
    return Files.isReadable(LINUX)
        ? new Uptime(Uptime::read, true)
        : new Uptime(() -> Duration.ofNanos(System.nanoTime()), false);
  }

  /** That of a machine whose clock nobody sets. */
  public static Uptime by(InstantSource clock) {
    return new Uptime(() -> Duration.between(Instant.EPOCH, clock.instant()), true);
  }

  private static Duration read() {
    try {
      String seconds = Files.readString(LINUX).split(" ", 2)[0];
      return Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1_000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
