package soloist.channel.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pf4j.DefaultPluginLoader;
import org.pf4j.DefaultPluginManager;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginLoader;
import org.pf4j.PluginState;
import soloist.spi.Channel;
import soloist.spi.Outcome;
import soloist.spi.Settings;
import soloist.testkit.Sample;
import soloist.testkit.SmtpSink;

/** The zip that ships, loaded the way the platform loads it. */
class PluginZipIT {
  private static final Path ZIP = Path.of(System.getProperty("plugin.zip"));

  @TempDir Path folder;

  @Test
  void namesItsExtensionInTheIndex() throws IOException {
    unpack();

    assertTrue(
        Files.readString(plugin().resolve("classes/META-INF/extensions.idx"))
            .contains(EmailChannel.class.getName()));
  }

  @Test
  void bringsItsLibrariesAndNoneOfThePlatforms() throws IOException {
    Set<String> entries = unpack();

    assertTrue(entries.contains("plugin.properties"));
    assertTrue(entries.contains("classes/config.schema.json"));
    assertTrue(entries.stream().anyMatch(entry -> entry.matches("lib/angus-mail-.*\\.jar")));
    for (String entry : entries) {
      assertFalse(entry.matches("lib/(soloist-|pf4j|jspecify|slf4j|junit|subetha).*"), entry);
      assertFalse(entry.startsWith("classes/soloist/spi/"), entry);
      if (entry.endsWith(".jar")) {
        for (String inner : names(plugin().resolve(entry))) {
          assertFalse(inner.matches("(soloist/|org/pf4j/|org/jspecify/).+\\.class"), inner);
        }
      }
    }
  }

  @Test
  void sendsFromAThreadThatSeesNothingOfThePlugin() throws Exception {
    sendsFrom(ClassLoader.getPlatformClassLoader());
  }

  @Test
  void sendsFromAThreadThatSeesAnotherJakartaMail() throws Exception {
    sendsFrom(PluginZipIT.class.getClassLoader());
  }

  private void sendsFrom(ClassLoader caller) throws Exception {
    unpack();
    var plugins = new IsolatedPlugins(folder);
    plugins.setSystemVersion("0.1.0");

    plugins.loadPlugins();
    plugins.startPlugins();

    assertEquals(PluginState.STARTED, plugins.getPlugin("channel-email").getPluginState());
    List<Channel> channels = plugins.getExtensions(Channel.class, "channel-email");
    assertEquals(1, channels.size());
    Channel channel = channels.getFirst();
    assertNotSame(EmailChannel.class, channel.getClass());
    try (SmtpSink sink = SmtpSink.start(folder.resolve("sink"))) {
      channel.open(new Settings(Opened.settings(sink.port())));
      var loaderAfterwards = new AtomicReference<ClassLoader>();
      var outcome = new CompletableFuture<Outcome>();
      Thread.startVirtualThread(
              () -> {
                Thread.currentThread().setContextClassLoader(caller);
                try {
                  outcome.complete(channel.send(Sample.message()));
                } catch (Throwable e) {
                  outcome.completeExceptionally(e);
                }
                loaderAfterwards.set(Thread.currentThread().getContextClassLoader());
              })
          .join();

      assertInstanceOf(Outcome.Accepted.class, outcome.get());
      assertEquals(caller, loaderAfterwards.get());
      assertEquals("Autumn has come, Ada", sink.ledger().only(Sample.RECIPIENT).subject());
      channel.close();
    }
    plugins.unloadPlugins();
  }

  private Path plugin() {
    return folder.resolve("channel-email");
  }

  private Set<String> unpack() throws IOException {
    Set<String> entries = new HashSet<>();
    try (var zip = new ZipInputStream(Files.newInputStream(ZIP))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = plugin().resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
          entries.add(entry.getName());
        }
      }
    }
    return entries;
  }

  private static Set<String> names(Path zip) throws IOException {
    Set<String> names = new HashSet<>();
    try (var entries = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  /** Shows a plugin the SPI, PF4J and the JDK, although Jakarta Mail is on this class path. */
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
        return PluginZipIT.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
