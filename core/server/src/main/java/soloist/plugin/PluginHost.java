package soloist.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.pf4j.CompoundPluginLoader;
import org.pf4j.DefaultPluginLoader;
import org.pf4j.DefaultPluginManager;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;
import org.pf4j.PluginWrapper;
import soloist.spi.Channel;
import soloist.spi.Settings;

/**
 * Loads plugins from their zips, each in a class loader that sees the SPI and the JDK and nothing
 * else of ours.
 */
public final class PluginHost implements AutoCloseable {
  private static final String SPI_VERSION = "0.1.0";

  private final PluginManager plugins;

  /**
   * Loads and starts every zip of a folder.
   *
   * @param shipped where zips lie
   * @param unpacked where they are copied to and unpacked
   */
  public PluginHost(Path shipped, Path unpacked) throws IOException {
    Files.createDirectories(unpacked);
    plugins = new Manager(unpacked);
    plugins.setSystemVersion(SPI_VERSION);
    try (Stream<Path> zips = Files.list(shipped)) {
      for (Path zip : zips.filter(file -> file.toString().endsWith(".zip")).sorted().toList()) {
        Path copy = unpacked.resolve(zip.getFileName().toString());
        if (Files.notExists(copy) || Files.mismatch(zip, copy) >= 0) {
          Files.copy(zip, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        plugins.loadPlugin(copy);
      }
    }
    plugins.startPlugins();
  }

  public List<String> started() {
    return plugins.getStartedPlugins().stream().map(PluginWrapper::getPluginId).toList();
  }

  /**
   * A configured instance of the channel that a plugin brings.
   *
   * @throws IllegalArgumentException when the plugin is not there or refuses the settings
   */
  public Channel channel(String pluginId, Settings settings) {
    List<Class<? extends Channel>> types = plugins.getExtensionClasses(Channel.class, pluginId);
    if (types.isEmpty()) {
      throw new IllegalArgumentException(
          "plugin '" + pluginId + "' is not there or brings no channel; there are: " + started());
    }
    Channel channel = plugins.getExtensionFactory().create(types.getFirst());
    channel.open(settings);
    return channel;
  }

  @Override
  public void close() {
    // PF4J's own stopPlugins walks the list that stopping changes.
    started().forEach(plugins::unloadPlugin);
  }

  private static final class Manager extends DefaultPluginManager {
    Manager(Path root) {
      super(root);
    }

    @Override
    protected PluginLoader createPluginLoader() {
      return new CompoundPluginLoader().add(new Loader(this));
    }
  }

  private static final class Loader extends DefaultPluginLoader {
    Loader(PluginManager manager) {
      super(manager);
    }

    @Override
    protected PluginClassLoader createPluginClassLoader(Path path, PluginDescriptor descriptor) {
      return new PluginClassLoader(
          pluginManager, descriptor, new SpiLoader(PluginHost.class.getClassLoader()));
    }
  }

  /** Lets plugins see the SPI and PF4J of the server, and the JDK. */
  private static final class SpiLoader extends ClassLoader {
    private final ClassLoader server;

    SpiLoader(ClassLoader server) {
      super("spi", ClassLoader.getPlatformClassLoader());
      this.server = server;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("soloist.spi.") || name.startsWith("org.pf4j.")) {
        return server.loadClass(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
