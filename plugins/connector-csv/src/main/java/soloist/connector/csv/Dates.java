package soloist.connector.csv;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times as programs and people write them. With the year first they are read in every
 * order; {@link Order} decides the others. A two-digit year below 70 is of this century.
 */
final class Dates {
  /** Which part of a date comes first when the year does not. */
  enum Order {
    ISO,
    DMY,
    MDY,
    YMD,
    /** Days since 1899-12-30, as spreadsheets count. */
    EXCEL;

    /** As the setting names it. */
    String word() {
      return this == EXCEL ? "Excel" : name();
    }
  }

  private static final int LONGEST = 40;
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(\\d{1,4})([-/.年])(\\d{1,2})([-/.月])(\\d{1,4})日?"
              + "(?:[T ]\\s*(?:(上午|下午)\\s*)?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?"
              + "\\s*([AaPp][Mm])?\\s*(Z|[+-]\\d{2}:?\\d{2})?)?");
  private static final Pattern COMPACT = Pattern.compile("(?:19|20)\\d{6}");
  private static final Pattern SERIAL = Pattern.compile("\\d{1,6}([.,]\\d{1,12})?");
  private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);
  private static final BigDecimal NANOS_OF_DAY = new BigDecimal("86400000000000");

  private Dates() {}

  static Optional<Instant> parse(String written, Order order, ZoneId zone) {
    if (written.length() > LONGEST) {
      return Optional.empty();
    }
    String text = Normalizer.normalize(written, Normalizer.Form.NFKC).strip();
    try {
      if (order == Order.EXCEL && SERIAL.matcher(text).matches()) {
        return Optional.of(ofSerial(new BigDecimal(text.replace(',', '.')), zone));
      }
      if (COMPACT.matcher(text).matches()) {
        return Optional.of(
            LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE).atStartOfDay(zone).toInstant());
      }
      Matcher parts = WRITTEN.matcher(text);
      return parts.matches() ? date(parts, order).map(it -> at(it, parts, zone)) : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** What the parts of a date without leading year allow. */
  enum Vote {
    NONE,
    YEAR_FIRST,
    DAY_FIRST,
    MONTH_FIRST,
    EITHER
  }

  static Vote vote(String written) {
    Matcher parts = WRITTEN.matcher(Normalizer.normalize(written, Normalizer.Form.NFKC).strip());
    if (written.length() > LONGEST || !parts.matches()) {
      return Vote.NONE;
    }
    int first = Integer.parseInt(parts.group(1));
    int second = Integer.parseInt(parts.group(3));
    if (parts.group(1).length() == 4) {
      return Vote.YEAR_FIRST;
    }
    if (first > 31 || second > 31 || (first > 12 && second > 12)) {
      return Vote.NONE;
    }
    // Nobody separates a month that comes first by a dot.
    boolean dayFirst = first > 12 || parts.group(2).equals(".");
    return dayFirst ? Vote.DAY_FIRST : second > 12 ? Vote.MONTH_FIRST : Vote.EITHER;
  }

  private static Optional<LocalDate> date(Matcher parts, Order order) {
    int first = Integer.parseInt(parts.group(1));
    int second = Integer.parseInt(parts.group(3));
    int third = Integer.parseInt(parts.group(5));
    if (parts.group(1).length() == 4) {
      return Optional.of(LocalDate.of(first, second, third));
    }
    int year = parts.group(5).length() == 4 ? third : third < 70 ? 2000 + third : 1900 + third;
    if (parts.group(5).length() == 3 || parts.group(1).length() == 3) {
      return Optional.empty();
    }
    return switch (order) {
      case DMY -> Optional.of(LocalDate.of(year, second, first));
      case MDY -> Optional.of(LocalDate.of(year, first, second));
      case ISO, YMD, EXCEL -> Optional.empty();
    };
  }

  private static Instant at(LocalDate date, Matcher parts, ZoneId zone) {
    if (parts.group(7) == null) {
      return date.atStartOfDay(zone).toInstant();
    }
    int hour = Integer.parseInt(parts.group(7));
    boolean morning = "上午".equals(parts.group(6)) || "am".equalsIgnoreCase(parts.group(11));
    boolean afternoon = "下午".equals(parts.group(6)) || "pm".equalsIgnoreCase(parts.group(11));
    if (afternoon && hour < 12) {
      hour += 12;
    } else if (morning && hour == 12) {
      hour = 0;
    }
    int second = parts.group(9) == null ? 0 : Integer.parseInt(parts.group(9));
    int nano =
        parts.group(10) == null
            ? 0
            : new BigDecimal("0." + parts.group(10)).movePointRight(9).intValue();
    LocalDateTime local =
        LocalDateTime.of(date, LocalTime.of(hour, Integer.parseInt(parts.group(8)), second, nano));
    return local
        .atZone(parts.group(12) == null ? zone : ZoneOffset.of(parts.group(12)))
        .toInstant();
  }

  private static Instant ofSerial(BigDecimal serial, ZoneId zone) {
    BigDecimal nanos = serial.remainder(BigDecimal.ONE).multiply(NANOS_OF_DAY);
    // Spreadsheets keep a fraction of a day: a second is about the finest they mean.
    long seconds = Math.round(nanos.doubleValue() / 1e9);
    return EPOCH
        .plusDays(serial.longValue())
        .atStartOfDay()
        .plusSeconds(seconds)
        .atZone(zone)
        .toInstant();
  }
}
