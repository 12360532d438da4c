package soloist.plugin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.pf4j.PluginDependency;
import soloist.http.Problem;

/** Starts a version beside whatever runs, to see whether it would do. */
final class Trial {
  private final Fleet fleet;
  private final Instances instances;

  Trial(Fleet fleet, Instances instances) {
    this.fleet = fleet;
    this.instances = instances;
  }

  /**
   * A version that has started and takes the settings of every instance.
   *
   * @throws Problem when it does not; nothing of it runs then
   */
  Running start(Shelf.Kept kept) throws IOException {
    Manifest manifest = kept.manifest();
    for (PluginDependency dependency : manifest.dependencies()) {
      if (dependency.getPluginId().equals(manifest.id())
          || fleet.dependents(manifest.id()).contains(dependency.getPluginId())) {
        throw PluginHost.conflict(
            "plugin-cycle", "", manifest.id() + " → " + dependency.getPluginId());
      }
    }
    try {
      Running fresh = fleet.start(kept);
      try {
        tryInstances(fresh);
        return fresh;
      } catch (RuntimeException e) {
        fresh.stop();
        throw e;
      }
    } catch (PluginFault e) {
      throw new Problem(
          409,
          "plugin-trial",
          List.of(new Problem.Detail("", e.reason().code(), e.reason().values())),
          Map.of());
    }
  }

  private void tryInstances(Running fresh) throws IOException {
    ConfigSchema schema = ConfigSchema.read(fresh.kept().folder());
    for (Instances.Instance instance : instances.of(fresh.id())) {
      String place = "instances/" + instance.id();
      List<Problem.Detail> faults = instances.check(instance, schema);
      if (!faults.isEmpty()) {
        throw PluginHost.conflict("plugin-trial-settings", place, faults.getFirst().pointer());
      }
      if (fresh.kinds().contains("channel")) {
        try {
          GuardedChannel.close(
              fresh, GuardedChannel.openedBy(fresh, instances.settings(instance.id())));
        } catch (IllegalArgumentException e) {
          throw PluginHost.conflict("plugin-trial-refused", place, String.valueOf(e.getMessage()));
        }
      }
    }
  }
}
