package soloist.channel.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.spi.Settings;

class EmailSettingsTest {
  private static final Map<String, String> LEAST =
      Map.of("host", "smtp.example.com", "from", "news@shop.example");

  private final JsonNode schema = schema();

  @Test
  void hasTheKeysOfTheSchema() {
    Set<String> components =
        Arrays.stream(EmailSettings.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());

    Set<String> keys = new LinkedHashSet<>();
    schema.get("properties").fieldNames().forEachRemaining(keys::add);

    assertEquals(components, keys);
    assertFalse(schema.get("additionalProperties").asBoolean(true));
  }

  @Test
  void hasTheDefaultsOfTheSchema() throws ReflectiveOperationException {
    EmailSettings settings = EmailSettings.of(new Settings(LEAST));

    for (RecordComponent component : EmailSettings.class.getRecordComponents()) {
      JsonNode property = property(component.getName());
      Object value = component.getAccessor().invoke(settings);
      if (!LEAST.containsKey(component.getName())) {
        assertEquals(
            property.has("default") ? property.get("default").asText() : "null",
            String.valueOf(value).toLowerCase(Locale.ROOT),
            component.getName());
      }
    }
  }

  @Test
  void needsWhatTheSchemaRequires() {
    assertEquals(LEAST.keySet(), Set.copyOf(strings(schema.get("required"))));
    for (String key : LEAST.keySet()) {
      var without = new HashMap<>(LEAST);
      without.remove(key);

      assertTrue(refusal(without).contains("'" + key + "'"));
    }
  }

  @Test
  void hasTheBoundsOfTheSchema() {
    for (RecordComponent component : EmailSettings.class.getRecordComponents()) {
      String key = component.getName();
      if (component.getType() == int.class) {
        int least = property(key).get("minimum").asInt();
        int most = property(key).get("maximum").asInt();

        EmailSettings.of(with(key, Integer.toString(least)));
        EmailSettings.of(with(key, Integer.toString(most)));
        assertTrue(refusal(key, Integer.toString(least - 1)).contains("'" + key + "'"));
        assertTrue(refusal(key, Integer.toString(most + 1)).contains("'" + key + "'"));
      }
    }
  }

  @Test
  void takesTheWordsOfTheSchemaForSecurity() {
    List<String> words = strings(property("security").get("enum"));

    assertEquals(
        Arrays.stream(EmailSettings.Security.values())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList(),
        words);
    words.forEach(word -> EmailSettings.of(with("security", word)));
  }

  @Test
  void isExplainedInBothLanguages() {
    schema
        .get("properties")
        .properties()
        .forEach(
            each -> {
              for (JsonNode words : List.of(each.getValue(), each.getValue().get("x-zh-CN"))) {
                assertFalse(words.get("title").asText().isBlank(), each.getKey());
                assertFalse(words.get("description").asText().isBlank(), each.getKey());
              }
            });
    assertTrue(property("password").get("x-secret").asBoolean());
    assertTrue(property("password").get("writeOnly").asBoolean());
  }

  @ParameterizedTest
  @CsvSource({
    "port,        many,            whole number",
    "security,    ssl,             'none, starttls, tls'",
    "host,        'a b',           no name of a server",
    "from,        news,            name@domain",
    "from,        news@a@\u760a.example, could end a line",
    "replyTo,     nobody,          'replyTo'",
    "username,    ada,             belong together",
    "password,    secret,          belong together"
  })
  void saysWhatIsWrongWithAValue(String key, String value, String sentence) {
    assertTrue(refusal(key, value).contains(sentence), refusal(key, value));
  }

  @Test
  void refusesASenderNameThatCouldStartAHeader() {
    assertTrue(refusal("fromName", "Shop\r\nBcc: all@example.com").contains("one line"));
  }

  @Test
  void sendsNoPasswordToAnotherMachineInTheClear() {
    var settings = new HashMap<>(LEAST);
    settings.putAll(Map.of("security", "none", "username", "ada", "password", "secret"));

    assertTrue(refusal(settings).contains("'security'"));
    settings.put("host", "localhost");
    EmailSettings.of(new Settings(settings));
  }

  @Test
  void keepsThePasswordToItself() {
    var settings = new HashMap<>(LEAST);
    settings.putAll(Map.of("username", "ada", "password", "s3cret"));

    assertFalse(EmailSettings.of(new Settings(settings)).toString().contains("s3cret"));
  }

  private static Settings with(String key, String value) {
    var settings = new HashMap<>(LEAST);
    settings.put(key, value);
    return new Settings(settings);
  }

  private static String refusal(String key, String value) {
    return refusal(with(key, value).values());
  }

  private static String refusal(Map<String, String> settings) {
    return assertThrows(
            IllegalArgumentException.class, () -> EmailSettings.of(new Settings(settings)))
        .getMessage();
  }

  private JsonNode property(String key) {
    return schema.get("properties").get(key);
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  private static JsonNode schema() {
    try (var in = EmailSettings.class.getResourceAsStream("/config.schema.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
