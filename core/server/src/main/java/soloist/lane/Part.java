package soloist.lane;

import java.time.Instant;
import org.bson.Document;
import soloist.store.Values;

/**
 * Somebody who turned out to be the same person: their rows up to here count as the person's own.
 * What came later was journalled again for the person.
 *
 * @param live the last live position, in the partition of {@code profileId}
 * @param bulk the last bulk position there
 * @param at when they became one
 */
public record Part(String profileId, long live, long bulk, Instant at) {

  boolean includes(Row row) {
    return row.position() <= (row.source() == Row.Source.LIVE ? live : bulk);
  }

  public Document toDocument() {
    return new Document("profile", profileId)
        .append("live", live)
        .append("bulk", bulk)
        .append("at", Values.date(at));
  }

  public static Part of(Document document) {
    return new Part(
        document.getString("profile"),
        document.getLong("live"),
        document.getLong("bulk"),
        Values.instant(document, "at"));
  }
}
