package soloist.profiler.rfm;

import java.util.Currency;
import soloist.spi.Settings;

/** Keys, defaults and bounds are those of {@code config.schema.json}. */
record RfmSettings(String currency) {

  /**
   * Reads the settings of an instance.
   *
   * @throws IllegalArgumentException with the key and how to mend it
   */
  static RfmSettings of(Settings settings) {
    String code = settings.text("currency");
    try {
      return new RfmSettings(Currency.getInstance(code).getCurrencyCode());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "setting 'currency' must be a code of ISO 4217 such as EUR, but is '" + code + "'", e);
    }
  }
}
