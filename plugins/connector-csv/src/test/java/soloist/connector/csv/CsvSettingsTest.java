package soloist.connector.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.spi.Settings;

class CsvSettingsTest {
  private final JsonNode schema = schema();

  @TempDir Path folder;

  @Test
  void hasTheKeysOfTheSchema() {
    Set<String> components =
        Arrays.stream(CsvSettings.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> keys = new TreeSet<>();
    schema.get("properties").fieldNames().forEachRemaining(keys::add);

    assertEquals(components, keys);
    assertFalse(schema.get("additionalProperties").asBoolean(true));
    assertEquals(List.of("file"), strings(schema.get("required")));
  }

  @Test
  void hasTheDefaultsOfTheSchema() throws ReflectiveOperationException {
    CsvSettings settings = CsvSettings.of(new Settings(Map.of("file", "x.csv")));

    for (RecordComponent component : CsvSettings.class.getRecordComponents()) {
      JsonNode property = property(component.getName());
      if (!component.getName().equals("file")) {
        assertEquals(
            property.has("default") ? property.get("default").asText() : "null",
            String.valueOf(component.getAccessor().invoke(settings)),
            component.getName());
      }
    }
  }

  @Test
  void takesTheWordsOfTheSchema() {
    Map<String, List<String>> words =
        Map.of(
            "encoding", CsvSettings.ENCODINGS,
            "delimiter", CsvSettings.DELIMITERS,
            "decimal", CsvSettings.DECIMALS,
            "dates", CsvSettings.DATES,
            "header", CsvSettings.HEADERS,
            "kind", CsvSettings.KINDS);

    words.forEach((key, list) -> assertEquals(strings(property(key).get("enum")), list, key));
    words.forEach((key, list) -> list.forEach(word -> open(key, word)));
  }

  @Test
  void findsNothingThatCouldNotBeSet() throws IOException {
    Written file = Written.text(folder, "order no\tdate\tamount\tproduct\nA1\t3/4/2024\t€5\tx\n");

    file.survey()
        .detected()
        .forEach(
            (key, value) -> {
              JsonNode property = property(key);
              assertTrue(
                  property.has("enum")
                      ? strings(property.get("enum")).contains(value)
                      : value.matches(property.get("pattern").asText()),
                  key + " " + value);
            });
    assertEquals("EUR", file.survey().detected().get("currency"));
  }

  @Test
  void isExplainedInBothLanguages() {
    List<JsonNode> explained = new ArrayList<>(List.of(schema));
    schema.get("properties").properties().forEach(each -> explained.add(each.getValue()));

    for (JsonNode each : explained) {
      for (JsonNode words : List.of(each, each.get("x-zh-CN"))) {
        assertFalse(words.get("title").asText().isBlank());
        assertFalse(words.get("description").asText().isBlank());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"encoding, latin", "dates, euro", "currency, EURO", "country, XX", "zone, Mars"})
  void saysWhatIsWrongWithAValue(String key, String value) {
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> open(key, value)).getMessage();

    assertTrue(refusal.contains("'" + key + "'") && refusal.contains(value), refusal);
  }

  @Test
  void needsAFile() {
    assertThrows(IllegalArgumentException.class, () -> CsvSettings.of(new Settings(Map.of())));
  }

  private static void open(String key, String value) {
    CsvSettings.of(new Settings(Map.of("file", "x.csv", key, value)));
  }

  private JsonNode property(String key) {
    return schema.get("properties").get(key);
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(each -> strings.add(each.asText()));
    return strings;
  }

  private static JsonNode schema() {
    try (var in = CsvSettings.class.getResourceAsStream("/config.schema.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
