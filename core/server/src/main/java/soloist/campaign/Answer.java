package soloist.campaign;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.http.Texts;

/**
 * One thing that a recipe leaves to the owner.
 *
 * @param name what is asked, by language tag
 * @param help what it is for, by language tag
 * @param fallback what holds when the owner says nothing
 * @param from the least number, or the fewest characters
 * @param to the greatest number, or the most characters
 */
public record Answer(
    String key,
    Kind kind,
    Map<String, Object> name,
    Map<String, Object> help,
    Object fallback,
    BigDecimal from,
    BigDecimal to) {

  static final List<String> LANGUAGES = List.of(Texts.ENGLISH, Texts.CHINESE);

  /** What a value of it looks like. */
  public enum Kind {
    /** A whole number. */
    NUMBER,
    /** A whole number of days. */
    DAYS,
    /** A sum of money, written as a text. */
    AMOUNT,
    /** A code of ISO 4217. */
    CURRENCY,
    /** A text on one line in each language. */
    WORDS,
    /** An http or https address. */
    LINK
  }

  @SuppressWarnings("unchecked")
  static Answer read(Map<String, Object> document) {
    Kind kind = Kind.valueOf(text(document, "kind").toUpperCase(Locale.ROOT));
    return new Answer(
        text(document, "key"),
        kind,
        (Map<String, Object>) required(document, "name"),
        (Map<String, Object>) required(document, "help"),
        required(document, "default"),
        new BigDecimal(document.getOrDefault("from", 0).toString()),
        new BigDecimal(document.getOrDefault("to", 0).toString()));
  }

  private static Object required(Map<String, Object> document, String key) {
    return Optional.ofNullable(document.get(key))
        .orElseThrow(() -> new IllegalStateException("an answer of a recipe has no " + key));
  }

  private static String text(Map<String, Object> document, String key) {
    return (String) required(document, key);
  }

  /** The value as it is kept: an Integer, a String, or Strings by language. Adds what is wrong. */
  Object check(@Nullable Object given, List<Problem.Detail> faults) {
    if (given == null) {
      return fallback;
    }
    String at = "/answers/" + key;
    return switch (kind) {
      case NUMBER, DAYS -> {
        boolean isWhole =
            (given instanceof Integer || given instanceof Long)
                && isBetween(new BigDecimal(given.toString()));
        if (!isWhole) {
          faults.add(fault(at, "answer-number", from.toPlainString(), to.toPlainString()));
        }
        yield isWhole ? (Object) ((Number) given).intValue() : fallback;
      }
      case AMOUNT -> amount(given, at, faults);
      case CURRENCY -> {
        if (!(given instanceof String code) || !isCurrency(code)) {
          faults.add(fault(at, "order-currency"));
        }
        yield given;
      }
      case WORDS -> words(given, at, faults);
      case LINK -> {
        if (!(given instanceof String link) || !isLink(link)) {
          faults.add(fault(at, "answer-link"));
        }
        yield given;
      }
    };
  }

  private Object amount(Object given, String at, List<Problem.Detail> faults) {
    try {
      BigDecimal amount = new BigDecimal(given.toString());
      if (amount.precision() <= 20 && Math.abs((long) amount.scale()) <= 8 && isBetween(amount)) {
        return amount.toPlainString();
      }
    } catch (NumberFormatException _) {
      // named below with the bounds
    }
    faults.add(fault(at, "answer-amount", from.toPlainString(), to.toPlainString()));
    return fallback;
  }

  private Object words(Object given, String at, List<Problem.Detail> faults) {
    Map<String, Object> words = new LinkedHashMap<>();
    for (String language : LANGUAGES) {
      Object text = given instanceof Map<?, ?> map ? map.get(language) : null;
      if (text instanceof String line && isLine(line.strip())) {
        words.put(language, line.strip());
      } else {
        faults.add(
            fault(at + "/" + language, "answer-words", from.toPlainString(), to.toPlainString()));
      }
    }
    return words;
  }

  private boolean isLine(String text) {
    return isBetween(BigDecimal.valueOf(text.length()))
        && text.codePoints().noneMatch(c -> Character.isISOControl(c) || c == '{' || c == '}');
  }

  private boolean isBetween(BigDecimal number) {
    return number.compareTo(from) >= 0 && number.compareTo(to) <= 0;
  }

  private static boolean isCurrency(String code) {
    try {
      return Currency.getInstance(code).getCurrencyCode().equals(code);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static boolean isLink(String link) {
    try {
      URI uri = URI.create(link);
      return link.length() <= 1_000
          && uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static Problem.Detail fault(String at, String code, String... values) {
    return new Problem.Detail(at, code, List.of(values));
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", key);
    json.put("kind", kind.name().toLowerCase(Locale.ROOT));
    json.put("name", name);
    json.put("help", help);
    json.put("default", fallback);
    json.put("from", from);
    json.put("to", to);
    return json;
  }
}
