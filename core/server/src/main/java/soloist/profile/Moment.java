package soloist.profile;

import java.time.Instant;
import java.util.Comparator;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.store.Values;

/** When something happened and which event it was; of the same instant the ids decide. */
record Moment(Instant at, String event) {
  private static final Comparator<Moment> ORDER =
      Comparator.comparing(Moment::at).thenComparing(Moment::event);

  static Moment earlier(@Nullable Moment one, Moment other) {
    return one == null || ORDER.compare(other, one) < 0 ? other : one;
  }

  static Moment later(@Nullable Moment one, Moment other) {
    return one == null || ORDER.compare(other, one) > 0 ? other : one;
  }

  Document toDocument() {
    return new Document("at", Values.date(at)).append("event", event);
  }

  static Moment of(Document document) {
    return new Moment(Values.instant(document, "at"), document.getString("event"));
  }
}
