package soloist;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.ReplaceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.bson.Document;
import soloist.embedded.Backup;
import soloist.embedded.EmbeddedMongo;
import soloist.embedded.StoreException;
import soloist.http.Problem;
import soloist.http.Texts;
import soloist.imports.Safeguard;
import soloist.job.Job;
import soloist.job.Jobs;
import soloist.lane.Journal;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Backups of a running server: all data, the key file and plugins, each in one file under its home.
 * One is made before each import unless a fresh one has every row.
 */
final class Backups implements Safeguard {
  /** What beside the documents cannot be made again: links in mails are signed with it. */
  static final String KEY = "soloist.key";

  private static final String FOLDER = "backups";
  private static final String PLUGINS = "plugins";
  private static final long LARGEST_BESIDE = 1 << 24;
  private static final String ENDING = ".soloist";
  private static final String BEFORE_IMPORT = "-before-import" + ENDING;
  private static final int MOST_BEFORE_IMPORTS = 5;
  private static final Duration FRESH = Duration.ofHours(1);
  private static final long SPARE_BYTES = 64L << 20;
  private static final String NEWEST = "backup";

  private final Optional<EmbeddedMongo> store;
  private final Store data;
  private final Journal journal;
  private final Path home;
  private final Jobs jobs;
  private final InstantSource clock;
  private final LongSupplier free;

  /**
   * @param store empty when the data are in a MongoDB
   */
  Backups(
      Optional<EmbeddedMongo> store,
      Store data,
      Journal journal,
      Path home,
      Jobs jobs,
      InstantSource clock) {
    this(store, data, journal, home, jobs, clock, home.toFile()::getUsableSpace);
  }

  /**
   * @param free bytes on the disk
   */
  Backups(
      Optional<EmbeddedMongo> store,
      Store data,
      Journal journal,
      Path home,
      Jobs jobs,
      InstantSource clock,
      LongSupplier free) {
    this.store = store;
    this.data = data;
    this.journal = journal;
    this.home = home;
    this.jobs = jobs;
    this.clock = clock;
    this.free = free;
  }

  Job startByHand() {
    EmbeddedMongo embedded =
        store.orElseThrow(() -> new Problem(409, "backup-elsewhere", List.of(), Map.of()));
    Path file = file(home, clock.instant());
    return jobs.start("backup", progress -> write(embedded, file, progress));
  }

  @Override
  public void requireRoom() {
    if (store.isEmpty() || isCovered()) {
      return;
    }
    long needed = SPARE_BYTES + size(home.resolve("store"));
    if (free.getAsLong() < needed) {
      List<String> values =
          List.of(megabytes(free.getAsLong()), megabytes(needed), home.toAbsolutePath().toString());
      throw new Problem(
          409,
          "import-conflict",
          List.of(new Problem.Detail("", "import-no-room", values)),
          Map.of());
    }
  }

  @Override
  public Map<String, Object> make(Jobs.Progress progress) throws IOException {
    if (store.isEmpty()) {
      return Map.of("made", false, "reason", "elsewhere");
    }
    if (isCovered()) {
      return Map.of("made", false, "reason", "recent");
    }
    Path file = folder().resolve(name(clock.instant()) + BEFORE_IMPORT);
    try {
      write(store.orElseThrow(), file, progress);
    } catch (StoreException | IOException e) {
      throw new IOException(
          Texts.say(Texts.ENGLISH, "import-no-backup", List.of(String.valueOf(e.getMessage())))
              + " "
              + Texts.say(
                  Texts.CHINESE, "import-no-backup", List.of(String.valueOf(e.getMessage()))),
          e);
    }
    List<Path> old = files(BEFORE_IMPORT);
    for (Path each : old.subList(Math.min(old.size(), MOST_BEFORE_IMPORTS), old.size())) {
      Files.delete(each);
    }
    return Map.of("made", true, "file", file.toAbsolutePath().toString());
  }

  /** Whether a backup of the last hour has every row that there is. */
  private boolean isCovered() {
    Document newest = data.state().find(eq("_id", NEWEST)).first();
    return newest != null
        && newest.getLong("rows") == journal.rows()
        && Values.instant(newest, "at").isAfter(clock.instant().minus(FRESH))
        && Files.exists(Path.of(newest.getString("file")));
  }

  private Map<String, Object> write(EmbeddedMongo embedded, Path file, Jobs.Progress progress)
      throws IOException {
    // Counted first: what comes while it is written may not be in it.
    Document note =
        new Document("_id", NEWEST)
            .append("file", file.toAbsolutePath().toString())
            .append("rows", journal.rows())
            .append("at", Date.from(clock.instant()));
    Map<String, Object> written = write(embedded, home, file, progress::at);
    data.state().replaceOne(eq("_id", NEWEST), note, new ReplaceOptions().upsert(true));
    return written;
  }

  private static String megabytes(long bytes) {
    return Long.toString(bytes >> 20);
  }

  private static long size(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path file(Path home, Instant now) {
    return home.resolve(FOLDER).resolve(name(now) + ENDING);
  }

  private static String name(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
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

  /** All of them, the newest first. */
  List<Path> files() {
    return files(ENDING);
  }

  static boolean isBeforeImport(Path file) {
    return file.toString().endsWith(BEFORE_IMPORT);
  }

  Path folder() {
    return home.resolve(FOLDER);
  }

  /** Those whose names end so, the newest first. */
  private List<Path> files(String ending) {
    Path folder = folder();
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
