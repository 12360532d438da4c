package soloist.profiler.predict;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import soloist.learning.data.Preparation.Extremes;
import soloist.learning.data.Sensitive;
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
 * @param texts the same, texts
 * @param words the most of each text
 * @param selection {@code all} columns, or those that are {@code telling}
 * @param sensitive why sensitive traits are used; empty where none is
 */
record PredictSettings(
    Goal goal,
    Optional<Method> method,
    int days,
    String currency,
    String product,
    String event,
    List<String> facts,
    List<String> texts,
    int words,
    String selection,
    Extremes outliers,
    String sensitive) {

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
          "mean_price",
          "items",
          "different_products",
          "share:",
          // What it is made of cannot be seen here, and it is as of now.
          "own:",
          "spent_",
          "rfm_",
          "clv",
          "expected_orders",
          "churn",
          "retention_value",
          "referral_value");

  PredictSettings {
    facts = List.copyOf(facts);
    texts = List.copyOf(texts);
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
    String sensitive = settings.find("sensitive").orElse("");
    List<String> facts = facts("facts", settings, sensitive);
    List<String> texts = facts("texts", settings, sensitive);
    return new PredictSettings(
        goal,
        method.equals("auto")
            ? Optional.empty()
            : Optional.of(one("method", method, Method.values(), PredictSettings::word)),
        settings.number("days", goal.days(), 1, 365),
        settings.text("currency"),
        product,
        event,
        facts,
        texts,
        settings.number("words", 20, 1, 200),
        one(
            "selection",
            settings.find("selection").orElse("all"),
            new String[] {"all", "telling"},
            Function.identity()),
        one(
            "outliers",
            settings.find("outliers").orElse("keep"),
            Extremes.values(),
            Extremes::word),
        sensitive);
  }

  /** The sensitive traits that are used all the same. */
  List<String> guarded() {
    return Sensitive.among(Stream.concat(facts.stream(), texts.stream()).toList());
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

  private static List<String> facts(String key, Settings settings, String sensitive) {
    List<String> facts =
        Arrays.stream(settings.find(key).orElse("").split(",", -1))
            .map(String::strip)
            .filter(fact -> !fact.isEmpty())
            .toList();
    for (String fact : facts) {
      if (LABELS.stream().anyMatch(fact::startsWith)) {
        throw new IllegalArgumentException(
            "setting '"
                + key
                + "' names '"
                + fact
                + "', which is told from the very orders that are to be foretold: what happens later"
                + " would be known before. Take it out; the orders until then are among the facts"
                + " anyway");
      }
    }
    List<String> guarded = Sensitive.among(facts);
    if (sensitive.isEmpty() && !guarded.isEmpty()) {
      throw new IllegalArgumentException(
          "setting '"
              + key
              + "' names '"
              + guarded.getFirst()
              + "': nobody may be treated differently for that without a reason. Take it out, or say"
              + " the reason in the setting 'sensitive'; it will stand on the model's page");
    }
    return facts;
  }
}
