package soloist.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import soloist.spi.Settings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the settings of every plugin must be: a record with the keys of its {@code
 * config.schema.json}. A plugin's test implements it and runs it with its own tests.
 */
public interface SettingsContract {

  /** Reads them as the plugin does. */
  Record read(Settings settings);

  /** A value that is taken for each key that the schema requires. */
  default Map<String, String> least() {
    return Map.of();
  }

  /** What the schema says of one key. */
  default JsonNode property(String key) {
    return schema().get("properties").get(key);
  }

  /** The words of a list in the schema. */
  static List<String> words(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  private JsonNode schema() {
    try (var in = getClass().getResourceAsStream("/config.schema.json")) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  default void hasTheKeysOfTheSchema() {
    Set<String> components = new TreeSet<>();
    Arrays.stream(read(new Settings(least())).getClass().getRecordComponents())
        .map(RecordComponent::getName)
        .forEach(components::add);

    assertEquals(components, new TreeSet<>(schema().get("properties").propertyNames()));
    assertFalse(schema().get("additionalProperties").asBoolean(true));
  }

  @Test
  default void takesTheDefaultsOfTheSchema() {
    Map<String, String> defaults = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : schema().get("properties").properties()) {
      if (each.getValue().has("default")) {
        defaults.put(each.getKey(), each.getValue().get("default").asString());
      }
    }
    defaults.putAll(least());

    assertEquals(read(new Settings(defaults)), read(new Settings(least())));
  }

  @Test
  default void needsWhatTheSchemaRequires() {
    assertEquals(
        least().keySet(),
        schema().has("required") ? Set.copyOf(words(schema().get("required"))) : Set.of());
    for (String key : least().keySet()) {
      Map<String, String> without = new TreeMap<>(least());
      without.remove(key);

      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> read(new Settings(without)));
      assertTrue(String.valueOf(refusal.getMessage()).contains("'" + key + "'"));
    }
  }

  @Test
  default void explainsItsKeysInBothLanguages() {
    List<JsonNode> explained = new ArrayList<>(List.of(schema()));
    schema().get("properties").forEach(explained::add);

    for (JsonNode each : explained) {
      for (JsonNode said : List.of(each, each.get("x-zh-CN"))) {
        assertFalse(said.get("title").asString().isBlank(), each.toString());
        assertFalse(said.get("description").asString().isBlank(), each.toString());
      }
    }
  }
}
