package soloist.plugin;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.pf4j.PluginDependency;
import soloist.http.Problem;

/** The plugins that run and why others do not. Changed by one thread at a time, read by any. */
final class Fleet {
  private static final System.Logger LOG = System.getLogger(Fleet.class.getName());

  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private final Catalogue catalogue;
  private final Marks marks;
  private final Guard.Limits limits;
  private final boolean safeMode;
  private final CountDownLatch starts = new CountDownLatch(1);
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final Map<String, Reason> failures = new ConcurrentHashMap<>();

  Fleet(Catalogue catalogue, Marks marks, Guard.Limits limits) {
    this.catalogue = catalogue;
    this.marks = marks;
    this.limits = limits;
    safeMode =
        catalogue.all().stream()
            .anyMatch(plugin -> !plugin.isShipped() && marks.isDeadly(plugin.id()));
  }

  boolean isSafeMode() {
    return safeMode;
  }

  Optional<Running> find(String id) {
    return Optional.ofNullable(running.get(id));
  }

  /** Says that whatever should run has been tried. */
  void complete() {
    starts.countDown();
  }

  /** Whether a plugin that should run has not been tried yet. */
  boolean isStarting(Installed plugin) {
    return starts.getCount() > 0 && plugin.current() != null && plugin.enabled();
  }

  /** Who needs a plugin just after the server has begun to listen waits until all were tried. */
  void awaitStarts() {
    try {
      starts.await(LONGEST_START.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  List<String> started() {
    return running.keySet().stream().sorted().toList();
  }

  /** Why plugins do not run, by plugin, or by file for what has not even a name. */
  Map<String, Reason> failures() {
    return Map.copyOf(failures);
  }

  void fail(String id, Reason reason) {
    LOG.log(System.Logger.Level.WARNING, "plugin " + id + " is off: " + reason.in("en"));
    failures.put(id, reason);
  }

  void forgive(String id) {
    failures.remove(id);
  }

  /** Starts a plugin that should run, after those it depends on. */
  void bring(String id) {
    bring(id, new LinkedHashSet<>());
  }

  private void bring(String id, Set<String> waiting) {
    Installed plugin = catalogue.find(id).orElse(null);
    if (plugin == null
        || plugin.current() == null
        || !plugin.enabled()
        || running.containsKey(id)) {
      return;
    }
    try {
      if (!plugin.isShipped() && safeMode) {
        throw new PluginFault(id, Reason.of("plugin-safe-mode"), false);
      }
      if (marks.endedTheProcess(id)) {
        throw new PluginFault(id, Reason.of("plugin-ended"), false);
      }
      if (!waiting.add(id)) {
        Reason circle = Reason.of("plugin-cycle", String.join(" → ", waiting) + " → " + id);
        waiting.forEach(member -> fail(member, circle));
        return;
      }
      failures.remove(id);
      Shelf.Kept kept = catalogue.kept(plugin.current());
      for (PluginDependency dependency : kept.manifest().dependencies()) {
        bring(dependency.getPluginId(), waiting);
      }
      waiting.remove(id);
      if (failures.containsKey(id)) {
        // One of them has led back here.
        return;
      }
      running.put(id, start(kept));
    } catch (PluginFault e) {
      fail(id, e.reason());
    } catch (Problem e) {
      fail(id, Reason.of(e));
    } catch (IOException e) {
      fail(id, Reason.of("plugin-file", String.valueOf(e.getMessage())));
    }
  }

  /**
   * Starts one version beside whatever runs.
   *
   * @throws PluginFault when it does not start
   * @throws Problem when it does not fit
   */
  Running start(Shelf.Kept kept) {
    Manifest manifest = kept.manifest();
    Catalogue.requireFit(manifest);
    List<Running> others = new ArrayList<>();
    for (PluginDependency dependency : manifest.dependencies()) {
      Running other = running.get(dependency.getPluginId());
      if (other != null
          && Manifest.allows(
                  dependency.getPluginVersionSupport(), other.kept().manifest().version())
              .allowed()) {
        others.add(other);
      } else if (!dependency.isOptional()) {
        throw new PluginFault(
            manifest.id(),
            Reason.of(
                "plugin-needs", dependency.getPluginId(), dependency.getPluginVersionSupport()),
            false);
      }
    }
    return Running.start(kept, new Guard(manifest.id(), limits, marks), others);
  }

  /** Puts a started version in the place of what ran, and starts anew what depends on it. */
  void replace(Running fresh) {
    String id = fresh.id();
    Running old = running.put(id, fresh);
    failures.remove(id);
    List<String> dependents = dependents(id);
    dependents.forEach(this::halt);
    if (old != null) {
      old.stop();
    }
    dependents.forEach(this::bring);
  }

  /** Plugins that need this one, directly or not. */
  List<String> dependents(String id) {
    Set<String> found = new LinkedHashSet<>();
    for (Running other : running.values()) {
      if (other.kept().manifest().dependencies().stream()
          .anyMatch(it -> it.getPluginId().equals(id))) {
        found.add(other.id());
        found.addAll(dependents(other.id()));
      }
    }
    return List.copyOf(found);
  }

  /** Stops a plugin for good, and what depends on it with the reason. */
  void end(String id) {
    for (String dependent : dependents(id)) {
      halt(dependent);
      failures.put(dependent, Reason.of("plugin-needs", id, "*"));
    }
    halt(id);
    failures.remove(id);
  }

  private void halt(String id) {
    Running old = running.remove(id);
    if (old != null) {
      old.stop();
    }
  }

  /** Ends plugins that have started a flood of threads. */
  void inspect() {
    for (Running plugin : running.values()) {
      Optional<Integer> threads = plugin.guard().flood();
      if (threads.isPresent() && running.remove(plugin.id(), plugin)) {
        // Interrupted first: nothing of it is waited for.
        plugin.guard().close();
        plugin.stop();
        fail(plugin.id(), Reason.of("plugin-threads", threads.get().toString()));
      }
    }
  }

  /** Stops everything, what needs others first. */
  void close() {
    while (!running.isEmpty()) {
      halt(
          running.keySet().stream()
              .filter(id -> dependents(id).isEmpty())
              .findFirst()
              .orElseGet(() -> running.keySet().iterator().next()));
    }
  }
}
