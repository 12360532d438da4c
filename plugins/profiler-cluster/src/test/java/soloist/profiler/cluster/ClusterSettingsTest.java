package soloist.profiler.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.spi.Settings;

class ClusterSettingsTest {

  @Test
  void hasTheKeysOfTheSchemaAndExplainsThemInBothLanguages() throws IOException {
    JsonNode schema = schema();
    List<String> keys = new ArrayList<>();
    schema.get("properties").fieldNames().forEachRemaining(keys::add);

    assertEquals(
        Arrays.stream(ClusterSettings.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList(),
        keys);
    assertFalse(schema.get("additionalProperties").asBoolean(true));
    List<JsonNode> all = new ArrayList<>(List.of(schema));
    schema.get("properties").forEach(all::add);
    for (JsonNode each : all) {
      for (JsonNode words : List.of(each, each.get("x-zh-CN"))) {
        assertFalse(words.get("title").asText().isBlank());
        assertFalse(words.get("description").asText().isBlank());
      }
    }
  }

  @Test
  void takesTheDefaultsOfTheSchema() throws IOException {
    Map<String, String> defaults = new TreeMap<>(Map.of("numbers", "orders"));
    schema()
        .get("properties")
        .properties()
        .forEach(
            each -> {
              if (each.getValue().has("default")) {
                defaults.put(each.getKey(), each.getValue().get("default").asText());
              }
            });

    ClusterSettings settings = ClusterSettings.of(new Settings(Map.of("numbers", "orders")));

    assertEquals(ClusterSettings.of(new Settings(defaults)), settings);
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

  private static JsonNode schema() throws IOException {
    try (var in = ClusterSettings.class.getResourceAsStream("/config.schema.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
