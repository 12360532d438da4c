package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pf4j.PluginClassLoader;
import soloist.plugin.PluginHost;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Settings;

/** What ships: the server sees nothing of a plugin's libraries, a plugin nothing of the server. */
class PluginIsolationIT {
  @TempDir Path folder;

  @Test
  void aPluginLivesInALoaderOfItsOwn() throws Exception {
    try (PluginHost plugins = host()) {
      ClassLoader loader = channel(plugins).getClass().getClassLoader();

      assertEquals(
          List.of("channel-email", "connector-csv", "profiler-rfm"),
          plugins.started().stream().sorted().toList());
      assertInstanceOf(PluginClassLoader.class, loader);
      assertNotSame(PluginHost.class.getClassLoader(), loader);
      Class<?> mail = loader.loadClass("jakarta.mail.Message");
      assertSame(loader, mail.getClassLoader());
      assertSame(Message.class, loader.loadClass("soloist.spi.Message"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "soloist.Soloist",
        "soloist.lane.Row",
        "soloist.plugin.PluginHost",
        "soloist.security.Keys",
        "soloist.rules.condition.Condition",
        "io.vertx.core.Vertx",
        "com.mongodb.client.MongoClient",
        "org.bson.Document",
        "org.kie.api.KieBase",
        "com.fasterxml.jackson.core.JsonFactory"
      })
  void aPluginSeesNothingOfTheServer(String name) throws Exception {
    try (PluginHost plugins = host();
        URLClassLoader server = server()) {
      ClassLoader loader = channel(plugins).getClass().getClassLoader();

      assertThrows(ClassNotFoundException.class, () -> loader.loadClass(name));
      assertEquals(name, server.loadClass(name).getName());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jakarta.mail.Message",
        "jakarta.activation.DataHandler",
        "soloist.channel.email.EmailChannel",
        "org.junit.jupiter.api.Test"
      })
  void theServerSeesNothingOfAPlugin(String name) throws Exception {
    try (URLClassLoader server = server()) {
      assertThrows(ClassNotFoundException.class, () -> server.loadClass(name));
    }
  }

  /** The class path of the launcher: every jar of lib and nothing else. */
  private static URLClassLoader server() throws IOException {
    try (Stream<Path> jars = Files.list(Line.SHIPPED.resolve("lib"))) {
      List<Path> found = jars.toList();
      assertTrue(found.size() > 10);
      URL[] urls = new URL[found.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = found.get(i).toUri().toURL();
      }
      return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }
  }

  private PluginHost host() throws IOException {
    return new PluginHost(Line.SHIPPED.resolve("plugins"), folder);
  }

  private static Channel channel(PluginHost plugins) {
    return plugins.channel(
        "channel-email", new Settings(Map.of("host", "127.0.0.1", "from", "shop@tea.example")));
  }
}
