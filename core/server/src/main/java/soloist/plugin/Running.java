package soloist.plugin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.pf4j.CompoundPluginLoader;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultPluginLoader;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ExtensionPoint;
import org.pf4j.Plugin;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginState;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.PropertiesPluginDescriptorFinder;
import soloist.spi.Channel;
import soloist.spi.Connector;
import soloist.spi.Profiler;

/**
 * One version of a plugin, loaded and started. Each has a PF4J manager of its own, so that two
 * versions can live beside each other while one replaces the other.
 */
final class Running {
  /** What a plugin may bring, by the name of its kind. */
  static final Map<String, Class<? extends ExtensionPoint>> KINDS =
      Collections.unmodifiableMap(
          new LinkedHashMap<>(
              Map.of(
                  "channel", Channel.class,
                  "connector", Connector.class,
                  "profiler", Profiler.class)));

  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(15);

  private final Shelf.Kept kept;
  private final Guard guard;
  private final Manager manager;
  private final List<String> kinds;
  private final List<Runnable> atStop = new CopyOnWriteArrayList<>();

  private Running(Shelf.Kept kept, Guard guard, Manager manager, List<String> kinds) {
    this.kept = kept;
    this.guard = guard;
    this.manager = manager;
    this.kinds = kinds;
  }

  /**
   * Loads and starts a plugin.
   *
   * @param others the running plugins that it depends on
   * @throws PluginFault when it cannot be loaded, does not start or brings nothing
   */
  static Running start(Shelf.Kept kept, Guard guard, Collection<Running> others) {
    String id = kept.manifest().id();
    Manager manager =
        new Manager(
            kept.folder(),
            guard,
            others.stream().map(other -> (HostedLoader) other.loader()).toList());
    try {
      manager.loadPlugin(kept.folder());
      guard.setLoader(manager.getPluginClassLoader(id));
      if (manager.startPlugin(id) != PluginState.STARTED) {
        Throwable failed = manager.getPlugin(id).getFailedException();
        throw failed instanceof PluginFault fault
            ? fault
            : new PluginFault(
                id, Reason.of("plugin-throws", "start", String.valueOf(failed)), true);
      }
      List<String> kinds =
          guard.call(
              "load",
              () ->
                  KINDS.keySet().stream()
                      .filter(kind -> !manager.getExtensionClasses(type(kind), id).isEmpty())
                      .sorted()
                      .toList());
      if (kinds.isEmpty()) {
        throw new PluginFault(id, Reason.of("plugin-empty"), true);
      }
      return new Running(kept, guard, manager, kinds);
    } catch (RuntimeException e) {
      manager.unload(id);
      guard.close();
      throw e;
    }
  }

  private static Class<? extends ExtensionPoint> type(String kind) {
    Class<? extends ExtensionPoint> type = KINDS.get(kind);
    if (type == null) {
      throw new IllegalArgumentException("there is no kind '" + kind + "'");
    }
    return type;
  }

  Shelf.Kept kept() {
    return kept;
  }

  String id() {
    return kept.manifest().id();
  }

  Guard guard() {
    return guard;
  }

  /** What it brings: channel, connector, profiler. */
  List<String> kinds() {
    return kinds;
  }

  ClassLoader loader() {
    return manager.getPluginClassLoader(id());
  }

  /** A new object of an extension that it brings. */
  <T extends ExtensionPoint> T create(Class<T> type) {
    return guard.call(
        "create",
        () -> {
          List<Class<? extends T>> classes = manager.getExtensionClasses(type, id());
          if (classes.isEmpty()) {
            throw new IllegalStateException("it brings no " + type.getSimpleName());
          }
          return manager.getExtensionFactory().create(classes.getFirst());
        });
  }

  /** Called before it stops, to give back what was made of it. */
  void beforeStop(Runnable work) {
    atStop.add(work);
  }

  void forget(Runnable work) {
    atStop.remove(work);
  }

  /** Waits up to 15 s for what is under way, then stops and unloads it. Fails never. */
  void stop() {
    guard.drain(LONGEST_DRAIN);
    List<Runnable> work = new ArrayList<>(atStop);
    atStop.clear();
    work.forEach(Runnable::run);
    manager.unload(id());
    guard.close();
  }

  private static final class Manager extends DefaultPluginManager {
    private final Guard guard;
    private final List<HostedLoader> others;

    Manager(Path root, Guard guard, List<HostedLoader> others) {
      super(root);
      this.guard = guard;
      this.others = others;
    }

    void unload(String id) {
      if (getPlugin(id) != null) {
        unloadPlugin(id);
      }
    }

    @Override
    protected PluginLoader createPluginLoader() {
      return new CompoundPluginLoader()
          .add(
              new DefaultPluginLoader(this) {
                @Override
                protected PluginClassLoader createPluginClassLoader(
                    Path path, PluginDescriptor descriptor) {
                  return new HostedLoader(pluginManager, descriptor, others);
                }
              });
    }

    /** Of a manager with one plugin; its dependencies are other managers' and were checked. */
    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
      return new PropertiesPluginDescriptorFinder() {
        @Override
        protected DefaultPluginDescriptor createPluginDescriptorInstance() {
          return new DefaultPluginDescriptor() {
            @Override
            protected DefaultPluginDescriptor setDependencies(@Nullable String dependencies) {
              return this;
            }
          };
        }
      };
    }

    @Override
    protected PluginFactory createPluginFactory() {
      return wrapper -> new Guarded(guard, wrapper);
    }

    /** What is on is kept in the store. */
    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
      return new PluginStatusProvider() {
        @Override
        public boolean isPluginDisabled(String pluginId) {
          return false;
        }

        @Override
        public void disablePlugin(String pluginId) {}

        @Override
        public void enablePlugin(String pluginId) {}
      };
    }
  }

  /** A plugin as PF4J sees it: every call to the real one goes through the guard. */
  private static final class Guarded extends Plugin {
    private final Guard guard;
    private final Plugin plugin;

    Guarded(Guard guard, PluginWrapper wrapper) {
      this.guard = guard;
      plugin =
          guard.call(
              "create",
              () ->
                  wrapper
                      .getPluginClassLoader()
                      .loadClass(wrapper.getDescriptor().getPluginClass())
                      .asSubclass(Plugin.class)
                      .getConstructor()
                      .newInstance());
    }

    @Override
    public void start() {
      guard.call(
          "start",
          () -> {
            plugin.start();
            return true;
          });
    }

    @Override
    public void stop() {
      try {
        guard.call(
            "stop",
            () -> {
              plugin.stop();
              return true;
            });
      } catch (PluginFault _) {
        // It is unloaded all the same; the guard has logged why.
      }
    }
  }
}
