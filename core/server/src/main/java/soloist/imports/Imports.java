package soloist.imports;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.identity.Identity;
import soloist.ingest.Ingest;
import soloist.ingest.Undone;
import soloist.job.Job;
import soloist.job.Jobs;
import soloist.plugin.PluginHost;
import soloist.privacy.Suppressions;
import soloist.profile.Refolds;
import soloist.spi.Settings;
import soloist.store.Store;

/**
 * Files from the upload to the last row. At most two are read at once, and none twice at the same
 * time.
 */
public final class Imports {
  static final String FOLDER = "uploads";

  private static final int MOST_AT_ONCE = 2;
  private static final Set<String> RESUMABLE = Set.of("failed", "cancelled", "interrupted");
  private static final Set<String> UNDOABLE =
      Set.of("done", "failed", "cancelled", "interrupted", "undoing");

  private final Uploads uploads;
  private final Sources sources;
  private final Ingest ingest;
  private final Safeguard safeguard;
  private final Jobs jobs;
  private final ImportStore imports;
  private final Vouching vouching;
  private final Preview.Known known;
  private final Undone undone;
  private final Products products;
  private final Undo undo;
  private final InstantSource clock;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  /**
   * Makes the folder of uploads.
   *
   * @param home where it is to be
   */
  public Imports(
      Path home,
      Store store,
      PluginHost plugins,
      Identity identity,
      Ingest ingest,
      Undone undone,
      Suppressions suppressions,
      Safeguard safeguard,
      Jobs jobs,
      Refolds refolds,
      InstantSource clock)
      throws IOException {
    this.uploads = new Uploads(home.resolve(FOLDER), clock);
    this.sources = new Sources(plugins);
    this.ingest = ingest;
    this.safeguard = safeguard;
    this.jobs = jobs;
    this.imports = new ImportStore(store);
    this.vouching = new Vouching(store, suppressions);
    this.known = new Preview.Known(store, identity, ingest);
    this.undone = undone;
    this.products = new Products(store);
    this.undo = new Undo(store, products, refolds);
    this.clock = clock;
    takeOn();
    uploads.sweep();
  }

  Uploads uploads() {
    return uploads;
  }

  ImportStore store() {
    return imports;
  }

  Import require(String id) {
    return imports.find(id).orElseThrow(Problem::notFound);
  }

  /**
   * What became of it: {@code draft} until it was started, then the state of its job, or {@code
   * undoing} and {@code undone} once the owner has taken it back.
   */
  String state(Import file) {
    Import.Undoing undoing = file.undoing();
    if (undoing != null) {
      return undoing.endedAt() == null ? "undoing" : "undone";
    }
    return job(file.job()).map(job -> job.state().name().toLowerCase(Locale.ROOT)).orElse("draft");
  }

  Optional<Job> job(@Nullable String id) {
    return id == null ? Optional.empty() : jobs.find(id);
  }

  /**
   * Looks at a file that has come in and keeps it.
   *
   * @throws Problem when nothing can be read there
   */
  Import add(Path upload, String name, String plugin, String language) throws IOException {
    Import draft =
        new Import(
            String.valueOf(upload.getFileName()),
            name,
            plugin,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            Files.size(upload),
            Uploads.sha256(upload),
            sources.survey(upload, plugin, new JsonObject(), language),
            null,
            null,
            null,
            Map.of(),
            null,
            Import.State.beginning());
    uploads.touch(upload);
    imports.add(draft);
    uploads.sweep();
    return draft;
  }

  /** Looks again, with settings that the owner has changed. */
  Import surveyAgain(String id, JsonObject body, String language) throws IOException {
    Import file = require(id);
    uploads.require(file);
    imports.surveyed(
        id, sources.survey(uploads.path(file), file.plugin(), Reading.settings(body), language));
    return require(id);
  }

  /** Reads all of it and writes nothing. */
  Job preview(String id, JsonObject body) throws IOException {
    Import file = require(id);
    uploads.require(file);
    Reading reading = Reading.read(body, file.fields());
    Settings settings = sources.settings(uploads.path(file), file.plugin(), reading.settings());
    Job job =
        start(
            file,
            "import-preview",
            progress -> {
              Preview preview = new Preview(file, reading, known, progress);
              sources.pull(file, settings, reading, "", preview);
              if (!preview.goesOn()) {
                throw new CancellationException();
              }
              preview.flush();
              return preview.result();
            });
    imports.previewed(id, job.id());
    return job;
  }

