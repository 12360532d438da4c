package soloist.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.pf4j.DefaultPluginLoader;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ExtensionPoint;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginLoader;

/** A plugin's zip, unpacked and loaded as the platform does: it sees the SPI, PF4J and the JDK. */
public final class PluginZip implements AutoCloseable {
  private final Path folder;
  private final String id;
  private final Set<String> entries = new HashSet<>();
  private final DefaultPluginManager plugins;

  private PluginZip(Path folder, String id) {
    this.folder = folder;
    this.id = id;
    this.plugins = new IsolatedPlugins(folder);
    plugins.setSystemVersion("0.1.0");
  }

  /**
   * @param folder an empty one
   */
  public static PluginZip unpack(Path zip, Path folder, String id) throws IOException {
    var unpacked = new PluginZip(folder, id);
    try (var in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          Path target = unpacked.resolve(entry.getName());
          Files.createDirectories(target.getParent());
          Files.copy(in, target);
          unpacked.entries.add(entry.getName());
        }
      }
    }
    return unpacked;
  }

  /**
   * Says so unless it names its extension, brings its schema and the classes of the extension's
   * package, and nothing else but entries that match {@code others} as a whole.
   */
  public void brings(Class<?> extension, String others) throws IOException {
    String own = extension.getPackageName().replace('.', '/');
    assertTrue(
        Files.readString(resolve("classes/META-INF/extensions.idx")).contains(extension.getName()));
    assertTrue(entries.contains("classes/config.schema.json"));
    for (String entry : entries) {
      assertTrue(
          entry.matches(
              "plugin\\.properties|classes/(config\\.schema\\.json|META-INF/.*|"
                  + own
                  + "/.*)|"
                  + others),
          entry);
    }
  }

  /** The names of its files. */
  public Set<String> entries() {
    return Set.copyOf(entries);
  }

  public Path resolve(String entry) {
    return folder.resolve(id).resolve(entry);
  }

  /** A new object of the one extension of this type. */
  public <T extends ExtensionPoint> T extension(Class<T> type) {
    plugins.loadPlugins();
    plugins.startPlugins();
    List<T> extensions = plugins.getExtensions(type, id);
    if (extensions.size() != 1) {
      throw new AssertionError(extensions.size() + " extensions, " + plugins.getPlugins());
    }
    return extensions.getFirst();
  }

  @Override
  public void close() {
    plugins.unloadPlugins();
  }

  private static final class IsolatedPlugins extends DefaultPluginManager {
    IsolatedPlugins(Path root) {
      super(root);
    }

    @Override
    protected PluginLoader createPluginLoader() {
      return new DefaultPluginLoader(this) {
        @Override
        protected PluginClassLoader createPluginClassLoader(
            Path path, PluginDescriptor descriptor) {
          return new PluginClassLoader(pluginManager, descriptor, new SpiOnly());
        }
      };
    }
  }

  private static final class SpiOnly extends ClassLoader {
    SpiOnly() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.matches("(soloist\\.spi|org\\.pf4j|org\\.slf4j|org\\.jspecify)\\..*")) {
        return PluginZip.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
