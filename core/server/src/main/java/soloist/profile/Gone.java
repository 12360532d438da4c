package soloist.profile;

import java.time.Instant;
import org.bson.Document;
import soloist.store.Values;

/**
 * The place of a trait that was taken back, kept so that what was told earlier does not bring it
 * back when it comes later.
 */
record Gone(Instant at, String event) {

  /** As {@link Trait#outlasts}. */
  boolean outlasts(Instant otherAt, String otherEvent) {
    int order = at.compareTo(otherAt);
    return order > 0 || (order == 0 && event.compareTo(otherEvent) >= 0);
  }

  Document toDocument() {
    return new Document("at", Values.date(at)).append("event", event);
  }

  static Gone of(Document document) {
    return new Gone(Values.instant(document, "at"), document.getString("event"));
  }
}
