package soloist.profiler.predict;

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
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import soloist.learning.predict.Method;
import soloist.spi.Settings;

class PredictSettingsTest {

  @Test
  void hasTheKeysOfTheSchemaAndExplainsThemInBothLanguages() throws IOException {
    JsonNode schema = schema();
    JsonNode properties = schema.get("properties");
    List<String> keys = new ArrayList<>();
    properties.fieldNames().forEachRemaining(keys::add);

    assertEquals(
        new TreeSet<>(
            Arrays.stream(PredictSettings.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList()),
        new TreeSet<>(keys));
    assertEquals(
        Arrays.stream(Goal.values()).map(Goal::word).toList(), words(properties.get("goal")));
    List<String> methods = new ArrayList<>(List.of("auto"));
    Arrays.stream(Method.values()).map(PredictSettings::word).forEach(methods::add);
    assertEquals(methods, words(properties.get("method")));
    assertFalse(schema.get("additionalProperties").asBoolean(true));
    List<JsonNode> explained = new ArrayList<>(List.of(schema));
    properties.forEach(explained::add);
    for (JsonNode each : explained) {
      for (JsonNode said : List.of(each, each.get("x-zh-CN"))) {
        assertFalse(said.get("title").asText().isBlank());
        assertFalse(said.get("description").asText().isBlank());
      }
    }
  }

  @Test
  void takesTheDaysOfTheGoalWhereNoneAreNamed() {
    assertEquals(90, read(Map.of("goal", "churn", "currency", "EUR")).days());
    assertEquals(30, read(Map.of("goal", "next-purchase", "currency", "EUR")).days());
  }

  @Test
  void saysWhichSettingIsMissing() {
    for (Map.Entry<String, Map<String, String>> each :
        Map.of(
                "'goal'", Map.of("currency", "EUR"),
                "'product'", Map.of("goal", "propensity", "currency", "EUR"),
                "'event'", Map.of("goal", "risk", "currency", "EUR"),
                "'method'", Map.of("goal", "churn", "currency", "EUR", "method", "magic"))
            .entrySet()) {
      String refusal =
          assertThrows(IllegalArgumentException.class, () -> read(each.getValue())).getMessage();

      assertTrue(refusal.contains(each.getKey()), refusal);
    }
  }

  private static PredictSettings read(Map<String, String> values) {
    return PredictSettings.of(new Settings(values));
  }

  private static List<String> words(JsonNode property) {
    List<String> words = new ArrayList<>();
    property.get("enum").forEach(word -> words.add(word.asText()));
    return words;
  }

  private static JsonNode schema() throws IOException {
    try (var in = PredictSettings.class.getResourceAsStream("/config.schema.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
