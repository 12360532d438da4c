package soloist.profiler.rfm;

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

class RfmSettingsTest {

  @Test
  void hasTheKeysOfTheSchemaAndExplainsThemInBothLanguages() throws IOException {
    JsonNode schema = schema();
    List<String> keys = new ArrayList<>();
    schema.get("properties").fieldNames().forEachRemaining(keys::add);

    assertEquals(
        Arrays.stream(RfmSettings.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList(),
        keys);
    assertEquals(keys, List.of(schema.get("required").get(0).asText()));
    assertFalse(schema.get("additionalProperties").asBoolean(true));
    for (JsonNode each : List.of(schema, schema.get("properties").get("currency"))) {
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
          assertThrows(IllegalArgumentException.class, () -> RfmSettings.of(new Settings(values)))
              .getMessage();

      assertTrue(refusal.contains("'currency'"), refusal);
    }
  }

  private static JsonNode schema() throws IOException {
    try (var in = RfmSettings.class.getResourceAsStream("/config.schema.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
