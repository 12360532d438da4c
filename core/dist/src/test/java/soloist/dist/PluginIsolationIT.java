package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pf4j.PluginClassLoader;
import soloist.plugin.PluginHost;
import soloist.security.Keys;
import soloist.spi.Message;
import soloist.store.Store;

/** What ships: the server sees nothing of a plugin's libraries, a plugin nothing of the server. */
class PluginIsolationIT {
  @TempDir static Path folder;
  private static MongoServer server;
  private static Store store;

  @BeforeAll
  static void open() {
    server = new MongoServer(new MemoryBackend());
    store = new Store("mongodb://127.0.0.1:" + server.bind().getPort() + "/isolation");
  }

  @AfterAll
  static void close() {
    store.close();
    server.shutdownNow();
  }

  @Test
  void aPluginLivesInALoaderOfItsOwn() throws Exception {
    try (PluginHost plugins = host()) {
      ClassLoader loader = plugins.loader("channel-email").orElseThrow();

      assertEquals(
          List.of(
              "channel-email",
              "channel-webhook",
              "connector-csv",
              "profiler-basket",
              "profiler-cluster",
              "profiler-predict",
              "profiler-value"),
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
      ClassLoader loader = plugins.loader("channel-email").orElseThrow();

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

  private static PluginHost host() throws IOException {
    PluginHost host =
        new PluginHost(
            Line.SHIPPED.resolve("plugins"),
            folder.resolve("plugins"),
            store,
            Keys.open(folder.resolve("key")),
            Clock.systemUTC());
    host.ship();
    host.bringAll();
    return host;
  }
}
