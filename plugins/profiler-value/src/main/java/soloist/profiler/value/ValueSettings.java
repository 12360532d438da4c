package soloist.profiler.value;

import java.util.Currency;
import soloist.spi.Settings;

/**
 * Keys, defaults and bounds are those of {@code config.schema.json}.
 *
 * @param months how far ahead it looks
 * @param risk from which chance in percent that no order comes somebody is at risk
 * @param referral the type of event by which a customer brings another; empty where there is none
 */
record ValueSettings(String currency, int months, int risk, String referral) {
  private static final double WEEKS_A_MONTH = 365.25 / 12 / 7;

  /**
   * Reads the settings of an instance.
   *
   * @throws IllegalArgumentException with the key and how to mend it
   */
  static ValueSettings of(Settings settings) {
    String code = settings.text("currency");
    int months = settings.number("months", 12, 1, 36);
    int risk = settings.number("risk", 50, 5, 95);
    String referral = settings.find("referral").orElse("");
    try {
      return new ValueSettings(
          Currency.getInstance(code).getCurrencyCode(), months, risk, referral);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "setting 'currency' must be a code of ISO 4217 such as EUR, but is '" + code + "'", e);
    }
  }

  double weeks() {
    return months * WEEKS_A_MONTH;
  }
}
