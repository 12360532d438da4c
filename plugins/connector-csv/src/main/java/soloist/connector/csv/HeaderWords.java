package soloist.connector.csv;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the names of columns mean, in English and Chinese; {@code headers.properties} lists them.
 */
final class HeaderWords {
  /** A target, and how sure the name makes of it. */
  record Meaning(String target, double confidence) {}

  private static final Pattern IN_PARENTHESES = Pattern.compile("\\([^)]*\\)");
  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{Nd}]+");
  private static final double SAME = 0.95;
  private static final double PART = 0.7;

  /** By kind and squeezed word. */
  private static final Map<String, Map<String, String>> TARGETS = read();

  private HeaderWords() {}

  /**
   * @param kind a word of the setting, or {@code any} for identifiers
   */
  static Optional<Meaning> meaning(String kind, String header) {
    String name = squeezed(header);
    Map<String, String> words = Objects.requireNonNull(TARGETS.get(kind));
    String same = words.get(name);
    if (same != null) {
      return Optional.of(new Meaning(same, SAME));
    }
    return words.entrySet().stream()
        .filter(word -> isPart(word.getKey(), name))
        .max(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.length(), b.length())))
        .map(word -> new Meaning(word.getValue(), PART));
  }

  /** Whether a column of this name may hold dates that a spreadsheet has written as numbers. */
  static boolean namesATime(String header) {
    String name = squeezed(header);
    return name.matches(".*(date|time|birthday|日期|时间|生日|日)")
        || meaning("orders", header).filter(it -> it.target().equals("order.time")).isPresent();
  }

  /** A word counts at either end of a name when it is long enough to say something. */
  private static boolean isPart(String word, String name) {
    int least = word.codePointAt(0) < 0x80 ? 4 : 2;
    return word.length() >= least && (name.startsWith(word) || name.endsWith(word));
  }

  private static String squeezed(String header) {
    String name = Normalizer.normalize(header, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return NO_LETTER.matcher(IN_PARENTHESES.matcher(name).replaceAll("")).replaceAll("");
  }

  private static Map<String, Map<String, String>> read() {
    var lists = new Properties();
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(HeaderWords.class.getResourceAsStream("headers.properties")),
            StandardCharsets.UTF_8)) {
      lists.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Map<String, String>> targets = new HashMap<>();
    for (String key : new TreeSet<>(lists.stringPropertyNames())) {
      int slash = key.indexOf('/');
      Map<String, String> words =
          targets.computeIfAbsent(key.substring(0, slash), _ -> new HashMap<>());
      for (String word : lists.getProperty(key).split(",", -1)) {
        words.put(squeezed(word), key.substring(slash + 1));
      }
    }
    return targets;
  }
}
