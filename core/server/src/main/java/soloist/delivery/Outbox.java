package soloist.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.store.Store;

/**
 * The rows to send and how far each is: queued, claimed, inflight, then sent, held, refused or
 * uncertain. Lanes put them in; from there on only the holder of the fence writes.
 */
final class Outbox {
  /** Marks a row whose wait is the relay's and nobody else's. */
  private static final String BY_RELAY = "byRelay";

  private final Store store;
  private final InstantSource clock;
  private final DeliveryPolicy policy;
  private final String owner = UUID.randomUUID().toString();

  Outbox(Store store, InstantSource clock, DeliveryPolicy policy) {
    this.store = store;
    this.clock = clock;
    this.policy = policy;
  }

  /** Claims due rows of a channel, the oldest first, for the time of the lease. */
  List<Queued> claim(String channel, int most) {
    Instant now = clock.instant();
    List<Object> ids = new ArrayList<>();
    store
        .outbox()
        .find(and(eq("state", "queued"), eq("channel", channel), lte("dueAt", Date.from(now))))
        .sort(Sorts.ascending("dueAt"))
        .limit(most)
        .projection(Projections.include("_id"))
        .forEach(row -> ids.add(row.get("_id")));
    if (ids.isEmpty()) {
      return List.of();
    }
    String claim = UUID.randomUUID().toString();
    store
        .outbox()
        .updateMany(
            and(in("_id", ids), eq("state", "queued")),
            combine(
                set("state", "claimed"),
                set("owner", owner),
                set("claim", claim),
                set("leaseUntil", Date.from(now.plus(policy.lease()))),
                unset(BY_RELAY),
                inc("fence", 1L)));
    List<Queued> claimed = new ArrayList<>();
    store
        .outbox()
        .find(and(in("_id", ids), eq("claim", claim)))
        .batchSize(most)
        .forEach(row -> claimed.add(Queued.of(row)));
    return claimed;
  }

  /** Holds these rows of this process for another lease. */
  void renew(Collection<String> held) {
    store
        .outbox()
        .updateMany(
            and(
                in("_id", List.copyOf(held)),
                eq("owner", owner),
                in("state", "claimed", "inflight")),
            set("leaseUntil", Date.from(clock.instant().plus(policy.lease()))));
  }

  /** The durable mark right before a send. False when the row is not ours any more. */
  boolean mark(Queued row, Document seen) {
    if (!policy.marks()) {
      return true;
    }
    List<Bson> updates =
        new ArrayList<>(
            List.of(set("state", "inflight"), set("markedAt", Date.from(clock.instant()))));
    seen.forEach((key, value) -> updates.add(set(key, value)));
    return store
            .outbox()
            .updateOne(
                and(eq("_id", row.id()), eq("fence", row.fence()), eq("state", "claimed")),
                combine(updates))
            .getMatchedCount()
        == 1;
  }

  /** Writes an end state. */
  void settle(Queued row, String state, Document result) {
    List<Bson> updates =
        new ArrayList<>(
            List.of(
                set("state", state),
                set("settledAt", Date.from(clock.instant())),
                set("owner", null)));
    result.forEach((key, value) -> updates.add(set(key, value)));
    store.outbox().updateOne(and(eq("_id", row.id()), eq("fence", row.fence())), combine(updates));
  }

  /** Puts a row back, to be tried again at {@code dueAt}. */
  void retry(Queued row, Instant dueAt, int attempts, String reason) {
    putBack(row, dueAt, reason, set("attempts", attempts));
  }

  /** As {@link #retry}, of a row that waits for what is between us and everybody. */
  void putOff(Queued row, Instant dueAt, String reason) {
    putBack(row, dueAt, reason, set(BY_RELAY, true));
  }

  private void putBack(Queued row, Instant dueAt, String reason, Bson why) {
    store
        .outbox()
        .updateOne(
            and(eq("_id", row.id()), eq("fence", row.fence())),
            combine(
                set("state", "queued"),
                set("owner", null),
                set("dueAt", Date.from(dueAt)),
                set("reason", reason),
                why));
  }

  /** Another relay takes over: what waits for the old one is due now. */
  void hurry(String channel) {
    store
        .outbox()
        .updateMany(
            and(eq("state", "queued"), eq("channel", channel), eq(BY_RELAY, true)),
            combine(set("dueAt", Date.from(clock.instant())), unset(BY_RELAY)));
  }

  /**
   * Takes back what was left behind when its lease ran out, but for what this process still works
   * on: a claimed row was not being sent and is queued; one that was being sent is doubtful.
   */
  void recover(Collection<String> held) {
    Instant now = clock.instant();
    Bson abandoned = and(nin("_id", List.copyOf(held)), lte("leaseUntil", Date.from(now)));
    store
        .outbox()
        .updateMany(
            and(eq("state", "claimed"), abandoned),
            combine(set("state", "queued"), set("owner", null), inc("fence", 1L)));
    Bson doubtful =
        policy.hold()
            ? set("state", "uncertain")
            : combine(set("state", "queued"), set("dueAt", Date.from(now.plus(policy.doubtful()))));
    store
        .outbox()
        .updateMany(
            and(eq("state", "inflight"), abandoned),
            combine(
                doubtful,
                set("owner", null),
                inc("fence", 1L),
                set("reason", "process-ended-while-sending")));
  }

  /** What is done with a message of which nobody knows whether it arrived. */
  void doubt(Queued row, String reason) {
    if (policy.hold()) {
      settle(row, "uncertain", new Document("reason", reason));
    } else {
      retry(row, clock.instant().plus(policy.doubtful()), row.attempts() + 1, reason);
    }
  }

  Duration lease() {
    return policy.lease();
  }
}
