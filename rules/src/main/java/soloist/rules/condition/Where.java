package soloist.rules.condition;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.net.URI;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event has to say of itself to count: the page that was visited, the word that was
 * searched for. Case and width (NFKC, Unicode Standard Annex 15) make no difference.
 *
 * @param property of the event, or of a line of its {@code lines}, 1 to 64 characters; {@link
 *     #PATH} is read from the address where the event does not say it
 * @param value 1 to 200 characters
 */
public record Where(String property, Match match, String value) {
  /**
   * The page within its site, as people read it: {@code /tea} of {@code https://a.example/tea?b}.
   */
  public static final String PATH = "path";

  /** The property that holds a whole address. */
  public static final String URL = "url";

  static final int LONGEST_PROPERTY = 64;
  static final int LONGEST_VALUE = 200;

  /** How the text that is said and the one that is asked for belong together. */
  public enum Match {
    IS,
    CONTAINS,
    STARTS_WITH
  }

  public Where {
    requireNonNull(match);
    if (property.isBlank() || property.length() > LONGEST_PROPERTY) {
      throw new IllegalArgumentException("no property of an event is called '" + property + "'");
    }
    if (value.isBlank() || value.length() > LONGEST_VALUE) {
      throw new IllegalArgumentException(
          "value must have 1 to 200 characters, but has " + value.length());
    }
  }

  /** Whether an event with these properties counts. */
  public boolean holds(Map<String, Object> properties) {
    String asked = folded(value);
    return said(property, properties).stream()
        .map(Where::folded)
        .anyMatch(
            text ->
                switch (match) {
                  case IS -> text.equals(asked);
                  case CONTAINS -> text.contains(asked);
                  case STARTS_WITH -> text.startsWith(asked);
                });
  }

  /** What an event says under a property, by itself and line by line; numbers in plain digits. */
  public static List<String> said(String property, Map<String, Object> properties) {
    List<String> said = new ArrayList<>();
    add(said, properties.get(property));
    if (said.isEmpty() && property.equals(PATH) && properties.get(URL) instanceof String url) {
      addPath(said, url);
    }
    if (properties.get("lines") instanceof List<?> lines) {
      for (Object line : lines) {
        if (line instanceof Map<?, ?> told) {
          add(said, told.get(property));
        }
      }
    }
    return said;
  }

  private static void add(List<String> said, @Nullable Object value) {
    if (value instanceof String || value instanceof Boolean) {
      said.add(value.toString());
    } else if (value instanceof BigDecimal number) {
      said.add(number.toPlainString());
    }
  }

  private static void addPath(List<String> said, String url) {
    try {
      String path = URI.create(url.split("[?#]", 2)[0]).getPath();
      if (path != null) {
        said.add(path.isEmpty() ? "/" : path);
      }
    } catch (IllegalArgumentException _) {
      // whatever that is, it is the address of no page
    }
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
  }
}
