package soloist.profiler.basket;

import static org.junit.jupiter.api.Assertions.assertFalse;
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
  void bringsItsClassesItsAlgorithmsAndItsSchemaAndNothingElse() throws Exception {
    try (PluginZip zip = PluginZip.unpack(ZIP, folder, "profiler-basket")) {
      assertTrue(
          Files.readString(zip.resolve("classes/META-INF/extensions.idx"))
              .contains(BasketProfiler.class.getName()));
      assertTrue(zip.entries().contains("classes/config.schema.json"));
      assertTrue(zip.entries().stream().anyMatch(entry -> entry.contains("soloist-learning")));
      for (String entry : zip.entries()) {
        assertTrue(
            entry.matches(
                "plugin.properties|classes/config.schema.json|lib/(soloist-learning|hipparchus-[a-z]+|libsvm)-[0-9.]+\\.jar"
                    + "|classes/(META-INF|soloist/profiler/basket)/.*"),
            entry);
      }
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
