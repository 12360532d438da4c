package soloist.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import soloist.http.Problem;

/**
 * The files themselves. One that was brought in whole goes at once; one that was not can be resumed
 * for a week. The lists of refused rows stay.
 */
final class Uploads {
  static final String REJECTS = ".rejects";

  private static final Duration KEPT = Duration.ofDays(7);
  private static final String CHANGED = "import-file-changed";

  private final Path folder;
  private final InstantSource clock;

  /** Makes the folder. */
  Uploads(Path folder, InstantSource clock) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.clock = clock;
  }

  /** Where a file that is coming in is to be written; its name becomes the id of the import. */
  Path incoming() {
    return folder.resolve(UUID.randomUUID().toString());
  }

  Path path(Import file) {
    return folder.resolve(file.id());
  }

  /** The list of its refused rows. */
  Path rejects(Import file) {
    return folder.resolve(file.id() + REJECTS);
  }

  /**
   * Something is done with it, for which it must be there.
   *
   * @throws Problem when it is not
   */
  void require(Import file) throws IOException {
    if (Files.notExists(path(file))) {
      throw Conflict.because(CHANGED);
    }
    touch(path(file));
  }

  /**
   * As {@link #require}, and it must be what was looked at.
   *
   * @throws Problem when it is not
   */
  void requireSame(Import file) throws IOException {
    require(file);
    if (!sha256(path(file)).equals(file.sha256())) {
      throw Conflict.because(CHANGED);
    }
  }

  void delete(Import file) throws IOException {
    Files.deleteIfExists(path(file));
  }

  /** Something is done with it now. */
  void touch(Path upload) throws IOException {
    Files.setLastModifiedTime(upload, FileTime.from(clock.instant()));
  }

  /** Deletes what nobody has touched for a week. */
  void sweep() throws IOException {
    Instant before = clock.instant().minus(KEPT);
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> uploads = files.filter(file -> !file.toString().endsWith(REJECTS)).toList();
      for (Path upload : uploads) {
        if (Files.getLastModifiedTime(upload).toInstant().isBefore(before)) {
          Files.deleteIfExists(upload);
        }
      }
    }
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
