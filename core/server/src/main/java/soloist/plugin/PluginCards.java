package soloist.plugin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;

/** Plugins as they are now, and what hangs on them. Reads without waiting for a change to end. */
final class PluginCards {
  private final Catalogue catalogue;
  private final Fleet fleet;
  private final Instances instances;
  private final Predicate<String> usedByServer;

  PluginCards(
      Catalogue catalogue, Fleet fleet, Instances instances, Predicate<String> usedByServer) {
    this.catalogue = catalogue;
    this.fleet = fleet;
    this.instances = instances;
    this.usedByServer = usedByServer;
  }

  /**
   * A plugin as it is now.
   *
   * @param state running, starting, failed, off or uploaded
   * @param current the version that counts
   * @param candidate the version that waits to be confirmed
   * @param uses what would stop with it
   */
  record View(
      String id,
      String state,
      @Nullable Reason failure,
      Optional<Installed> installed,
      Optional<Shelf.Kept> current,
      Optional<Shelf.Kept> candidate,
      List<String> kinds,
      List<Problem.Detail> uses) {}

  /** Every plugin, and every zip that is none. */
  List<View> all() {
    List<View> views = new ArrayList<>(catalogue.all().stream().map(this::view).toList());
    fleet
        .failures()
        .forEach(
            (name, reason) -> {
              if (catalogue.find(name).isEmpty()) {
                views.add(
                    new View(
                        name,
                        "failed",
                        reason,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of()));
              }
            });
    return views;
  }

  Optional<View> find(String id) {
    return all().stream().filter(view -> view.id().equals(id)).findFirst();
  }

  private View view(Installed plugin) {
    Optional<Running> run = fleet.find(plugin.id());
    Reason failure =
        run.isPresent()
            ? run.get().guard().fault().orElse(null)
            : fleet.failures().get(plugin.id());
    String state =
        run.isPresent()
            ? "running"
            : fleet.isStarting(plugin) ? "starting" : plugin.current() == null ? "uploaded" : "off";
    return new View(
        plugin.id(),
        failure == null ? state : "failed",
        failure,
        Optional.of(plugin),
        kept(plugin.current()),
        kept(plugin.candidate()),
        run.map(Running::kinds).orElse(List.of()),
        uses(plugin.id()));
  }

  private Optional<Shelf.Kept> kept(Installed.@Nullable Version version) {
    try {
      return version == null ? Optional.empty() : Optional.of(catalogue.kept(version));
    } catch (IOException | Problem _) {
      return Optional.empty();
    }
  }

  /** What would stop with a plugin. */
  List<Problem.Detail> uses(String id) {
    List<Problem.Detail> uses = new ArrayList<>();
    if (usedByServer.test(id)) {
      uses.add(new Problem.Detail("status/relay", "plugin-used-by-server", List.of()));
    }
    for (Instances.Instance instance : instances.of(id)) {
      uses.add(
          new Problem.Detail(
              "instances/" + instance.id(),
              "plugin-used-by-instance",
              List.of(instance.name(), instance.id())));
    }
    for (String dependent : fleet.dependents(id)) {
      uses.add(
          new Problem.Detail("plugins/" + dependent, "plugin-used-by-plugin", List.of(dependent)));
    }
    return uses;
  }
}
