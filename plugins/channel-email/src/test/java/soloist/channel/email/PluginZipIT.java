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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Channel;
import soloist.spi.Outcome;
import soloist.spi.Settings;
import soloist.testkit.PluginZip;
import soloist.testkit.Sample;
import soloist.testkit.SmtpSink;

/** The zip that ships, loaded the way the platform loads it. */
class PluginZipIT {
  private static final Path ZIP = Path.of(System.getProperty("plugin.zip"));

  @TempDir Path folder;

  @Test
  void namesItsExtensionInTheIndex() throws IOException {
    try (PluginZip plugin = unpacked()) {
      assertTrue(
          Files.readString(plugin.resolve("classes/META-INF/extensions.idx"))
              .contains(EmailChannel.class.getName()));
    }
  }

  @Test
  void bringsItsLibrariesAndNoneOfThePlatforms() throws IOException {
    try (PluginZip plugin = unpacked()) {
      Set<String> entries = plugin.entries();

      assertTrue(entries.contains("plugin.properties"));
      assertTrue(entries.contains("classes/config.schema.json"));
      assertTrue(entries.stream().anyMatch(entry -> entry.matches("lib/angus-mail-.*\\.jar")));
      for (String entry : entries) {
        assertFalse(entry.matches("lib/(soloist-|pf4j|jspecify|slf4j|junit|subetha).*"), entry);
        assertFalse(entry.startsWith("classes/soloist/spi/"), entry);
        if (entry.endsWith(".jar")) {
          for (String inner : names(plugin.resolve(entry))) {
            assertFalse(inner.matches("(soloist/|org/pf4j/|org/jspecify/).+\\.class"), inner);
          }
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
    try (PluginZip plugin = unpacked();
        SmtpSink sink = SmtpSink.start(folder.resolve("sink"))) {
      Channel channel = plugin.extension(Channel.class);
      assertNotSame(EmailChannel.class, channel.getClass());
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
  }

  private PluginZip unpacked() throws IOException {
    return PluginZip.unpack(ZIP, folder.resolve("plugins"), "channel-email");
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
}
