package soloist.delivery;

import java.time.Instant;
import org.bson.Document;
import soloist.store.Values;

/**
 * A row of the outbox that this process has claimed.
 *
 * @param fence every later write names it, so that a process whose lease ran out can do no harm
 * @param position of the last live row that the decision had seen
 */
record Queued(
    String id,
    long fence,
    String profileId,
    long position,
    String campaign,
    String step,
    String entry,
    String channel,
    String template,
    int templateVersion,
    String purpose,
    int attempts,
    Instant queuedAt) {

  static Queued of(Document document) {
    return new Queued(
        document.getString("_id"),
        document.getLong("fence"),
        document.getString("profileId"),
        document.getLong("position"),
        document.getString("campaign"),
        document.getString("step"),
        document.getString("entry"),
        document.getString("channel"),
        document.getString("template"),
        document.getInteger("templateVersion"),
        document.getString("purpose"),
        document.getInteger("attempts"),
        Values.instant(document, "queuedAt"));
  }
}
