package soloist.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import soloist.store.Store;

/**
 * Lets nothing go out after a restore, and after the server stood still for so long that what is
 * due may be too late or was sent by another, until the owner says so.
 */
public final class SendingHold {

  /** Why nothing goes out. */
  public enum Reason {
    RESTORED,
    STOOD_STILL
  }

  /**
   * What holds the messages back.
   *
   * @param since when it was noticed
   * @param from the last instant that is known: of the backup, or when the server last ran
   */
  public record Held(Reason reason, Instant since, Instant from) {}

  private static final Bson OURS = eq("_id", "sending");
  private static final Duration BEAT = Duration.ofMinutes(1);

  private final Store store;
  private final InstantSource clock;
  private volatile @Nullable Held held;
  private Instant beatAt = Instant.MIN;

  /**
   * Finds out how the server ended.
   *
   * @param longestPause for which it may stand still without asking
   * @param backupOf when the data were backed up, if they were restored since the last start
   */
  public SendingHold(
      Store store, InstantSource clock, Duration longestPause, Optional<Instant> backupOf) {
    this.store = store;
    this.clock = clock;
    Document state = store.state().find(OURS).first();
    held = state == null ? null : read(state.get("held", Document.class));
    Instant now = clock.instant();
    if (backupOf.isPresent()) {
      hold(new Held(Reason.RESTORED, now, backupOf.get()));
    } else if (held == null && state != null) {
      Instant alive = state.getDate("aliveAt").toInstant();
      if (alive.plus(longestPause).isBefore(now) && isAnythingDue(now)) {
        hold(new Held(Reason.STOOD_STILL, now, alive));
      }
    }
    beat();
  }

  private boolean isAnythingDue(Instant now) {
    return store.outbox().find(due(now)).first() != null
        || store
                .profiles()
                .find(and(gt("dueAt", new Date(0)), lte("dueAt", Date.from(now))))
                .first()
            != null;
  }

  private static Bson due(Instant now) {
    return and(eq("state", "queued"), lte("dueAt", Date.from(now)));
  }

  private void hold(Held reason) {
    Document document =
        new Document("reason", reason.reason().name())
            .append("since", Date.from(reason.since()))
            .append("from", Date.from(reason.from()));
    store.state().updateOne(OURS, set("held", document), new UpdateOptions().upsert(true));
    held = reason;
  }

  private static @Nullable Held read(@Nullable Document document) {
    return document == null
        ? null
        : new Held(
            Reason.valueOf(document.getString("reason")),
            document.getDate("since").toInstant(),
            document.getDate("from").toInstant());
  }

  /** Notes that the server runs; writes once a minute however often it is called. */
  void beat() {
    Instant now = clock.instant();
    if (now.isBefore(beatAt) || !now.isBefore(beatAt.plus(BEAT))) {
      store
          .state()
          .updateOne(OURS, set("aliveAt", Date.from(now)), new UpdateOptions().upsert(true));
      beatAt = now;
    }
  }

  public Optional<Held> held() {
    return Optional.ofNullable(held);
  }

  /** How many messages would go out now. */
  long waiting() {
    return store.outbox().countDocuments(due(clock.instant()));
  }

  /** Lets everything go out. */
  void release() {
    store.state().updateOne(OURS, set("held", null));
    held = null;
  }
}
