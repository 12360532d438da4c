package soloist.profile;

import java.time.Instant;
import org.bson.Document;
import soloist.store.Values;

/**
 * That a person is in a segment.
 *
 * @param cause the event with which it began, or {@code due:} and the instant
 */
public record Membership(Instant since, String cause) {

  Document toDocument() {
    return new Document("since", Values.date(since)).append("cause", cause);
  }

  static Membership of(Document document) {
    return new Membership(Values.instant(document, "since"), document.getString("cause"));
  }
}
