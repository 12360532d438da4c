package soloist.connector.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Connector;
import soloist.spi.Fetched;
import soloist.spi.Settings;
import soloist.testkit.PluginZip;
import soloist.testkit.Pulled;

/** The zip that ships, loaded the way the platform loads it. */
class PluginZipIT {
  private static final Path ZIP = Path.of(System.getProperty("plugin.zip"));

  @TempDir Path folder;

  @Test
  void bringsItsClassesSchemaAndSamplesAndNothingElse() throws Exception {
    try (PluginZip zip = PluginZip.unpack(ZIP, folder, "connector-csv")) {
      zip.brings(CsvConnector.class, "classes/samples/.*");
      assertTrue(zip.entries().contains("classes/samples/customer_data.csv"));
    }
  }

  @Test
  void readsAFileFromItsOwnClassLoader() throws Exception {
    try (PluginZip zip = PluginZip.unpack(ZIP, folder, "connector-csv")) {
      Connector connector = zip.extension(Connector.class);
      assertNotSame(CsvConnector.class, connector.getClass());
      Path sample = zip.resolve("classes/samples/customer_data.csv");

      connector.open(new Settings(Map.of("file", sample.toString())));
      List<Fetched.Customer> customers = Pulled.from(connector, "").of(Fetched.Customer.class);

      assertEquals(60, customers.size());
      assertFalse(customers.getFirst().traits().isEmpty());
    }
  }
}
