package soloist.profiler.basket;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.spi.Settings;
import soloist.testkit.SettingsContract;

class BasketSettingsTest implements SettingsContract {

  @Override
  public BasketSettings read(Settings settings) {
    return BasketSettings.of(settings);
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
}
