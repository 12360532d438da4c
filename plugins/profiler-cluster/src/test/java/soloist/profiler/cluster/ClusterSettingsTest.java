package soloist.profiler.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.spi.Settings;
import soloist.testkit.SettingsContract;

class ClusterSettingsTest implements SettingsContract {

  @Override
  public ClusterSettings read(Settings settings) {
    return ClusterSettings.of(settings);
  }

  @Override
  public Map<String, String> least() {
    return Map.of("numbers", "orders");
  }

  @Test
  void takesEveryTimeAndTheFirstNumberWhereNoneIsNamed() {
    ClusterSettings settings = read(new Settings(least()));

    assertEquals(List.of("orders", "last_order"), settings.columns());
    assertEquals("orders", settings.value());
    assertNull(settings.method());
  }

  @Test
  void takesNoTimesWhereTheyWereEmptied() {
    assertEquals(
        List.of("a", "b"),
        ClusterSettings.of(new Settings(Map.of("numbers", " a,b ", "times", ""))).columns());
  }

  @ParameterizedTest
  @CsvSource({
    "numbers, ' , '",
    "numbers, 'orders, orders'",
    "times, orders",
    "method, magic",
    "groups, 1",
    "groups, 21",
    "joining, glue",
    "value, age",
    "trait, orders"
  })
  void saysWhichKeyIsWrong(String key, String value) {
    Map<String, String> values = new TreeMap<>(Map.of("numbers", "orders"));
    values.put(key, value);

    String refusal =
        assertThrows(IllegalArgumentException.class, () -> ClusterSettings.of(new Settings(values)))
            .getMessage();

    assertTrue(refusal.contains("'" + key + "'"), refusal);
  }
}
