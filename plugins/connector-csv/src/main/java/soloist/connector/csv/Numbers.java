package soloist.connector.csv;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as people write them: thousands separated, with a sign of currency, in percent (12 % is
 * 0.12), negative in parentheses.
 */
final class Numbers {
  private static final int MOST_DIGITS = 30;
  private static final int LONGEST = 64;
  private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,12})?");
  private static final String MONEY = "[¥€$£]|元|[A-Z]{2,3}[$¥]?|";
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?<open>\\()?(?:MONEY) ?(?<minus>[-+\u2212])? ?(?:MONEY) ?(?<digits>[0-9., '\u2019]*[0-9])"
                  .replace("MONEY", MONEY)
              + "(?<power>[eE][+-]?[0-9]{1,2})? ?(?<unit>%|MONEY)\\)?".replace("MONEY", MONEY));
  private static final Pattern DOT = grouped(",", "\\.");
  private static final Pattern COMMA = grouped("\\.", ",");

  private Numbers() {}

  /**
   * @param decimal '.' or ','
   */
  static Optional<BigDecimal> parse(String written, char decimal) {
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    if (decimal == '.' && PLAIN.matcher(written).matches()) {
      return Optional.of(new BigDecimal(written));
    }
    Matcher parts = WRITTEN.matcher(simplified(written));
    if (!parts.matches()) {
      return Optional.empty();
    }
    Matcher digits = (decimal == '.' ? DOT : COMMA).matcher(parts.group("digits"));
    if (!digits.matches()) {
      return Optional.empty();
    }
    String whole = digits.group("whole").replaceAll("[^0-9]", "");
    String part = digits.group("part") == null ? "" : "." + digits.group("part");
    String power = parts.group("power") == null ? "" : parts.group("power");
    boolean negative =
        parts.group("open") != null
            || (parts.group("minus") != null && !parts.group("minus").equals("+"));
    BigDecimal number = new BigDecimal((negative ? "-" : "") + whole + part + power);
    if (parts.group("unit").equals("%")) {
      number = number.movePointLeft(2);
    }
    return Optional.of(number).filter(it -> it.precision() <= MOST_DIGITS);
  }

  /** The decimal mark that the text can only be read with; NUL when either will do or none. */
  static char decimalOf(String written) {
    boolean dot = parse(written, '.').isPresent();
    boolean comma = parse(written, ',').isPresent();
    return dot == comma ? 0 : dot ? '.' : ',';
  }

  /** The sign or code of currency beside a number; empty without one. */
  static String currencyOf(String written) {
    Matcher money = Pattern.compile("[¥€$£元]|[A-Z]{3}").matcher(simplified(written));
    return written.length() <= LONGEST && money.find() ? money.group() : "";
  }

  private static String simplified(String written) {
    return Normalizer.normalize(written, Normalizer.Form.NFKC).strip();
  }

  private static Pattern grouped(String separator, String mark) {
    return Pattern.compile(
        "(?<whole>[0-9]{1,3}(?:(?<sep>[ '\u2019]|SEP)[0-9]{3}(?:\\k<sep>[0-9]{3})*)?|[0-9]+|)"
                .replace("SEP", separator)
            + "(?:MARK(?<part>[0-9]+))?".replace("MARK", mark));
  }
}
