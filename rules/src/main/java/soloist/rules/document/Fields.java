package soloist.rules.document;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one document at one place. Every reading method refuses a field that is missing or
 * of another type with an {@link InvalidDocument}.
 */
public final class Fields {

  /** Longer texts are refused. */
  public static final int LONGEST_TEXT = 65_536;

  /** Longer times are refused, so that adding one to an instant cannot overflow. */
  public static final Duration LONGEST_TIME = Duration.ofDays(36_500);

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");

  private final Map<?, ?> document;
  private final String pointer;

  private Fields(Map<?, ?> document, String pointer) {
    this.document = document;
    this.pointer = pointer;
  }

  /**
   * @param pointer JSON pointer to the document, empty for the root
   */
  public static Fields of(@Nullable Object value, String pointer) {
    if (value instanceof Map<?, ?> document) {
      return new Fields(document, pointer);
    }
    throw new InvalidDocument(
        pointer, "must be an object, but is " + shown(value), "write it as {…}");
  }

  public String pointer() {
    return pointer;
  }

  public boolean has(String key) {
    return document.containsKey(key);
  }

  /** Refuses every field that is not named here. */
  public void only(String... keys) {
    TreeSet<String> unknown = new TreeSet<>();
    document.keySet().forEach(key -> unknown.add(String.valueOf(key)));
    unknown.removeAll(Set.of(keys));
    if (!unknown.isEmpty()) {
      throw new InvalidDocument(
          at(unknown.first()),
          "is not known here",
          "leave it out or use one of " + String.join(", ", keys));
    }
  }

  public String text(String key) {
    return text(value(key), at(key));
  }

  /** A text of at most so many characters. */
  public String text(String key, int longest) {
    return checkedLength(text(key), at(key), longest);
  }

  private static String text(@Nullable Object value, String at) {
    if (!(value instanceof String text) || text.isBlank()) {
      throw new InvalidDocument(at, "must be a text, but is " + shown(value), "write it as \"…\"");
    }
    return checkedLength(text, at, LONGEST_TEXT);
  }

  /** A stable name of something that people make. */
  public String id(String key) {
    String id = text(key);
    if (!ID.matcher(id).matches()) {
      throw mistyped(key, "an id", "use 1 to 64 of a-z, 0-9 and '-'");
    }
    return id;
  }

  /** A text that may be blank. */
  public String anyText(String key) {
    if (!(value(key) instanceof String text)) {
      throw mistyped(key, "a text", "write it as \"…\"");
    }
    return checkedLength(text, at(key), LONGEST_TEXT);
  }

  public boolean truth(String key) {
    if (!(value(key) instanceof Boolean truth)) {
      throw mistyped(key, "true or false", "write it without quotes");
    }
    return truth;
  }

  public int integer(String key, int from, int to) {
    Object value = value(key);
    if ((value instanceof Integer || value instanceof Long)
        && value instanceof Number number
        && number.longValue() >= from
        && number.longValue() <= to) {
      return number.intValue();
    }
    String range = to == Integer.MAX_VALUE ? "from " + from : "from " + from + " to " + to;
    throw mistyped(key, "a whole number " + range, "write it without quotes");
  }

  public Duration duration(String key) {
    String mend = "write it like P30D for days or PT24H for hours, at most P36500D";
    try {
      if (value(key) instanceof String text && Duration.parse(text) instanceof Duration time) {
        if (time.isPositive() && time.compareTo(LONGEST_TIME) <= 0) {
          return time;
        }
      }
    } catch (DateTimeException _) {
      throw mistyped(key, "a positive time", mend);
    }
    throw mistyped(key, "a positive time", mend);
  }

  public Fields fields(String key) {
    return of(value(key), at(key));
  }

  /** The objects of a list. */
  public List<Fields> list(String key) {
    if (!(value(key) instanceof List<?> list)) {
      throw mistyped(key, "a list", "write it as […]");
    }
    List<Fields> parts = new ArrayList<>();
    for (Object part : list) {
      parts.add(of(part, at(key) + "/" + parts.size()));
    }
    return parts;
  }

  /** A name in at least one language, by language tag. */
  public Map<String, String> name(String key) {
    Fields names = fields(key);
    Map<String, String> read = new LinkedHashMap<>();
    names.document.forEach(
        (tag, name) -> {
          String language = String.valueOf(tag);
          if (!LANGUAGE.matcher(language).matches()) {
            throw new InvalidDocument(
                names.at(language), "is not a language tag", "use one like en or zh-CN");
          }
          read.put(language, text(name, names.at(language)));
        });
    if (read.isEmpty()) {
      throw new InvalidDocument(
          at(key), "has no language", "add the name in one, such as {\"en\": \"…\"}");
    }
    return read;
  }

  /** Refuses the value of a field. */
  public InvalidDocument mistyped(String key, String expected, String mend) {
    return new InvalidDocument(
        at(key), "must be " + expected + ", but is " + shown(document.get(key)), mend);
  }

  /** JSON pointer to a field. */
  public String at(String key) {
    return pointer + "/" + abridged(key).replace("~", "~0").replace("/", "~1");
  }

  /** The ISO-8601 form of a time that {@link #duration} reads; whole days as days. */
  public static String written(Duration time) {
    Duration days = Duration.ofDays(time.toDays());
    return days.equals(time) && time.isPositive() ? "P" + time.toDays() + "D" : time.toString();
  }

  private @Nullable Object value(String key) {
    if (!document.containsKey(key)) {
      throw new InvalidDocument(at(key), "is missing", "add it");
    }
    return document.get(key);
  }

  private static String checkedLength(String text, String at, int longest) {
    if (text.length() > longest) {
      throw new InvalidDocument(
          at, "has " + text.length() + " characters", "shorten it to " + longest + " or fewer");
    }
    return text;
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> "\"" + abridged(text) + "\"";
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "a list";
      case Number number -> abridged(number.toString());
      case Boolean truth -> truth.toString();
      default -> "a " + value.getClass().getSimpleName();
    };
  }

  private static String abridged(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
