package soloist.profiler.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
    try (PluginZip zip = PluginZip.unpack(ZIP, folder, "profiler-value")) {
      zip.brings(
          ValueProfiler.class, "lib/(soloist-learning|hipparchus-[a-z]+|libsvm)-[0-9.]+\\.jar");
    }
  }

  @Test
  void scoresFromItsOwnClassLoader() throws Exception {
    try (PluginZip zip = PluginZip.unpack(ZIP, folder, "profiler-value")) {
      Profiler profiler = zip.extension(Profiler.class);
      assertNotSame(ValueProfiler.class, profiler.getClass());

      profiler.open(new Settings(Map.of("currency", "EUR")));
      Profiler.Model model = profiler.fit(People.of(500, 1), ProfilerContract.run(1));

      assertEquals(450, ProfilerContract.predictions(profiler, model, People.of(500, 1)).size());
    }
  }
}
