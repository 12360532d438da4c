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
 * Lets nothing go out after a restore, after the server stood still for so long that what is due
 * may be too late or was sent by another, and after the machine's clock was set, so that it may be
 * too early, until the owner says so.
 */
public final class SendingHold {

  /** Why nothing goes out. */
  public enum Reason {
    RESTORED,
    STOOD_STILL,
    CLOCK_SET
  }

  /**
   * What holds the messages back.
   *
   * @param since when it was noticed
   * @param from the last instant that is known: of the backup, when the server last ran, or what
   *     the clock should have shown
   */
  public record Held(Reason reason, Instant since, Instant from) {}

  private static final Bson OURS = eq("_id", "sending");
  private static final Duration BEAT = Duration.ofMinutes(1);
  private static final Duration MOST_DRIFT = Duration.ofMinutes(5);

  /** Clocks that run a little fast or slow are put right bit by bit. */
  private static final Duration READ_ANEW = Duration.ofHours(1);

  /** What the clock showed when the machine had run for so long. */
  private record Reading(Instant clock, Duration ran) {}

  private final Store store;
  private final InstantSource clock;
  private final Uptime uptime;
  private final Duration mostAhead;
  private volatile Reading reading;
  private volatile @Nullable Held held;
  private Instant beatAt = Instant.MIN;

  /**
   * Finds out how the server ended.
   *
   * @param uptime by which it is noticed that the clock was set
   * @param longestPause for which it may stand still without asking
   * @param backupOf when the data were backed up, if they were restored since the last start
   */
  public SendingHold(
      Store store,
      InstantSource clock,
      Uptime uptime,
      Duration longestPause,
      Optional<Instant> backupOf) {
    this.store = store;
    this.clock = clock;
    this.uptime = uptime;
    mostAhead = uptime.asleep() ? MOST_DRIFT : longestPause;
    reading = new Reading(clock.instant(), uptime.ran().get());
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

  /** Asked before anything is taken to be sent. */
  public Optional<Held> held() {
    watchClock();
    return Optional.ofNullable(held);
  }

  private void watchClock() {
    Reading last = reading;
    Reading now = new Reading(clock.instant(), uptime.ran().get());
    Duration ran = now.ran().minus(last.ran());
    Instant expected = last.clock().plus(ran);
    Duration ahead = Duration.between(expected, now.clock());
    boolean leapt = ahead.abs().compareTo(MOST_DRIFT) > 0;
    if (leapt || ran.compareTo(READ_ANEW) > 0) {
      reading = now;
    }
    boolean slept = !ahead.isNegative() && ahead.compareTo(mostAhead) <= 0;
    if (leapt && !slept && held == null) {
      hold(new Held(Reason.CLOCK_SET, now.clock(), expected));
    }
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
