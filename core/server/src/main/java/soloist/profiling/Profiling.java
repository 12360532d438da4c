package soloist.profiling;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
import soloist.store.Definitions;
import soloist.store.Store;

/**
 * Runs instances of profilers as jobs, one run of an instance at a time, and knows which of their
 * models counts.
 */
public final class Profiling {
  private static final String KIND = "profiler";

  private final PluginHost plugins;
  private final Jobs jobs;
  private final Models models;
  private final Upkeeps upkeeps;
  private final Foretold foretold;
  private final Learning learning;
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
    this.plugins = plugins;
    this.jobs = jobs;
    models = new Models(store);
    upkeeps = new Upkeeps(store);
    foretold = new Foretold(store);
    learning =
        new Learning(
            store,
            plugins,
            journal,
            refolds,
            ingest,
            clock,
            models,
            new StandingSegments(definitions, publications, refolds, jobs, clock));
  }

  Models models() {
    return models;
  }

  Upkeeps upkeeps() {
    return upkeeps;
  }

  Foretold foretold() {
    return foretold;
  }

  List<Instance> instances() {
    return plugins.instances().all();
  }

  /** The model of each instance that counts. */
  List<Model> latest() {
    return instances().stream().flatMap(instance -> standing(instance.id()).stream()).toList();
  }

  /** The model whose word counts. */
  Optional<String> standingId(String instance) {
    return learning.standingId(instance);
  }

  Optional<Model> standing(String instance) {
    return learning.standing(instance);
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
    try (Profiler profiler = learning.opened(require(id))) {
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
  Job start(String id, long seed, Learning.Manner manner) {
    return start(id, seed, manner, _ -> {});
  }

  /**
   * The same, and tells how it ended unless the server ends, after which it is to be done again.
   */
  Job start(String id, long seed, Learning.Manner manner, Consumer<Job.State> ended) {
    Instance instance = require(id);
    return begin(
        id,
        progress -> {
          Job.State state = Job.State.FAILED;
          try {
            Map<String, Object> result = learning.learn(instance, seed, manner, progress);
            state = Job.State.DONE;
            return result;
          } catch (CancellationException e) {
            state = Job.State.CANCELLED;
            throw e;
          } finally {
            if (state == Job.State.DONE || !jobs.isClosing()) {
              ended.accept(state);
            }
          }
        });
  }

  /**
   * Goes on telling what a model says, where a run was cut off.
   *
   * @throws Problem when nothing is left to tell or another model counts
   */
  Job resume(String id) {
    Model model = models.find(id).orElseThrow(Problem::notFound);
    if (model.written()) {
      throw conflict("profiler-model-done");
    }
    if (!standingId(model.instance()).equals(Optional.of(id))) {
      throw conflict("profiler-model-old");
    }
    Instance instance = require(model.instance());
    return begin(instance.id(), progress -> learning.goOn(instance, model, progress));
  }

  /**
   * Has another model count: one that waits for a word, or an earlier one.
   *
   * @throws Problem when it counts already, or was learnt under other settings
   */
  Job stand(String id) {
    Model model = models.find(id).orElseThrow(Problem::notFound);
    if (standingId(model.instance()).equals(Optional.of(id))) {
      throw conflict("profiler-model-stands");
    }
    Instance instance = require(model.instance());
    if (!instance.revision().equals(model.revision())) {
      throw conflict("profiler-model-settings");
    }
    return begin(instance.id(), progress -> learning.stand(instance, model, progress));
  }

  /** The owner does not want a model that waits. */
  Model decline(String id) {
    Model model = models.find(id).orElseThrow(Problem::notFound);
    if (!models.waiting(model.instance()).contains(id)) {
      throw conflict("profiler-model-waits");
    }
    learning.answered(model.instance(), "", Verdict.Reason.OWNER);
    return models.find(id).orElseThrow();
  }

  /** The owner has looked whom a model chooses; campaigns may go by it. */
  Model seen(String id) {
    Model model = models.find(id).orElseThrow(Problem::notFound);
    if (model.judged().get("fairness") == null) {
      throw conflict("profiler-model-fairness");
    }
    models.seen(id);
    return models.find(id).orElseThrow();
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

  private static Problem conflict(String code, String... values) {
    Problem.Detail detail = new Problem.Detail("", code, List.of(values));
    return new Problem(409, "profiler-conflict", List.of(detail), Map.of());
  }
}
