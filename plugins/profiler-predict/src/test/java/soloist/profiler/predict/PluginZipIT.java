package soloist.profiler.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Profiler;
import soloist.testkit.PluginZip;
import soloist.testkit.ProfilerContract;

/** The zip that ships, loaded the way the platform loads it. */
class PluginZipIT {
  private static final Path ZIP = Path.of(System.getProperty("plugin.zip"));

  @TempDir Path folder;

  @Test
  void bringsItsClassesSchemaAndLibrariesAndNothingElse() throws Exception {
    try (PluginZip zip = PluginZip.unpack(ZIP, folder, "profiler-predict")) {
      assertTrue(
          Files.readString(zip.resolve("classes/META-INF/extensions.idx"))
              .contains(PredictProfiler.class.getName()));
      assertTrue(zip.entries().contains("classes/config.schema.json"));
      for (String entry : zip.entries()) {
        assertTrue(
            entry.matches(
                "plugin.properties|classes/(META-INF|soloist/profiler/predict)/.*|classes/config.schema.json"
                    + "|lib/(soloist-learning|hipparchus-[a-z]+|libsvm)-[0-9.]+\\.jar"),
            entry);
      }
    }
  }

  @Test
  void learnsInItsOwnClassLoader() throws Exception {
    try (PluginZip zip = PluginZip.unpack(ZIP, folder, "profiler-predict")) {
      Profiler profiler = zip.extension(Profiler.class);
      assertNotSame(PredictProfiler.class, profiler.getClass());

      profiler.open(Shop.settings(Map.of("method", "vectors")));
      Profiler.Model model = profiler.fit(Shop.of(500, 1), ProfilerContract.run(1));

      assertEquals(450, ProfilerContract.predictions(profiler, model, Shop.of(500, 1)).size());
    }
  }
}
