package soloist.profiler.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
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
  void bringsItsClassesSchemaAndLibrariesAndNothingElse() throws Exception {
    try (PluginZip zip = PluginZip.unpack(ZIP, folder, "profiler-value")) {
      assertTrue(
          Files.readString(zip.resolve("classes/META-INF/extensions.idx"))
              .contains(ValueProfiler.class.getName()));
      assertTrue(zip.entries().contains("classes/config.schema.json"));
      for (String entry : zip.entries()) {
        assertTrue(
            entry.matches(
                "plugin.properties|classes/(META-INF|soloist/profiler/value)/.*|classes/config.schema.json"
                    + "|lib/(soloist-learning|hipparchus-[a-z]+|libsvm)-[0-9.]+\\.jar"),
            entry);
      }
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
