package soloist.profiler.basket;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.testkit.PluginZip;
import soloist.testkit.ProfilerContract;

/** The zip that ships, loaded the way the platform loads it. */
class PluginZipIT {
  private static final Path ZIP = Path.of(System.getProperty("plugin.zip"));

  @TempDir Path folder;

  @Test
  void bringsItsClassesSchemaAndAlgorithmsAndNothingElse() throws Exception {
    try (PluginZip zip = PluginZip.unpack(ZIP, folder, "profiler-basket")) {
      zip.brings(
          BasketProfiler.class, "lib/(soloist-learning|hipparchus-[a-z]+|libsvm)-[0-9.]+\\.jar");
    }
  }

  @Test
  void findsRulesFromItsOwnClassLoader() throws Exception {
    try (PluginZip zip = PluginZip.unpack(ZIP, folder, "profiler-basket")) {
      Profiler profiler = zip.extension(Profiler.class);
      assertNotSame(BasketProfiler.class, profiler.getClass());

      profiler.open(new Settings(Map.of()));
      Profiler.Model model = profiler.fit(Shop.of(400, 1), ProfilerContract.run(1));

      assertFalse(ProfilerContract.predictions(profiler, model, Shop.of(400, 1)).isEmpty());
    }
  }
}
