package soloist.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files themselves. One that was brought in whole goes at once; one that was not can be resumed
 * for a week. The lists of refused rows stay.
 */
final class Uploads {
  private static final Duration KEPT = Duration.ofDays(7);

  private final Path folder;
  private final InstantSource clock;

  Uploads(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Something is done with it now. */
  void touch(Path upload) throws IOException {
    Files.setLastModifiedTime(upload, FileTime.from(clock.instant()));
  }

  /** Deletes what nobody has touched for a week. */
  void sweep() throws IOException {
    Instant before = clock.instant().minus(KEPT);
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> uploads = files.filter(file -> !file.toString().endsWith(".rejects")).toList();
      for (Path upload : uploads) {
        if (Files.getLastModifiedTime(upload).toInstant().isBefore(before)) {
          Files.deleteIfExists(upload);
        }
      }
    }
  }
}
