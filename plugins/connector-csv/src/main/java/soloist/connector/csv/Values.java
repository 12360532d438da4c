package soloist.connector.csv;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import soloist.connector.csv.Dates.Order;

/**
 * How the values of a file are written.
 *
 * @param decimal '.' or ','
 * @param zone of times that do not say
 */
record Values(char decimal, Order dates, ZoneId zone) {
  private static final Set<String> YES = Set.of("yes", "true", "y", "是", "有", "真");
  private static final Set<String> NO = Set.of("no", "false", "n", "否", "无", "假");
  private static final Set<String> MISSING =
      Set.of("", "-", "--", "n/a", "na", "#n/a", "nan", "null", "none", "unknown", "未知", "不详");

  /** What a column holds. */
  enum Type {
    TEXT,
    NUMBER,
    DATE,
    BOOLEAN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether somebody wrote that there is no value. */
  static boolean isMissing(String written) {
    return MISSING.contains(written.strip().toLowerCase(Locale.ROOT));
  }

  static Optional<Boolean> truth(String written) {
    String word = written.strip().toLowerCase(Locale.ROOT);
    return YES.contains(word)
        ? Optional.of(true)
        : NO.contains(word) ? Optional.of(false) : Optional.empty();
  }

  Optional<BigDecimal> number(String written) {
    return Numbers.parse(written, decimal);
  }

  Optional<Instant> date(String written) {
    return Dates.parse(written, dates, zone);
  }

  /**
   * The type that nine in ten of the values have; numbers that are codes, such as 00123, are text.
   */
  Type typeOf(Iterable<String> written) {
    int[] of = new int[Type.values().length];
    int all = 0;
    for (String each : written) {
      if (!isMissing(each)) {
        all++;
        of[typeOf(each).ordinal()]++;
      }
    }
    for (Type type : Type.values()) {
      if (of[type.ordinal()] > 0.9 * all) {
        return type;
      }
    }
    return Type.TEXT;
  }

  private Type typeOf(String written) {
    String text = written.strip();
    if (truth(text).isPresent()) {
      return Type.BOOLEAN;
    }
    boolean code = text.matches("[+]?0?[0-9]{16,}|[+][0-9 ]+|0[0-9]+");
    if (!code && number(text).isPresent()) {
      return Type.NUMBER;
    }
    return !code && date(text).isPresent() ? Type.DATE : Type.TEXT;
  }
}
