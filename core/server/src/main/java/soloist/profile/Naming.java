package soloist.profile;

import java.time.Instant;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The identifier of its kind by which the latest event called somebody. Of several addresses that
 * is the one a message goes to.
 */
public record Naming(String value, Instant at, String event) {
  /** Begins the key by which conditions ask for it, before its kind: {@code identifier:userId}. */
  private static final String KEY = "identifier:";

  /** The later of two; of the same instant the ids decide. */
  static Naming later(@Nullable Naming one, Naming other) {
    if (one == null) {
      return other;
    }
    Moment known = one.moment();
    return Moment.later(known, other.moment()).equals(known) ? one : other;
  }

  /** The kind of identifier that a key asks for; empty for every other key. */
  static Optional<String> kind(String key) {
    return key.startsWith(KEY) ? Optional.of(key.substring(KEY.length())) : Optional.empty();
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
