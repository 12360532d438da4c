package soloist;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import soloist.config.Folders;
import soloist.config.Options;
import soloist.embedded.Backup;
import soloist.embedded.EmbeddedMongo;
import soloist.embedded.Progress;
import soloist.embedded.Restore;
import soloist.embedded.StoreCheck;
import soloist.embedded.StoreCopy;
import soloist.embedded.StoreException;
import soloist.http.Texts;

/**
 * The commands {@code backup}, {@code restore}, {@code store check} and {@code store copy}. A
 * backup asks the running server, or opens the store itself when none runs; the others need it
 * closed.
 */
final class StoreCommands {
  /** What these commands know beside the options of a server. */
  static final Set<String> OPTIONS = Set.of("file", "to", "url", "token-file");

  private static final String STORE = "store";
  private static final long PAUSE_MILLIS = 200;

  private final PrintStream out;
  private final String language;
  private final Options options;
  private final Path home;

  StoreCommands(PrintStream out, String language, Options options, Path home) {
    this.out = out;
    this.language = language;
    this.options = options;
    this.home = home;
  }

  int backup() throws IOException, InterruptedException {
    boolean isOurs = options.find("url").isEmpty() && Files.isDirectory(home.resolve(STORE));
    Map<String, Object> made = isOurs ? backupHere() : backupByServer();
    if (options.find("file").isPresent()) {
      Path wanted = Path.of(options.find("file").get()).toAbsolutePath();
      Files.move(Path.of((String) made.get("file")), wanted, StandardCopyOption.REPLACE_EXISTING);
      made = new LinkedHashMap<>(made);
      made.put("file", wanted.toString());
    }
    tell(made);
    return 0;
  }

  private Map<String, Object> backupHere() throws IOException, InterruptedException {
    try (EmbeddedMongo store = EmbeddedMongo.open(home.resolve(STORE));
        var line = new ProgressLine()) {
      return Backups.write(store, home, Backups.file(home, Instant.now()), line);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.IN_USE) {
        throw e;
      }
      return backupByServer();
    }
  }

  private Map<String, Object> backupByServer() throws IOException, InterruptedException {
    ServerApi server = new ServerApi(options, language);
    JsonObject job = server.post("backups", new JsonObject());
    try (var line = new ProgressLine()) {
      while (job.getString("state").equals("running")) {
        Thread.sleep(PAUSE_MILLIS);
        job = server.get("jobs/" + job.getString("id"));
        line.at(job.getString("what"), job.getLong("done"), job.getLong("total"));
      }
    }
    if (!job.getString("state").equals("done")) {
      throw new IOException(String.valueOf(job.getString("reason")));
    }
    return job.getJsonObject("result").getMap();
  }

  /** Makes a home's store out of a backup; the home must not have one. */
  int restore() throws IOException {
    Path file = Path.of(options.find("file").orElseThrow(this::fileMissing));
    Path store = home.resolve(STORE);
    if (Files.exists(store)) {
      throw new IOException(Texts.say(language, "cli.restore.taken", store.toString()));
    }
    Path work = home.resolve("store.restoring");
    Folders.delete(work);
    Backup.Contents contents;
    try (var line = new ProgressLine()) {
      contents = Restore.into(work, file, line);
    }
    // The key first: a store that starts without it would make links that no sent mail carries.
    Backups.putBack(work, home);
    Files.move(work, store, StandardCopyOption.ATOMIC_MOVE);
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("store", store.toAbsolutePath().toString());
    made.put("taken", contents.taken().toString());
    made.put("documents", contents.documents());
    tell(made);
    System.err.println(Texts.say(language, "cli.restored"));
    return 0;
  }

  private IllegalArgumentException fileMissing() {
    return new IllegalArgumentException(Texts.say(language, "cli.restore.file"));
  }

  int check() {
    StoreCheck.Result result;
    try (var line = new ProgressLine()) {
      result = StoreCheck.run(home.resolve(STORE), line);
    }
    if (options.has("json")) {
      out.println(
          new JsonObject()
              .put("documents", result.documents())
              .put("entries", result.entries())
              .put(
                  "faults",
                  result.faults().stream()
                      .map(
                          fault ->
                              new JsonObject()
                                  .put("collection", fault.collection())
                                  .put("id", fault.id())
                                  .put("what", fault.what()))
                      .toList())
              .encode());
    } else {
      result
          .faults()
          .forEach(
              fault ->
                  out.println(
                      String.join(" ", fault.collection(), fault.id(), fault.what()).strip()));
      out.println(
          Texts.say(
              language,
              "cli.checked",
              Long.toString(result.documents()),
              Long.toString(result.entries()),
              Integer.toString(result.faults().size())));
    }
    return result.faults().isEmpty() ? 0 : 1;
  }

  /** Moves up: everything to another server. */
  int copy() {
    String to = options.find("to").orElseThrow(this::targetMissing);
    Map<String, Long> copied;
    try (EmbeddedMongo store = EmbeddedMongo.open(home.resolve(STORE));
        var line = new ProgressLine()) {
      copied = StoreCopy.run(store.uri(), to, "soloist", line);
    }
    tell(new LinkedHashMap<>(copied));
    return 0;
  }

  private IllegalArgumentException targetMissing() {
    return new IllegalArgumentException(Texts.say(language, "cli.copy.to"));
  }

  private void tell(Map<String, Object> result) {
    if (options.has("json")) {
      out.println(new JsonObject(result).encode());
    } else {
      result.forEach((key, value) -> out.printf("%-22s %s%n", key, value));
    }
  }

  /** On a terminal, one line that tells how far it is, at most five times a second. */
  private static final class ProgressLine implements Progress, AutoCloseable {
    private static final long EVERY_NANOS = 200_000_000;

    private final boolean isTerminal = System.console() != null && System.console().isTerminal();
    private long toldAt = System.nanoTime();
    private boolean told;

    @Override
    public boolean at(String what, long done, long total) {
      if (isTerminal && System.nanoTime() - toldAt > EVERY_NANOS) {
        toldAt = System.nanoTime();
        told = true;
        System.err.printf("\r%,d / %,d  %s\033[K", done, total, what);
      }
      return true;
    }

    @Override
    public void close() {
      if (told) {
        System.err.print("\r\033[K");
      }
    }
  }
}
