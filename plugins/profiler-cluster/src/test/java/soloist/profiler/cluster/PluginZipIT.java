package soloist.profiler.cluster;

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
    try (PluginZip zip = PluginZip.unpack(ZIP, folder, "profiler-cluster")) {
      zip.brings(
          ClusterProfiler.class, "lib/(soloist-learning|hipparchus-[a-z]+|libsvm)-[0-9.]+\\.jar");
    }
  }

  @Test
  void findsGroupsFromItsOwnClassLoader() throws Exception {
    try (PluginZip zip = PluginZip.unpack(ZIP, folder, "profiler-cluster")) {
      Profiler profiler = zip.extension(Profiler.class);
      assertNotSame(ClusterProfiler.class, profiler.getClass());

      profiler.open(new Settings(Map.of("numbers", "orders, spent_EUR")));
      Profiler.Model model = profiler.fit(People.of(100, 1), ProfilerContract.run(1));

      assertEquals(90, ProfilerContract.predictions(profiler, model, People.of(100, 1)).size());
    }
  }
}
