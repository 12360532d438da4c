package soloist.profiler.value;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import soloist.spi.Settings;
import soloist.testkit.SettingsContract;

class ValueSettingsTest implements SettingsContract {

  @Override
  public ValueSettings read(Settings settings) {
    return ValueSettings.of(settings);
  }

  @Override
  public Map<String, String> least() {
    return Map.of("currency", "EUR");
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
}
