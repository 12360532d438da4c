package soloist.profile;

import java.time.Instant;
import org.bson.Document;
import soloist.store.Values;

/**
 * One fact on a profile with its evidence.
 *
 * @param value String, BigDecimal, Boolean or Instant
 * @param source who told, or {@code computed}
 * @param at when that which decided the value happened
 * @param event the event that decided it
 */
public record Trait(Object value, String source, Instant at, String event) {

  /**
   * Whether this one stands when another is told: the later, and of the same instant the one with
   * the greater id.
   */
  boolean outlasts(Instant otherAt, String otherEvent) {
    int order = at.compareTo(otherAt);
    return order > 0 || (order == 0 && event.compareTo(otherEvent) >= 0);
  }

  Document toDocument() {
    return new Document("value", Values.stored(value))
        .append("source", source)
        .append("at", Values.date(at))
        .append("event", event);
  }

  static Trait of(Document document) {
    Object value = Values.plain(document.get("value"));
    if (value == null) {
      throw new IllegalStateException("a trait without a value: " + document);
    }
    return new Trait(
        value,
        document.getString("source"),
        Values.instant(document, "at"),
        document.getString("event"));
  }
}
