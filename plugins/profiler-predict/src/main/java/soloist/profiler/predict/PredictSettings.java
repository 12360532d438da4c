package soloist.profiler.predict;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import soloist.learning.predict.Method;
import soloist.spi.Settings;

/**
 * Keys, defaults and bounds are those of {@code config.schema.json}.
 *
 * @param method empty where the best of all is taken
 * @param days within how many it happens
 * @param product whose order is foretold, with the goal {@code propensity}
 * @param event whose coming is foretold, with the goal {@code risk}
 * @param facts traits to learn from beside the orders, numbers
 */
record PredictSettings(
    Goal goal,
    Optional<Method> method,
    int days,
    String currency,
    String product,
    String event,
    List<String> facts) {

  /** Traits that hang on what is to be foretold, by how their keys begin. */
  private static final List<String> LABELS =
      List.of(
          "p_",
          "orders",
          "last_",
          "last:",
          "first_order",
          "times_",
          "times:",
          "average_order",
          "spent_",
          "rfm_",
          "clv",
          "expected_orders",
          "churn",
          "retention_value",
          "referral_value");

  /** What nobody may be treated differently for, by words in the key. */
  private static final List<String> SENSITIVE =
      List.of(
          "gender",
          "sex",
          "race",
          "ethnic",
          "religion",
          "nationality",
          "disab",
          "health",
          "orientation",
          "politic");

  PredictSettings {
    facts = List.copyOf(facts);
  }

  /**
   * Reads the settings of an instance.
   *
   * @throws IllegalArgumentException with the key and how to mend it
   */
  static PredictSettings of(Settings settings) {
    Goal goal = one("goal", settings.text("goal"), Goal.values(), Goal::word);
    String method = settings.find("method").orElse("auto");
    String product = settings.find("product").orElse("");
    String event = settings.find("event").orElse("");
    if (goal == Goal.PROPENSITY && product.isEmpty()) {
      throw new IllegalArgumentException(
          "setting 'product' is missing: name the product whose orders are to be foretold");
    }
    if (goal == Goal.RISK && event.isEmpty()) {
      throw new IllegalArgumentException(
          "setting 'event' is missing: name the type of event that is to be foretold, such as"
              + " returned");
    }
    return new PredictSettings(
        goal,
        method.equals("auto")
            ? Optional.empty()
            : Optional.of(one("method", method, Method.values(), PredictSettings::word)),
        settings.number("days", goal.days(), 1, 365),
        settings.text("currency"),
        product,
        event,
        facts(settings.find("facts").orElse("")));
  }

  static String word(Method method) {
    return method.name().toLowerCase(Locale.ROOT);
  }

  private static <T> T one(String key, String word, T[] all, Function<T, String> words) {
    return Arrays.stream(all)
        .filter(each -> words.apply(each).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "setting '"
                        + key
                        + "' must be one of "
                        + String.join(", ", Arrays.stream(all).map(words).toList())
                        + ", but is '"
                        + word
                        + "'"));
  }

  private static List<String> facts(String listed) {
    List<String> facts =
        Arrays.stream(listed.split(",", -1))
            .map(String::strip)
            .filter(key -> !key.isEmpty())
            .toList();
    for (String fact : facts) {
      if (LABELS.stream().anyMatch(fact::startsWith)) {
        throw new IllegalArgumentException(
            "setting 'facts' names '"
                + fact
                + "', which is told from the very orders that are to be foretold: what happens later"
                + " would be known before. Take it out; the orders until then are among the facts"
                + " anyway");
      }
      if (SENSITIVE.stream().anyMatch(fact.toLowerCase(Locale.ROOT)::contains)) {
        throw new IllegalArgumentException(
            "setting 'facts' names '"
                + fact
                + "': nobody may be treated differently for that. Take it out");
      }
    }
    return facts;
  }
}
