package soloist.profile;

import java.time.Instant;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The identifier of its kind by which the latest event called somebody. Of several addresses that
 * is the one a message goes to.
 */
public record Naming(String value, Instant at, String event) {

  /** The later of two; of the same instant the ids decide. */
  static Naming later(@Nullable Naming one, Naming other) {
    if (one == null) {
      return other;
    }
    Moment known = one.moment();
    return Moment.later(known, other.moment()).equals(known) ? one : other;
  }

  private Moment moment() {
    return new Moment(at, event);
  }

  Document toDocument() {
    return moment().toDocument().append("value", value);
  }

  static Naming of(Document document) {
    Moment moment = Moment.of(document);
    return new Naming(document.getString("value"), moment.at(), moment.event());
  }
}
