package soloist.profiler.basket;

import soloist.learning.basket.Mining;
import soloist.spi.Settings;

/**
 * Keys, defaults and bounds are those of {@code config.schema.json}.
 *
 * @param baskets whether a basket is an order or a customer
 * @param support part of all baskets, 0 to 1
 * @param confidence 0 to 1
 */
record BasketSettings(
    String event, Of baskets, double support, double confidence, Mining method, String trait) {

  /** What a basket is. */
  enum Of {
    ORDER,
    CUSTOMER
  }

  /**
   * Reads the settings of an instance.
   *
   * @throws IllegalArgumentException with the key and how to mend it
   */
  static BasketSettings of(Settings settings) {
    return new BasketSettings(
        settings.find("event").orElse("order"),
        switch (settings.find("baskets").orElse("order")) {
          case "order" -> Of.ORDER;
          case "customer" -> Of.CUSTOMER;
          default -> throw wrong(settings, "baskets", "order or customer");
        },
        percent(settings, "support", 1, 0.01, 50),
        percent(settings, "confidence", 20, 1, 100),
        switch (settings.find("method").orElse("auto")) {
          case "apriori" -> Mining.APRIORI;
          case "fp-growth" -> Mining.FP_GROWTH;
          case "auto", "eclat" -> Mining.ECLAT;
          default -> throw wrong(settings, "method", "auto, apriori, fp-growth or eclat");
        },
        settings.find("trait").orElse("bought_with"));
  }

  private static double percent(
      Settings settings, String key, double fallback, double least, double most) {
    try {
      double value = Double.parseDouble(settings.find(key).orElse(Double.toString(fallback)));
      if (value >= least && value <= most) {
        return value / 100;
      }
    } catch (NumberFormatException _) {
      // falls through to the sentence below, which serves both faults
    }
    throw wrong(settings, key, "a number from " + least + " to " + most);
  }

  private static IllegalArgumentException wrong(Settings settings, String key, String right) {
    return new IllegalArgumentException(
        "setting '" + key + "' must be " + right + ", but is '" + settings.text(key) + "'");
  }
}
