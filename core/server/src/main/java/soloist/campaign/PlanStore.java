package soloist.campaign;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.FindIterable;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.http.Problem;
import soloist.http.Versions;
import soloist.store.Store;
import soloist.store.Values;

/** What the owner has planned, as the store keeps it. */
final class PlanStore {
  private final Store store;
  private final InstantSource clock;

  PlanStore(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  void add(Plan plan) {
    Document document = new Document("_id", plan.id()).append("walks", new Document());
    document.putAll(plan.toDocument(plan.rev(), plan.createdAt()));
    store.campaigns().insertOne(document);
  }

  /**
   * Puts a plan in the place of the one it was made from.
   *
   * @throws Problem 412 when that one has been changed since
   */
  Plan change(Plan plan) {
    List<Bson> sets = new ArrayList<>();
    plan.toDocument(plan.rev() + 1, clock.instant())
        .forEach((key, value) -> sets.add(set(key, value)));
    plan.walks()
        .forEach(
            (name, walk) -> {
              if (walk.after().isEmpty() && !walk.ended()) {
                sets.add(set("walks." + name, walk.toDocument()));
              }
            });
    long matched =
        store
            .campaigns()
            .updateOne(and(eq("_id", plan.id()), eq("rev", plan.rev())), combine(sets))
            .getMatchedCount();
    if (matched == 0) {
      throw Versions.changed();
    }
    return find(plan.id()).orElseThrow(Problem::notFound);
  }

  /** How far a walk has got, which is no change by the owner. */
  void reached(String id, Walk walk) {
    store.campaigns().updateOne(eq("_id", id), set("walks." + walk.name(), walk.toDocument()));
  }

  void said(String id) {
    store.campaigns().updateOne(eq("_id", id), set("pending", List.of()));
  }

  Optional<Plan> find(String id) {
    return Optional.ofNullable(store.campaigns().find(eq("_id", id)).first()).map(Plan::of);
  }

  /** Changed last, first. */
  FindIterable<Document> all() {
    return store.campaigns().find().sort(Sorts.descending("changedAt", "_id"));
  }

  /** How many entries and messages there are. */
  Map<String, Object> numbers(String id) {
    return Map.of(
        "entered",
        store.decisions().countDocuments(and(eq("campaign", id), eq("kind", "start"))),
        "sent",
        store.outbox().countDocuments(and(eq("campaign", id), eq("state", "sent"))));
  }

  /** Those that have something to do by themselves. */
  List<Plan> at(Plan.State... states) {
    List<String> names = java.util.Arrays.stream(states).map(Plan.State::name).toList();
    List<Plan> plans = new ArrayList<>();
    store.campaigns().find(in("state", names)).forEach(document -> plans.add(Plan.of(document)));
    return plans;
  }

  Instant now() {
    return clock.instant();
  }

  /** Whether a walk through everybody has come to its end. */
  static boolean isOver(Document plan, String walk) {
    return Values.document(plan, "walks").get(walk) instanceof Document found
        && Boolean.TRUE.equals(found.getBoolean("ended"));
  }
}
