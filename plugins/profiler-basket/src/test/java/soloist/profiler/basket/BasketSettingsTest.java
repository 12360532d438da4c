package soloist.profiler.basket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

class BasketSettingsTest {

  @Test
  void hasTheKeysOfTheSchemaAndExplainsThemInBothLanguages() throws IOException {
    JsonNode schema = schema();
    List<String> keys = new ArrayList<>();
    schema.get("properties").fieldNames().forEachRemaining(keys::add);

    assertEquals(
        Arrays.stream(BasketSettings.class.getRecordComponents())
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
    Map<String, String> defaults = new TreeMap<>();
    schema()
        .get("properties")
        .properties()
        .forEach(each -> defaults.put(each.getKey(), each.getValue().get("default").asText()));

    assertEquals(
        BasketSettings.of(new Settings(defaults)), BasketSettings.of(new Settings(Map.of())));
  }

  @ParameterizedTest
  @CsvSource({
    "baskets, cart",
    "support, 0",
    "support, 51",
    "support, NaN",
    "support, much",
    "confidence, 0.5",
    "method, magic"
  })
  void saysWhichKeyIsWrong(String key, String value) {
    String refusal =
        assertThrows(
                IllegalArgumentException.class,
                () -> BasketSettings.of(new Settings(Map.of(key, value))))
            .getMessage();

    assertTrue(refusal.contains("'" + key + "'"), refusal);
    assertTrue(refusal.endsWith("'" + value + "'"), refusal);
  }

  private static JsonNode schema() throws IOException {
    try (var in = BasketSettings.class.getResourceAsStream("/config.schema.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
