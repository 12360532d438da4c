package soloist.profiler.value;

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
import org.junit.jupiter.api.Test;
import soloist.spi.Settings;

class ValueSettingsTest {

  @Test
  void hasTheKeysOfTheSchemaAndExplainsThemInBothLanguages() throws IOException {
    JsonNode schema = schema();
    List<String> keys = new ArrayList<>();
    schema.get("properties").fieldNames().forEachRemaining(keys::add);

    assertEquals(
        Arrays.stream(ValueSettings.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList(),
        keys);
    assertEquals("currency", schema.get("required").get(0).asText());
    ValueSettings defaults = ValueSettings.of(new Settings(Map.of("currency", "EUR")));
    assertEquals(schema.get("properties").get("months").get("default").asInt(), defaults.months());
    assertEquals(
        schema.get("properties").get("referral").get("default").asText(), defaults.referral());
    assertFalse(schema.get("additionalProperties").asBoolean(true));
    List<JsonNode> explained = new ArrayList<>(List.of(schema));
    schema.get("properties").forEach(explained::add);
    for (JsonNode each : explained) {
      for (JsonNode words : List.of(each, each.get("x-zh-CN"))) {
        assertFalse(words.get("title").asText().isBlank());
        assertFalse(words.get("description").asText().isBlank());
      }
    }
  }

  @Test
  void saysWhatIsWrongWithACurrency() {
    for (Map<String, String> values :
        List.of(Map.of("currency", "EURO"), Map.<String, String>of())) {
      String refusal =
          assertThrows(IllegalArgumentException.class, () -> ValueSettings.of(new Settings(values)))
              .getMessage();

      assertTrue(refusal.contains("'currency'"), refusal);
    }
  }

  private static JsonNode schema() throws IOException {
    try (var in = ValueSettings.class.getResourceAsStream("/config.schema.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
