package soloist.profiler.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import soloist.learning.cluster.Advice.Method;
import soloist.learning.data.Preparation.Extremes;
import soloist.learning.data.Sensitive;
import soloist.spi.Settings;

/**
 * Keys, defaults and bounds are those of {@code config.schema.json}.
 *
 * @param method null when it is to be found
 * @param groups 0 when their number is to be found
 * @param value one of the numbers or times
 * @param words the most of each text
 * @param selection {@code all} columns, those that are {@code telling}, or their {@code components}
 * @param sensitive why sensitive traits are used; empty where none is
 */
record ClusterSettings(
    List<String> numbers,
    List<String> times,
    @Nullable Method method,
    int groups,
    Joining joining,
    String value,
    String trait,
    List<String> texts,
    int words,
    String selection,
    Extremes outliers,
    String sensitive) {
  private static final int MOST_GROUPS = 20;

  ClusterSettings {
    numbers = List.copyOf(numbers);
    times = List.copyOf(times);
    texts = List.copyOf(texts);
  }

  /**
   * Reads the settings of an instance.
   *
   * @throws IllegalArgumentException with the key and how to mend it
   */
  static ClusterSettings of(Settings settings) {
    List<String> numbers = keys(settings.text("numbers"));
    // A setting that was emptied is not there for find, so that the default would be back.
    List<String> times = keys(settings.values().getOrDefault("times", "last_order"));
    List<String> texts = keys(settings.find("texts").orElse(""));
    List<String> all = new ArrayList<>(numbers);
    all.addAll(times);
    Set<String> different = new HashSet<>(all);
    different.addAll(texts);
    if (numbers.isEmpty() || different.size() < all.size() + texts.size()) {
      throw new IllegalArgumentException(
          "settings 'numbers', 'times' and 'texts' must name at least one number, and each trait"
              + " once");
    }
    String sensitive = settings.find("sensitive").orElse("");
    List<String> guarded = Sensitive.among(different);
    if (sensitive.isEmpty() && !guarded.isEmpty()) {
      throw new IllegalArgumentException(
          "setting 'sensitive' is missing: '"
              + guarded.getFirst()
              + "' is a sensitive fact, by which people are not grouped unless you say why. Take it"
              + " out, or say the reason there; it will stand on the model's page");
    }
    String value = settings.find("value").orElse(all.getFirst());
    if (!all.contains(value)) {
      throw new IllegalArgumentException(
          "setting 'value' must be one of " + String.join(", ", all) + ", but is '" + value + "'");
    }
    String trait = settings.find("trait").orElse("cluster");
    if (all.contains(trait)) {
      throw new IllegalArgumentException(
          "setting 'trait' must not be one of the traits that are compared, but is '"
              + trait
              + "'");
    }
    int groups = settings.number("groups", 0, 0, MOST_GROUPS);
    if (groups == 1) {
      throw new IllegalArgumentException(
          "setting 'groups' must be 0 or 2 to " + MOST_GROUPS + ", but is '1'");
    }
    return new ClusterSettings(
        numbers,
        times,
        method(settings.find("method").orElse("auto")),
        groups,
        joining(settings.find("joining").orElse("ward")),
        value,
        trait,
        texts,
        settings.number("words", 20, 1, 200),
        one(
            "selection",
            settings.find("selection").orElse("all"),
            List.of("all", "telling", "components")),
        outliers(settings.find("outliers").orElse("keep")),
        sensitive);
  }

  /** The sensitive traits that are used all the same. */
  List<String> guarded() {
    return Sensitive.among(Stream.concat(columns().stream(), texts.stream()).toList());
  }

  /** All columns, numbers first. */
  List<String> columns() {
    return Stream.concat(numbers.stream(), times.stream()).toList();
  }

  private static List<String> keys(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(key -> !key.isEmpty())
        .toList();
  }

  private static String one(String key, String word, List<String> words) {
    if (!words.contains(word)) {
      throw new IllegalArgumentException(
          "setting '"
              + key
              + "' must be one of "
              + String.join(", ", words)
              + ", but is '"
              + word
              + "'");
    }
    return word;
  }

  private static Extremes outliers(String word) {
    List<String> words = Arrays.stream(Extremes.values()).map(Extremes::word).toList();
    return Extremes.values()[words.indexOf(one("outliers", word, words))];
  }

  private static @Nullable Method method(String word) {
    return switch (word) {
      case "auto" -> null;
      case "k-means" -> Method.K_MEANS;
      case "hierarchical" -> Method.HIERARCHICAL;
      case "density" -> Method.DENSITY;
      default ->
          throw new IllegalArgumentException(
              "setting 'method' must be auto, k-means, hierarchical or density, but is '"
                  + word
                  + "'");
    };
  }

  private static Joining joining(String word) {
    return Arrays.stream(Joining.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "setting 'joining' must be ward, complete, average, single or splitting, but"
                        + " is '"
                        + word
                        + "'"));
  }
}
