package soloist.profiling;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import soloist.http.Problem;
import soloist.ingest.Ingest;
import soloist.job.Job;
import soloist.job.Jobs;
import soloist.lane.Journal;
import soloist.lane.Publications;
import soloist.plugin.Instances.Instance;
import soloist.plugin.PluginFault;
import soloist.plugin.PluginHost;
import soloist.profile.Refolds;
import soloist.spi.Profiler;
import soloist.spi.Table;
import soloist.store.Definitions;
import soloist.store.Store;

/**
 * Runs instances of profilers: everything that was told before is judged first; then the table, the
 * model, the segments that stand on it, and a row for everybody of whom it says something new. One
 * run of an instance at a time.
 */
public final class Profiling {
  private static final String KIND = "profiler";
  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);
  private static final long PATIENCE_NANOS = 50_000_000;

  private final Store store;
  private final PluginHost plugins;
  private final Definitions definitions;
  private final Publications publications;
  private final Journal journal;
  private final Refolds refolds;
  private final Ingest ingest;
  private final Jobs jobs;
  private final InstantSource clock;
  private final Models models;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  /** The last job of each instance that this process has started. */
  private final Map<String, String> runs = new ConcurrentHashMap<>();

  public Profiling(
      Store store,
      PluginHost plugins,
      Definitions definitions,
      Publications publications,
      Journal journal,
      Refolds refolds,
      Ingest ingest,
      Jobs jobs,
      InstantSource clock) {
    this.store = store;
    this.plugins = plugins;
    this.definitions = definitions;
    this.publications = publications;
    this.journal = journal;
    this.refolds = refolds;
    this.ingest = ingest;
    this.jobs = jobs;
    this.clock = clock;
    models = new Models(store);
  }

  Models models() {
    return models;
  }

  /** The newest model of each instance of a profiler. */
  List<Model> latest() {
    return plugins.instances().all().stream()
        .flatMap(instance -> models.newest(instance.id()).stream())
        .toList();
  }

  boolean isRunning(String instance) {
    return busy.contains(instance);
  }

  /** The run of an instance that is under way, or the last one since the server started. */
  Optional<Job> run(String instance) {
    return Optional.ofNullable(runs.get(instance)).flatMap(jobs::find);
  }

  /**
   * The columns that an instance asks for.
   *
   * @throws Problem when it is no profiler's, or that does not take the settings
   */
  List<Profiler.Wanted> wanted(String id) {
    try (Profiler profiler = opened(require(id))) {
      return profiler.wanted();
    } catch (IllegalArgumentException | PluginFault e) {
      throw conflict("profiler-refuses", String.valueOf(e.getMessage()));
    }
  }

  /**
   * Learns anew.
   *
   * @param seed of every random choice: the same one on the same people gives the same traits
   * @throws Problem when the instance is no profiler's or a run of it is under way
   */
  Job start(String id, long seed) {
    Instance instance = require(id);
    return begin(
        id,
        progress -> {
          awaitJudged(progress);
          try (Profiler profiler = opened(instance)) {
            Instant asOf = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Table table = new People(profiler.wanted()).read(store, asOf, progress);
            int people = table.people().size();
            Asked asked =
                new Asked(seed, part -> progress.at("learning", Math.round(part * people), people));
            Profiler.Model learnt = profiler.fit(table, asked);
            asked.requireGoesOn();
            Model model = kept(instance, profiler, seed, table, learnt);
            return tell(profiler, model, table, progress);
          }
        });
  }

  /**
   * Goes on telling what a model says, where a run was cut off.
   *
   * @throws Problem when nothing is left to tell or a newer model counts
   */
  Job resume(String id) {
    Model model = models.find(id).orElseThrow(Problem::notFound);
    if (model.written()) {
      throw conflict("profiler-model-done");
    }
    if (!models.newest(model.instance()).map(Model::id).equals(Optional.of(id))) {
      throw conflict("profiler-model-old");
    }
    Instance instance = require(model.instance());
    return begin(
        instance.id(),
        progress -> {
          awaitJudged(progress);
          try (Profiler profiler = opened(instance)) {
            Table table = new People(profiler.wanted()).read(store, model.at(), progress);
            return tell(profiler, model, table, progress);
          }
        });
  }

  private Instance require(String id) {
    Instance instance = plugins.instances().find(id).orElseThrow(Problem::notFound);
    if (!plugins.kinds(instance.plugin()).contains(KIND)) {
      throw conflict("profiler-none", instance.plugin());
    }
    if (!instance.enabled()) {
      throw conflict("profiler-off");
    }
    return instance;
  }

  private Job begin(String instance, Jobs.Work work) {
    if (!busy.add(instance)) {
      throw conflict("profiler-busy");
    }
    try {
      Job job =
          jobs.start(
              KIND,
              progress -> {
                try {
                  return work.run(progress);
                } finally {
                  busy.remove(instance);
                }
              });
      runs.put(instance, job.id());
      return job;
    } catch (RuntimeException e) {
      // The store did not take the job, so it will never end by itself.
      busy.remove(instance);
      throw e;
    }
  }

  private Profiler opened(Instance instance) {
    Profiler profiler = plugins.profiler(instance.plugin());
    try {
      profiler.open(plugins.instances().settings(instance.id()));
      return profiler;
    } catch (RuntimeException e) {
      profiler.close();
      throw e;
    }
  }

  private Model kept(
      Instance instance, Profiler profiler, long seed, Table table, Profiler.Model learnt) {
    if (learnt.bytes().length > MOST_BYTES) {
      throw Problem.invalid("", "profiler-model-size", Integer.toString(MOST_BYTES / 1024 / 1024));
    }
    Model model =
        new Model(
            UUID.randomUUID().toString(),
            instance.id(),
            instance.plugin(),
            plugins.version(instance.plugin()).orElse(""),
            seed,
            table.asOf(),
            table.people().size(),
            learnt,
            segments(instance.plugin(), profiler.segments(learnt)),
            List.of(),
            false);
    models.add(model);
    return model;
  }

  /** Under the version that the plugin published last if it says the same, else under a new one. */
  private List<Standing> segments(String plugin, List<Profiler.StandingSegment> said) {
    List<Standing> known = models.newestBy(plugin).map(Model::segments).orElse(List.of());
    List<Standing> segments = new ArrayList<>();
    for (Profiler.StandingSegment each : said) {
      Standing fresh = Standing.of(plugin, each, newest(plugin + "-" + each.id()) + 1);
      segments.add(known.stream().filter(fresh::isSame).findFirst().orElse(fresh));
    }
    return segments;
  }

  private int newest(String segment) {
    return definitions.newest(Definitions.SEGMENT).stream()
        .filter(body -> segment.equals(body.get("id")))
        .mapToInt(body -> body.get("version") instanceof Integer version ? version : 0)
        .findFirst()
        .orElse(0);
  }

  private Map<String, Object> tell(
      Profiler profiler, Model model, Table table, Jobs.Progress progress) {
    publish(model, progress);
    Telling telling = new Telling(model, table, store, ingest, progress);
    Asked asked = new Asked(model.seed(), _ -> telling.goesOn());
    profiler.predict(model.learnt(), table, asked, telling);
    asked.requireGoesOn();
    telling.finish();
    models.written(model.id(), telling.keys());
    refolds.awaitJudged(progress, "judging");
    return telling.result();
  }

  /** When a segment is new, everybody is asked whether they are in it before it goes on. */
  private void publish(Model model, Jobs.Progress progress) {
    boolean isKnown =
        model.segments().stream()
            .allMatch(
                segment ->
                    definitions.exists(Definitions.SEGMENT, segment.id(), segment.version()));
    if (isKnown) {
      // What a crash has left out is added; who is to be asked was noted before it.
      publish(model);
      return;
    }
    Optional<Job> asking = refolds.offerAll("profiler:" + model.instance(), () -> publish(model));
    while (asking.isPresent() && asking.get().state() == Job.State.RUNNING) {
      if (!progress.at("asking", asking.get().done(), asking.get().total())) {
        throw new CancellationException();
      }
      LockSupport.parkNanos(PATIENCE_NANOS);
      asking = jobs.find(asking.get().id());
    }
  }

  private void publish(Model model) {
    Instant now = clock.instant();
    model
        .segments()
        .forEach(
            segment ->
                publications.publish(
                    Definitions.SEGMENT, segment.id(), segment.version(), segment.body(), now));
  }

  /** What was told before a run counts; a stream of events that never rests is not waited for. */
  private void awaitJudged(Jobs.Progress progress) {
    long end = System.nanoTime() + LONGEST_REST.toNanos();
    while (journal.backlog() > 0 && System.nanoTime() - end < 0) {
      if (!progress.at("judging", 0, 0)) {
        throw new CancellationException();
      }
      LockSupport.parkNanos(PATIENCE_NANOS);
    }
    refolds.awaitJudged(progress, "judging");
  }

  private static Problem conflict(String code, String... values) {
    Problem.Detail detail = new Problem.Detail("", code, List.of(values));
    return new Problem(409, "profiler-conflict", List.of(detail), Map.of());
  }
}
