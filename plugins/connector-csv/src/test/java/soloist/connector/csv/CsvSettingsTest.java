package soloist.connector.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.spi.Settings;
import soloist.testkit.SettingsContract;
import tools.jackson.databind.JsonNode;

class CsvSettingsTest implements SettingsContract {
  @TempDir Path folder;

  @Override
  public CsvSettings read(Settings settings) {
    return CsvSettings.of(settings);
  }

  @Override
  public Map<String, String> least() {
    return Map.of("file", "x.csv");
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

    words.forEach(
        (key, list) -> assertEquals(SettingsContract.words(property(key).get("enum")), list, key));
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
                      ? SettingsContract.words(property.get("enum")).contains(value)
                      : value.matches(property.get("pattern").asString()),
                  key + " " + value);
            });
    assertEquals("EUR", file.survey().detected().get("currency"));
  }

  @ParameterizedTest
  @CsvSource({"encoding, latin", "dates, euro", "currency, EURO", "country, XX", "zone, Mars"})
  void saysWhatIsWrongWithAValue(String key, String value) {
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> open(key, value)).getMessage();

    assertTrue(refusal.contains("'" + key + "'") && refusal.contains(value), refusal);
  }

  private static void open(String key, String value) {
    CsvSettings.of(new Settings(Map.of("file", "x.csv", key, value)));
  }
}
