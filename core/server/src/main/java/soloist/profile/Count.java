package soloist.profile;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import soloist.store.Values;

/**
 * How often one thing happened, what it came to in all, and on each of the days up to the newest.
 * Days are those of UTC; which of them are kept depends on the newest alone, so the same events
 * give the same count in whatever order they come.
 */
final class Count {
  /** For so many days it is known what each of them came to. */
  static final int DAYS = 90;

  /** What all takes but days and event, with the longest key it may stand under. */
  private static final int BYTES = 256;

  private static final int SECONDS_A_DAY = 86_400;

  private long times;
  private BigDecimal sum = BigDecimal.ZERO;
  private @Nullable Moment last;
  private final NavigableMap<Long, BigDecimal> days = new TreeMap<>();

  long times() {
    return times;
  }

  BigDecimal sum() {
    return sum;
  }

  /** The newest of what was added; there is one in every count that is kept. */
  Moment last() {
    return Objects.requireNonNull(last);
  }

  /** What the days add up to of which the last is today. */
  BigDecimal within(int count, Instant now) {
    return normal(in(count, now).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  /** On how many of the days anything happened of which the last is today. */
  int daysWithin(int count, Instant now) {
    return in(count, now).size();
  }

  /** When the oldest of these days stops to count; null when none of them does any more. */
  @Nullable Instant endsWithin(int count, Instant now) {
    Map.Entry<Long, BigDecimal> oldest = in(count, now).firstEntry();
    return oldest == null ? null : Instant.ofEpochSecond((oldest.getKey() + count) * SECONDS_A_DAY);
  }

  private NavigableMap<Long, BigDecimal> in(int count, Instant now) {
    return days.tailMap(day(now) - count, false);
  }

  void add(Moment moment, int moreTimes, BigDecimal amount) {
    times += moreTimes;
    sum = normal(sum.add(amount));
    last = Moment.later(last, moment);
    long oldest = day(last.at()) - DAYS;
    if (day(moment.at()) > oldest) {
      days.merge(day(moment.at()), normal(amount), (one, other) -> normal(one.add(other)));
    }
    days.headMap(oldest, true).clear();
  }

  private static long day(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), SECONDS_A_DAY);
  }

  /** One form for equal numbers, so that the order of adding cannot be seen in the scale. */
  static BigDecimal normal(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** A bound that costs less than writing it out. */
  long atMostBytes(int bytesADay) {
    return BYTES + 3L * last().event().length() + (long) bytesADay * days.size();
  }

  Document toDocument() {
    Document written = new Document();
    days.forEach((day, amount) -> written.append(Long.toString(day), small(amount)));
    return new Document("times", times)
        .append("sum", small(sum))
        .append("last", last().toDocument())
        .append("days", written);
  }

  static Count of(Document document) {
    Count count = new Count();
    count.times = document.getLong("times");
    count.sum = number(document.get("sum"));
    count.last = Moment.of(Values.document(document, "last"));
    Values.document(document, "days")
        .forEach((day, amount) -> count.days.put(Long.valueOf(day), number(amount)));
    return count;
  }

  /** Most are small and whole, and take a quarter of the bytes then. */
  private static Object small(BigDecimal number) {
    boolean isSmall = number.scale() == 0 && number.abs().compareTo(BigDecimal.TEN.pow(9)) < 0;
    return isSmall ? (Object) number.intValueExact() : new Decimal128(number);
  }

  private static BigDecimal number(@Nullable Object stored) {
    return switch (stored) {
      case Integer small -> BigDecimal.valueOf(small);
      case Decimal128 large -> large.bigDecimalValue();
      case null, default -> throw new IllegalStateException("not a number: " + stored);
    };
  }
}
