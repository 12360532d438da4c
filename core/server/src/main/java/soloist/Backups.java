package soloist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import soloist.embedded.Backup;
import soloist.embedded.EmbeddedMongo;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Routes;
import soloist.job.Jobs;
import soloist.job.JobsEndpoint;

/**
 * Backups of a running server: all data, the key file and plugins, each in one file under its home.
 */
final class Backups {
  /** What beside the documents cannot be made again: links in mails are signed with it. */
  static final String KEY = "soloist.key";

  private static final String PLUGINS = "plugins";
  private static final long LARGEST_BESIDE = 1 << 24;
  private static final String ENDING = ".soloist";

  private final Optional<EmbeddedMongo> store;
  private final Path home;
  private final Jobs jobs;
  private final InstantSource clock;

  /**
   * @param store empty when the data are in a MongoDB
   */
  Backups(Optional<EmbeddedMongo> store, Path home, Jobs jobs, InstantSource clock) {
    this.store = store;
    this.home = home;
    this.jobs = jobs;
    this.clock = clock;
  }

  void mount(Routes api) {
    api.get("/api/v1/backups", Permission.SYSTEM_READ, _ -> Reply.json(Map.of("items", list())));
    api.post("/api/v1/backups", Permission.CUSTOMERS_EXPORT, _ -> start());
  }

  private Reply start() {
    EmbeddedMongo embedded =
        store.orElseThrow(() -> new Problem(409, "backup-elsewhere", List.of(), Map.of()));
    Path file = file(home, clock.instant());
    return JobsEndpoint.accepted(
        jobs.start("backup", progress -> write(embedded, home, file, progress::at)));
  }

  static Path file(Path home, Instant now) {
    String name = now.truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
    return home.resolve("backups").resolve(name + ENDING);
  }

  /** Writes one. Tells the file, how many documents are in it, and its size. */
  static Map<String, Object> write(
      EmbeddedMongo embedded, Path home, Path file, soloist.embedded.Progress progress)
      throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Backup.Contents contents = Backup.write(embedded, file, beside(home), progress);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", file.toAbsolutePath().toString());
    result.put("documents", contents.documents());
    result.put("bytes", Files.size(file));
    return result;
  }

  /** The key and the plugins, which documents speak of. */
  private static Map<String, byte[]> beside(Path home) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(KEY, Files.readAllBytes(home.resolve(KEY)));
    Path plugins = home.resolve(PLUGINS);
    if (Files.isDirectory(plugins)) {
      try (Stream<Path> zips = Files.list(plugins)) {
        for (Path zip : zips.filter(Files::isRegularFile).toList()) {
          if (zip.toString().matches(".*\\.(zip|sig)") && Files.size(zip) <= LARGEST_BESIDE) {
            files.put(PLUGINS + "-" + zip.getFileName(), Files.readAllBytes(zip));
          }
        }
      }
    }
    return files;
  }

  /** Puts back what a backup held beside the documents; the folder keeps none of it. */
  static void putBack(Path folder, Path home) throws IOException {
    Files.createDirectories(home.resolve(PLUGINS));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.equals(KEY)) {
          Files.move(file, home.resolve(KEY), StandardCopyOption.REPLACE_EXISTING);
        } else if (name.startsWith(PLUGINS + "-")) {
          Path plugin = home.resolve(PLUGINS).resolve(name.substring(PLUGINS.length() + 1));
          Files.move(file, plugin, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private List<Map<String, Object>> list() {
    Path folder = home.resolve("backups");
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .sorted(Comparator.reverseOrder())
          .map(Backups::describe)
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, Object> describe(Path file) {
    try {
      return Map.of(
          "file", file.toAbsolutePath().toString(),
          "bytes", Files.size(file),
          "at", Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
