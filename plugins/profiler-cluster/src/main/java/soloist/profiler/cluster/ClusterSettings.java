package soloist.profiler.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import soloist.learning.cluster.Advice.Method;
import soloist.spi.Settings;

/**
 * Keys, defaults and bounds are those of {@code config.schema.json}.
 *
 * @param method null when it is to be found
 * @param groups 0 when their number is to be found
 * @param value one of the numbers or times
 */
record ClusterSettings(
    List<String> numbers,
    List<String> times,
    @Nullable Method method,
    int groups,
    Joining joining,
    String value,
    String trait) {
  private static final int MOST_GROUPS = 20;

  ClusterSettings {
    numbers = List.copyOf(numbers);
    times = List.copyOf(times);
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
    List<String> all = new ArrayList<>(numbers);
    all.addAll(times);
    if (numbers.isEmpty() || new HashSet<>(all).size() < all.size()) {
      throw new IllegalArgumentException(
          "settings 'numbers' and 'times' must name at least one trait, and each once");
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
        trait);
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
