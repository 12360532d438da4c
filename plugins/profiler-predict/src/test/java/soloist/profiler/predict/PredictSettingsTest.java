package soloist.profiler.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import soloist.learning.predict.Method;
import soloist.spi.Settings;
import soloist.testkit.SettingsContract;

class PredictSettingsTest implements SettingsContract {

  @Override
  public PredictSettings read(Settings settings) {
    return PredictSettings.of(settings);
  }

  @Override
  public Map<String, String> least() {
    return Map.of("goal", "churn", "currency", "EUR");
  }

  @Test
  void takesTheWordsOfTheSchema() {
    assertEquals(
        Arrays.stream(Goal.values()).map(Goal::word).toList(),
        SettingsContract.words(property("goal").get("enum")));
    List<String> methods = new ArrayList<>(List.of("auto"));
    Arrays.stream(Method.values()).map(PredictSettings::word).forEach(methods::add);
    assertEquals(methods, SettingsContract.words(property("method").get("enum")));
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
}