  /**
   * Brings the file in.
   *
   * @throws Problem when something of it has been brought in before: that is resumed
   */
  Job start(String id, JsonObject body) throws IOException {
    Import file = require(id);
    boolean hasBegun = file.job() != null && file.state().tally().of(Tally.Count.RECORDS) > 0;
    if (hasBegun || file.undoing() != null) {
      throw Conflict.because("import-started");
    }
    ConsentAnswer consent =
        switch (body.getValue("consent")) {
          case null -> null;
          case JsonObject answer -> ConsentAnswer.read(answer, clock.instant());
          default -> throw Problem.invalid("/consent", "json-object");
        };
    boolean startsCampaigns =
        switch (body.getValue("startsCampaigns", false)) {
          case Boolean answer -> answer;
          default -> throw Problem.invalid("/startsCampaigns", "import-boolean");
        };
    Reading reading = Reading.read(body, file.fields());
    sources.settings(uploads.path(file), file.plugin(), reading.settings());
    uploads.requireSame(file);
    safeguard.requireRoom();
    return run(file, new Import.Order(reading, consent, startsCampaigns));
  }

  /** Goes on where an earlier run was, over the same file. */
  Job resume(String id) throws IOException {
    Import file = require(id);
    Import.Order order = file.order();
    String state = state(file);
    if (order == null || !RESUMABLE.contains(state)) {
      throw Conflict.because("import-not-resumable", state);
    }
    uploads.requireSame(file);
    return run(file, null);
  }

  /**
   * Takes back everything it told; what others told stands. Goes on where an earlier try was.
   *
   * @throws Problem when there is nothing to take back
   */
  Job undo(String id) {
    Import file = require(id);
    if (!UNDOABLE.contains(state(file))) {
      throw Conflict.because("import-not-undoable", state(file));
    }
    Job job =
        start(
            file,
            "import-undo",
            progress -> {
              imports.undoing(file.id());
              undone.add(file.origin());
              Map<String, Object> result = undo.run(file, progress);
              imports.undone(file.id(), clock.instant());
              return result;
            });
    // What is answered stands: after a crash the next process goes on.
    imports.undoing(file.id());
    imports.undoneBy(file.id(), job.id());
    return job;
  }

  /** Takes on what the last process left: what is undone, and what it was undoing. */
  private void takeOn() {
    for (Import file : imports.undone()) {
      undone.add(file.origin());
      if (state(file).equals("undoing") && busy.size() < MOST_AT_ONCE) {
        undo(file.id());
      }
    }
  }

  /**
   * Runs it.
   *
   * @param fresh what to begin; null goes on with what is stored
   */
  private Job run(Import file, Import.@Nullable Order fresh) {
    Job job =
        start(
            file,
            "import",
            progress -> {
              if (fresh != null) {
                imports.ordered(file.id(), fresh);
              }
              Map<String, Object> result =
                  bringIn(secured(file.id(), fresh != null, progress), progress);
              uploads.delete(file);
              return result;
            });
    imports.runsAs(file.id(), job.id());
    return job;
  }

  /** The import once there is a way back; one that is resumed may have it. */
  private Import secured(String id, boolean isFresh, Jobs.Progress progress) throws IOException {
    Import file = require(id);
    if (!isFresh && !file.backup().isEmpty()) {
      return file;
    }
    imports.secured(id, safeguard.make((_, done, total) -> progress.at("backup", done, total)));
    return require(id);
  }

  private Map<String, Object> bringIn(Import file, Jobs.Progress progress) throws IOException {
    Import.Order order = Objects.requireNonNull(file.order());
    Settings settings =
        sources.settings(uploads.path(file), file.plugin(), order.reading().settings());
    try (Rejects rejects = new Rejects(uploads.rejects(file), file.state().rejectBytes())) {
      Run run = new Run(file, order, ingest, vouching, imports, products, rejects, progress);
      sources.pull(file, settings, order.reading(), file.state().cursor(), run);
      run.flush();
      if (!run.goesOn()) {
        throw new CancellationException();
      }
      return Map.of("counts", run.tally().toMap());
    }
  }

  private Job start(Import file, String kind, Jobs.Work work) {
    synchronized (busy) {
      if (busy.contains(file.id())) {
        throw Conflict.because("import-busy");
      }
      if (busy.size() >= MOST_AT_ONCE) {
        throw Conflict.because("import-at-once", Integer.toString(MOST_AT_ONCE));
      }
      busy.add(file.id());
    }
    try {
      return jobs.start(
          kind,
          progress -> {
            try {
              return work.run(progress);
            } finally {
              busy.remove(file.id());
            }
          });
    } catch (RuntimeException e) {
      // The store did not take the job, so it will never end by itself.
      busy.remove(file.id());
      throw e;
    }
  }
}
