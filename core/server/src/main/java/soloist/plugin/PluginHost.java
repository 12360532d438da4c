package soloist.plugin;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import soloist.http.Json;
import soloist.http.Problem;
import soloist.security.Keys;
import soloist.spi.Channel;
import soloist.spi.Connector;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.store.Store;

/**
 * Plugins from the zip to the running instance. They come and go while the server runs; whatever
 * one of them does, it ends at most itself. Changes happen one after the other.
 */
public final class PluginHost implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PluginHost.class.getName());

  private static final String MARKS = "marks";

  private final Shelf shelf;
  private final Marks marks;
  private final Catalogue catalogue;
  private final Fleet fleet;
  private final Instances instances;
  private final Tried tried;
  private final Trial trial;
  private final PluginCards cards;
  private final Path shipped;
  private final ReentrantLock changes = new ReentrantLock();

  /** Channels that the server itself has opened, by plugin. */
  private final List<Map.Entry<String, GuardedChannel>> channels = new CopyOnWriteArrayList<>();

  /**
   * Knows what there was when the last process ended; nothing runs before {@link #bring}.
   *
   * @param shipped where the zips lie that came with Soloist
   * @param home where plugins are kept
   */
  public PluginHost(Path shipped, Path home, Store store, Keys keys, InstantSource clock)
      throws IOException {
    this(shipped, home, store, keys, clock, Publishers.pinned(), Guard.Limits.USUAL);
  }

  PluginHost(
      Path shipped,
      Path home,
      Store store,
      Keys keys,
      InstantSource clock,
      Publishers publishers,
      Guard.Limits limits)
      throws IOException {
    this.shipped = shipped;
    shelf = new Shelf(home, publishers, new Unpacker());
    marks = new Marks(home.resolve(MARKS), clock);
    catalogue = new Catalogue(shelf, store);
    instances = new Instances(store, keys, this::schema);
    tried = new Tried(store, clock);
    fleet = new Fleet(catalogue, marks, limits);
    trial = new Trial(fleet, instances);
    cards =
        new PluginCards(
            catalogue,
            fleet,
            instances,
            id -> channels.stream().anyMatch(channel -> channel.getKey().equals(id)));
  }

  /** Takes the zips that came with Soloist. */
  public void ship() throws IOException {
    changing(
        () -> {
          if (Files.isDirectory(shipped)) {
            try (Stream<Path> zips = Files.list(shipped)) {
              zips.filter(file -> file.toString().endsWith(".zip")).sorted().forEach(this::ship);
            }
          }
          return shipped;
        });
  }

  /** Starts a plugin, if it should run, before the others. */
  public void bring(String id) throws IOException {
    changing(
        () -> {
          fleet.bring(id);
          return id;
        });
  }

  /** Starts all that should run; what does not start is told by {@link #cards}. */
  public void bringAll() throws IOException {
    changing(
        () -> {
          catalogue.all().forEach(plugin -> fleet.bring(plugin.id()));
          fleet.complete();
          return shipped;
        });
  }

  /** One zip that came with Soloist; a bad one is told, not a reason not to start. */
  private void ship(Path zip) {
    String name = String.valueOf(zip.getFileName());
    try {
      catalogue.ship(zip);
    } catch (Problem e) {
      fleet.fail(name, Reason.of(e));
    } catch (IOException e) {
      fleet.fail(name, Reason.of("plugin-file", String.valueOf(e.getMessage())));
    }
  }

  /** Where a zip that is coming in is to be written. */
  Path incoming() {
    return shelf.incoming();
  }

  /**
   * Takes a zip that was uploaded. Nothing of it runs until {@link #install} confirms it.
   *
   * @return the plugin's id
   * @throws Problem when it is refused
   */
  String upload(Path zip, Optional<String> signature) throws IOException {
    return changing(() -> catalogue.upload(zip, signature));
  }

  /**
   * Puts the candidate in the place of what runs, if it starts beside it.
   *
   * @param sha256 of the zip, as the owner has confirmed it
   * @param fingerprint of the publisher's key, as the owner has confirmed it, {@code unsigned} for
   *     nobody's; empty when not asked
   */
  void install(String id, String sha256, String fingerprint) throws IOException {
    changing(
        () -> {
          Installed plugin = catalogue.require(id);
          Installed.Version candidate = plugin.candidate();
          if (candidate == null) {
            throw conflict("plugin-no-candidate", "");
          }
          if (!candidate.sha256().equalsIgnoreCase(sha256)) {
            throw conflict("plugin-confirm", "/sha256", candidate.sha256());
          }
          requirePublisher(plugin, catalogue.kept(candidate), fingerprint);
          return replace(plugin, candidate);
        });
  }

  /** Whoever signed a plugin once signs its updates, unless the owner says otherwise. */
  private void requirePublisher(Installed plugin, Shelf.Kept candidate, String confirmed)
      throws IOException {
    Installed.Version current = plugin.current();
    String pinned = current == null ? "" : catalogue.kept(current).fingerprint();
    String now = candidate.fingerprint().isEmpty() ? "unsigned" : candidate.fingerprint();
    if (!pinned.isEmpty() && !pinned.equals(now) && !confirmed.equalsIgnoreCase(now)) {
      throw conflict("plugin-publisher", "/fingerprint", pinned, now);
    }
  }

  /** Brings the version before the current one back. */
  void rollback(String id) throws IOException {
    changing(
        () -> {
          Installed plugin = catalogue.require(id);
          Installed.Version previous = plugin.previous();
          if (previous == null) {
            throw conflict("plugin-no-previous", "");
          }
          return replace(plugin, previous);
        });
  }

  /** Starts a version beside what runs; when all is well it takes over, else nothing changes. */
  private String replace(Installed plugin, Installed.Version next) throws IOException {
    Running fresh = trial.start(catalogue.kept(next));
    catalogue.save(plugin.replacedBy(next));
    fleet.replace(fresh);
    return plugin.id();
  }

  void enable(String id) throws IOException {
    changing(
        () -> {
          Installed plugin = catalogue.require(id);
          Installed.Version current = plugin.current();
          if (current == null) {
            throw conflict("plugin-confirm", "/sha256", "");
          }
          if (fleet.find(id).isEmpty()) {
            fleet.replace(trial.start(catalogue.kept(current)));
          }
          catalogue.save(plugin.enabled(true));
          return id;
        });
  }

  void disable(String id, boolean force) throws IOException {
    changing(
        () -> {
          Installed plugin = catalogue.require(id);
          requireUnused(id, force);
          catalogue.save(plugin.enabled(false));
          fleet.end(id);
          return id;
        });
  }

  /** Forgets a plugin, and by force also its instances. */
  void remove(String id, boolean force) throws IOException {
    changing(
        () -> {
          Installed plugin = catalogue.require(id);
          if (plugin.isShipped()) {
            throw conflict("plugin-shipped", "");
          }
          requireUnused(id, force);
          fleet.end(id);
          instances.of(id).forEach(instance -> instances.remove(instance.id()));
          catalogue.forget(plugin);
          return id;
        });
  }

  private void requireUnused(String id, boolean force) {
    List<Problem.Detail> uses = cards.uses(id);
    if (!force && !uses.isEmpty()) {
      throw new Problem(409, "plugin-in-use", uses, Map.of());
    }
  }

  static Problem conflict(String code, String pointer, String... values) {
    Problem.Detail detail = new Problem.Detail(pointer, code, List.of(values));
    return new Problem(409, "plugin-conflict", List.of(detail), Map.of());
  }

  private interface Change<T> {
    T make() throws IOException;
  }

  private <T> T changing(Change<T> change) throws IOException {
    changes.lock();
    try {
      return change.make();
    } finally {
      changes.unlock();
    }
  }

  /** Looks after what runs; called every second, and left out while something changes. */
  public void inspect() {
    if (changes.tryLock()) {
      try {
        fleet.inspect();
      } finally {
        changes.unlock();
      }
    }
  }

  /**
   * Tells whether a plugin is what ends this process just now, and notes it for the next one.
   * Called by a shutdown hook.
   *
   * @param home where plugins are kept
   */
  public static boolean isEndedByPlugin(Path home) {
    Set<String> exiting = Guard.exiting();
    exiting.forEach(plugin -> Marks.exits(home.resolve(MARKS), plugin));
    return !exiting.isEmpty();
  }

  public List<String> started() {
    return fleet.started();
  }

  /** Whether plugins that did not ship are off, since the process died twice with one at work. */
  public boolean isSafeMode() {
    return fleet.isSafeMode();
  }

  /** How many are in each state. */
  public Map<String, Object> counts() {
    Map<String, Object> counts = new TreeMap<>();
    counts.put("safeMode", isSafeMode());
    for (String state : List.of("running", "starting", "failed", "off", "uploaded")) {
      counts.put(state, cards.all().stream().filter(view -> view.state().equals(state)).count());
    }
    return counts;
  }

  /** What a plugin brings: channel, connector, profiler; nothing while it does not run. */
  public List<String> kinds(String id) {
    return fleet.find(id).map(Running::kinds).orElse(List.of());
  }

  /** The version of a plugin that runs. */
  public Optional<String> version(String id) {
    return fleet.find(id).map(running -> running.kept().manifest().version());
  }

  public Instances instances() {
    return instances;
  }

  /** Of which instances a test went well. */
  public Tried tried() {
    return tried;
  }

  /** The class loader of a running plugin. */
  public Optional<ClassLoader> loader(String id) {
    return fleet.find(id).map(Running::loader);
  }

  /**
   * A configured instance of the channel that a plugin brings. It stays when the plugin is updated,
   * and puts messages off while the plugin does not run.
   *
   * @throws IllegalArgumentException when the plugin refuses the settings
   */
  public Channel channel(String pluginId, Settings settings) {
    GuardedChannel channel =
        new GuardedChannel(
            () -> fleet.find(pluginId),
            settings,
            closed -> channels.removeIf(entry -> entry.getValue() == closed));
    channel.tryOpen().ifPresent(why -> LOG.log(System.Logger.Level.WARNING, pluginId + ": " + why));
    channels.add(Map.entry(pluginId, channel));
    return channel;
  }

  /**
   * The channel of a configured instance, opened; whoever asks for it closes it.
   *
   * @throws IllegalArgumentException when the plugin refuses the settings
   * @throws PluginFault when it does not run or fails, and the owner has configured it
   */
  public Channel channel(Instances.Instance instance) {
    String plugin = instance.plugin();
    if (instance.origin() != Instances.Origin.PAGE) {
      return channel(plugin, instances.settings(instance.id()));
    }
    GuardedChannel channel =
        new GuardedChannel(() -> fleet.find(plugin), instances.settings(instance.id()), _ -> {});
    if (!channel.open()) {
      throw new PluginFault(plugin, Reason.of("plugin-not-running", plugin), false);
    }
    return channel;
  }

  /**
   * One run of the connector that a plugin brings; the caller opens and closes it.
   *
   * @throws PluginFault when it cannot be made
   * @throws Problem when the plugin does not run
   */
  public Connector connector(String pluginId) {
    return new GuardedConnector(requireRunning(pluginId));
  }

  /**
   * Settings for one run without an instance, checked as an instance's are.
   *
   * @param values the platform's own among them, such as the path of an upload
   * @throws Problem with every fault and its field
   */
  public Settings settings(String pluginId, JsonObject values) {
    ConfigSchema schema =
        schema(pluginId).orElseThrow(() -> Problem.invalid("/plugin", "instance-plugin", pluginId));
    List<Problem.Detail> faults = schema.check(values);
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    Map<String, String> texts = new HashMap<>();
    Json.plain(values).forEach((key, value) -> texts.put(key, value.toString()));
    return new Settings(texts);
  }

  /** One run of the profiler that a plugin brings; as {@link #connector}. */
  public Profiler profiler(String pluginId) {
    return new GuardedProfiler(requireRunning(pluginId));
  }

  Running requireRunning(String pluginId) {
    fleet.awaitStarts();
    return fleet.find(pluginId).orElseThrow(() -> conflict("plugin-not-running", "", pluginId));
  }

  /** Every plugin, and every zip that is none. */
  PluginCards cards() {
    return cards;
  }

  Optional<ConfigSchema> schema(String id) {
    fleet.awaitStarts();
    return catalogue.schema(id);
  }

  /** Ends what the server has opened, then every plugin, those that need others first. */
  @Override
  public void close() throws IOException {
    changes.lock();
    try {
      channels.forEach(channel -> channel.getValue().close());
      fleet.close();
      marks.close();
    } finally {
      changes.unlock();
    }
  }
}
