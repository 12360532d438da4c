package soloist.profiling;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import soloist.store.Store;
import soloist.store.Values;

/** How each instance is kept true, one document an instance. Each change touches its own fields. */
final class Upkeeps {
  private final Store store;

  Upkeeps(Store store) {
    this.store = store;
  }

  Upkeep find(String instance) {
    return Optional.ofNullable(store.upkeeps().find(eq("_id", instance)).first())
        .map(Upkeep::of)
        .orElseGet(() -> Upkeep.none(instance));
  }

  List<Upkeep> all() {
    List<Upkeep> all = new ArrayList<>();
    store.upkeeps().find().forEach(document -> all.add(Upkeep.of(document)));
    return all;
  }

  List<Upkeep> due(Instant now) {
    List<Upkeep> due = new ArrayList<>();
    store
        .upkeeps()
        .find(lte("dueAt", Date.from(now)))
        .forEach(document -> due.add(Upkeep.of(document)));
    return due;
  }

  void stands(String instance, String model) {
    change(instance, set("standing", model));
  }

  void plan(String instance, @Nullable Rhythm rhythm, boolean asks, @Nullable Instant dueAt) {
    change(
        instance,
        combine(
            set("rhythm", rhythm == null ? null : rhythm.toDocument()),
            set("asks", asks),
            set("dueAt", Values.date(dueAt))));
  }

  /** A repetition has ended; the owner may have set another time meanwhile, which stays. */
  void ended(Upkeep upkeep, @Nullable Instant next, Map<String, Object> last) {
    change(upkeep.instance(), set("last", Values.stored(last)));
    store
        .upkeeps()
        .updateOne(
            and(eq("_id", upkeep.instance()), eq("dueAt", Values.date(upkeep.dueAt()))),
            set("dueAt", Values.date(next)));
  }

  void forget(String instance) {
    store.upkeeps().deleteOne(eq("_id", instance));
  }

  private void change(String instance, Bson change) {
    store.upkeeps().updateOne(eq("_id", instance), change, new UpdateOptions().upsert(true));
  }
}
