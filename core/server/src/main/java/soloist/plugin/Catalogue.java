package soloist.plugin;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.ReplaceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import soloist.http.Problem;
import soloist.store.Store;

/** Which plugins there are and which version of each counts, in the store and on the shelf. */
final class Catalogue {
  private final Shelf shelf;
  private final Store store;
  private final Map<String, Installed> installed = new ConcurrentSkipListMap<>();
  private final Map<String, Shelf.Kept> kept = new ConcurrentHashMap<>();

  Catalogue(Shelf shelf, Store store) {
    this.shelf = shelf;
    this.store = store;
    store.plugins().find().forEach(it -> installed.put(it.getString("_id"), Installed.of(it)));
  }

  Collection<Installed> all() {
    return List.copyOf(installed.values());
  }

  Optional<Installed> find(String id) {
    return Optional.ofNullable(installed.get(id));
  }

  /**
   * A plugin that must be there.
   *
   * @throws Problem when it is not
   */
  Installed require(String id) {
    return find(id).orElseThrow(Problem::notFound);
  }

  /**
   * Takes a zip that came with Soloist. It counts from now on, unless the owner has brought a newer
   * one.
   *
   * @throws Problem when it is refused
   */
  void ship(Path zip) throws IOException {
    Shelf.Kept fresh = shelf.take(zip, Optional.empty());
    kept.put(fresh.sha256(), fresh);
    String id = fresh.manifest().id();
    Installed before = installed.getOrDefault(id, new Installed(id, null, null, null, true));
    Installed.Version current = before.current();
    boolean isNewer =
        current == null
            || current.shipped()
            || compare(current.number(), fresh.manifest().version()) <= 0;
    if (isNewer && (current == null || !current.sha256().equals(fresh.sha256()))) {
      save(before.replacedBy(version(fresh, true)).enabled(before.enabled()));
    }
  }

  /**
   * Takes a zip that was uploaded, as a candidate that nobody has confirmed yet.
   *
   * @throws Problem when it is refused
   */
  String upload(Path zip, Optional<String> signature) throws IOException {
    Shelf.Kept fresh = shelf.take(zip, signature);
    Manifest manifest = fresh.manifest();
    String id = manifest.id();
    Installed before = installed.getOrDefault(id, new Installed(id, null, null, null, false));
    try {
      ConfigSchema.check(fresh.folder());
      requireFit(manifest);
      Installed.Version current = before.current();
      if (current != null && compare(manifest.version(), current.number()) < 0) {
        throw Problem.invalid(
            "plugin.version", "plugin-downgrade", manifest.version(), current.number());
      }
    } catch (Problem e) {
      if (!before.holds(fresh.sha256())) {
        shelf.drop(fresh.sha256());
      }
      throw e;
    }
    kept.put(fresh.sha256(), fresh);
    save(before.with(version(fresh, false)));
    return id;
  }

  /**
   * Refuses what wants another version of the SPI than this one.
   *
   * @throws Problem that names both
   */
  static void requireFit(Manifest manifest) {
    if (!Manifest.allows(manifest.requires(), Manifest.SPI_VERSION).allowed()) {
      throw Problem.invalid(
          "plugin.requires",
          "plugin-version-fit",
          manifest.id() + " " + manifest.version(),
          manifest.requires(),
          Manifest.SPI_VERSION);
    }
  }

  /** Stores what counts now and drops versions that nothing points to any more. */
  void save(Installed plugin) throws IOException {
    Installed before = installed.put(plugin.id(), plugin);
    store
        .plugins()
        .replaceOne(eq("_id", plugin.id()), plugin.document(), new ReplaceOptions().upsert(true));
    if (before != null) {
      for (Installed.Version version : versions(before)) {
        if (!plugin.holds(version.sha256())) {
          drop(version);
        }
      }
    }
  }

  void forget(Installed plugin) throws IOException {
    installed.remove(plugin.id());
    store.plugins().deleteOne(eq("_id", plugin.id()));
    for (Installed.Version version : versions(plugin)) {
      drop(version);
    }
  }

  private void drop(Installed.Version version) throws IOException {
    kept.remove(version.sha256());
    shelf.drop(version.sha256());
  }

  private static List<Installed.Version> versions(Installed plugin) {
    return Stream.of(plugin.current(), plugin.previous(), plugin.candidate())
        .filter(Objects::nonNull)
        .toList();
  }

  /** A version as it lies on the shelf, checked once a process. */
  Shelf.Kept kept(Installed.Version version) throws IOException {
    Shelf.Kept known = kept.get(version.sha256());
    if (known == null) {
      known = shelf.find(version.sha256());
      kept.put(version.sha256(), known);
    }
    return known;
  }

  /** The form of a plugin that was confirmed. */
  Optional<ConfigSchema> schema(String id) {
    Installed.Version current = find(id).map(Installed::current).orElse(null);
    if (current == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ConfigSchema.read(kept(current).folder()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Installed.Version version(Shelf.Kept kept, boolean shipped) {
    return new Installed.Version(kept.sha256(), kept.manifest().version(), shipped);
  }

  private static int compare(String one, String other) {
    return Manifest.VERSIONS.compareVersions(one, other);
  }
}
