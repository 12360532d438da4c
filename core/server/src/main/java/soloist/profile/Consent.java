package soloist.profile;

import java.time.Instant;
import org.bson.Document;
import soloist.store.Values;

/**
 * What a person has said about one purpose, the last word of it.
 *
 * @param source where it was said, such as {@code checkout}
 * @param event the row that holds it
 */
public record Consent(boolean granted, Instant time, String source, String event) {

  boolean outlasts(Instant otherTime, String otherEvent) {
    int order = time.compareTo(otherTime);
    return order > 0 || (order == 0 && event.compareTo(otherEvent) >= 0);
  }

  Document toDocument() {
    return new Document("granted", granted)
        .append("time", Values.date(time))
        .append("source", source)
        .append("event", event);
  }

  static Consent of(Document document) {
    return new Consent(
        document.getBoolean("granted"),
        Values.instant(document, "time"),
        document.getString("source"),
        document.getString("event"));
  }
}
