package soloist.profiling;

import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import soloist.http.Problem;

/**
 * When a run is repeated, by the clock on the owner's wall.
 *
 * @param day of the week from Monday, 1 to 7, or of the month, 1 to 31, where the last day stands
 *     for those that a month does not have; 1 where neither counts
 * @param hour 0 to 23
 */
record Rhythm(Every every, int day, int hour) {

  /** How often. */
  enum Every {
    DAY,
    WEEK,
    MONTH,

    /** Each day it is looked whether the people have changed; only then it learns anew. */
    CHANGE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Every> find(String word) {
      return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
  }

  /**
   * What somebody has typed in.
   *
   * @throws Problem that names what is wrong
   */
  static Rhythm read(JsonObject body) {
    Every every =
        Every.find(String.valueOf(body.getValue("every")))
            .orElseThrow(() -> Problem.invalid("/repeat/every", "upkeep-every"));
    int most = every == Every.WEEK ? 7 : every == Every.MONTH ? 31 : 1;
    return new Rhythm(every, number(body, "day", 1, 1, most), number(body, "hour", 3, 0, 23));
  }

  private static int number(JsonObject body, String key, int usual, int least, int most) {
    if (body.getValue(key, usual) instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    throw Problem.invalid(
        "/repeat/" + key, "upkeep-number", Integer.toString(least), Integer.toString(most));
  }

  /**
   * The first time after an instant. An hour that the clock leaves out in spring is the first that
   * it shows after the gap; of one that it shows twice in autumn it is the first.
   */
  Instant next(Instant after, ZoneId zone) {
    LocalDate date = after.atZone(zone).toLocalDate();
    Instant next = at(this.date(date), zone);
    while (!next.isAfter(after)) {
      date = every == Every.MONTH ? date.plusMonths(1).withDayOfMonth(1) : date.plusDays(1);
      next = at(this.date(date), zone);
    }
    return next;
  }

  /** The day that is meant, on or around a date. */
  private LocalDate date(LocalDate date) {
    return switch (every) {
      case DAY, CHANGE -> date;
      case WEEK -> date.with(TemporalAdjusters.nextOrSame(DayOfWeek.of(day)));
      case MONTH -> date.withDayOfMonth(Math.min(day, date.lengthOfMonth()));
    };
  }

  private Instant at(LocalDate date, ZoneId zone) {
    return date.atTime(hour, 0).atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  Document toDocument() {
    return new Document("every", every.name()).append("day", day).append("hour", hour);
  }

  static Rhythm of(Document document) {
    return new Rhythm(
        Every.valueOf(document.getString("every")),
        document.getInteger("day"),
        document.getInteger("hour"));
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("every", every.word());
    json.put("day", day);
    json.put("hour", hour);
    return json;
  }
}
