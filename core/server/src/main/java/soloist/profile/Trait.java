package soloist.profile;

import java.time.Instant;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.spi.Text;
import soloist.store.Values;

/**
 * One fact on a profile with its evidence.
 *
 * @param value String, BigDecimal, Boolean or Instant
 * @param source who told, or {@code computed}
 * @param at when that which decided the value happened
 * @param event the event that decided it
 * @param because which facts led to it, where it is somebody's conclusion
 */
public record Trait(Object value, String source, Instant at, String event, @Nullable Text because) {

  /** What was told or counted, which speaks for itself. */
  Trait(Object value, String source, Instant at, String event) {
    this(value, source, at, event, null);
  }

  /**
   * Whether this one stands when another is told: the later, and of the same instant the one with
   * the greater id.
   */
  boolean outlasts(Instant otherAt, String otherEvent) {
    int order = at.compareTo(otherAt);
    return order > 0 || (order == 0 && event.compareTo(otherEvent) >= 0);
  }

  Document toDocument() {
    Document document =
        new Document("value", Values.stored(value))
            .append("source", source)
            .append("at", Values.date(at))
            .append("event", event);
    return because == null
        ? document
        : document.append("because", new Document("en", because.en()).append("zh", because.zh()));
  }

  static Trait of(Document document) {
    Object value = Values.plain(document.get("value"));
    if (value == null) {
      throw new IllegalStateException("a trait without a value: " + document);
    }
    Document because = document.get("because", Document.class);
    return new Trait(
        value,
        document.getString("source"),
        Values.instant(document, "at"),
        document.getString("event"),
        because == null ? null : new Text(because.getString("en"), because.getString("zh")));
  }
}
