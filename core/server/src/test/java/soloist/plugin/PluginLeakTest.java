package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Channel;
import soloist.spi.Settings;
import soloist.testkit.Eventually;
import soloist.testkit.Sample;

/** What a plugin that is gone leaves: nothing. */
class PluginLeakTest {
  private static final int ROUNDS = Boolean.getBoolean("soloist.slow") ? 200 : 20;

  @TempDir private Path folder;

  @Test
  void classesThreadsAndFilesOfARemovedPluginAreGone() throws IOException {
    try (Hosted hosted = new Hosted(folder).start()) {
      round(hosted, new ArrayList<>());
      List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
      List<String> files = files(hosted.home);
      // Threads that rest end after ten seconds; those of plugins end with the plugin.
      long threads = threadsOfPlugins();

      for (int i = 0; i < ROUNDS; i++) {
        round(hosted, loaders);
      }

      assertEquals(ROUNDS, loaders.size());
      Eventually.until(
          Duration.ofSeconds(20),
          "class loaders to be collected",
          () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
          });
      Eventually.until(
          Duration.ofSeconds(5), "threads to end", () -> threadsOfPlugins() <= threads);
      assertEquals(files, files(hosted.home));
    }
  }

  /** Shows that the test would see it: a reference that is kept keeps the loader. */
  @Test
  void aKeptObjectOfAPluginIsFound() throws IOException {
    try (Hosted hosted = new Hosted(folder).start()) {
      hosted.install(TestPlugin.good("it", "1.0.0"));
      ClassLoader kept = hosted.plugins().loader("it").orElseThrow();
      var loader = new WeakReference<>(kept);

      hosted.done("plugins/it/remove", new JsonObject());
      System.gc();

      assertEquals(kept, loader.get());
    }
  }

  private static void round(Hosted hosted, List<WeakReference<ClassLoader>> loaders) {
    hosted.install(TestPlugin.good("it", "1.0.0").source("sample.Wrong"));
    Channel channel = hosted.plugins().channel("it", new Settings(Map.of()));
    channel.send(Sample.message());
    loaders.add(new WeakReference<>(hosted.plugins().loader("it").orElseThrow()));
    channel.close();
    hosted.done("plugins/it/disable", new JsonObject());
    hosted.done("plugins/it/enable", new JsonObject());
    hosted.done("plugins/it/remove", new JsonObject());
    assertTrue(hosted.states().isEmpty());
  }

  private static long threadsOfPlugins() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("plugin-"))
        .count();
  }

  private static List<String> files(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.map(file -> home.relativize(file).toString()).sorted().toList();
    }
  }
}
