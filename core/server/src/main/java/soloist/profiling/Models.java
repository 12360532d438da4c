package soloist.profiling;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.FindIterable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.store.Store;
import soloist.store.Values;

/** What was learnt, by instance; the newest ten of each are kept, and the one that stands. */
final class Models {
  private static final int MOST_KEPT = 10;
  private static final String DECISION = "judged.verdict.decision";
  private static final Bson NEWEST_FIRST = descending("at", "_id");

  private final Store store;
  private final Foretold foretold;

  Models(Store store) {
    this.store = store;
    foretold = new Foretold(store);
  }

  /**
   * Keeps a model, and forgets the oldest of its instance.
   *
   * @param standing is not forgotten; empty where none stands
   */
  void add(Model model, Optional<String> standing) {
    store.models().insertOne(model.toDocument());
    List<String> old = new ArrayList<>();
    of(model.instance())
        .skip(MOST_KEPT)
        .projection(include("_id"))
        .forEach(each -> old.add(each.getString("_id")));
    standing.ifPresent(old::remove);
    foretold.forget(old);
    store.models().deleteMany(in("_id", old));
  }

  /** What it says is told from now on, under its next turn. */
  Model stands(Model model, Model.Turn turn, List<Standing> segments, List<Standing> retired) {
    store
        .models()
        .updateOne(
            eq("_id", model.id()),
            combine(
                set("written", false),
                set("turn", turn.toDocument()),
                set("segments", segments.stream().map(Standing::toDocument).toList()),
                set("retired", retired.stream().map(Standing::toDocument).toList())));
    return find(model.id()).orElseThrow();
  }

  void written(String id, Collection<String> traits, List<Shares> scores) {
    store
        .models()
        .updateOne(
            eq("_id", id),
            combine(
                set("written", true),
                set("traits", List.copyOf(traits)),
                set("scores", scores.stream().map(Shares::toDocument).toList())));
  }

  /** Notes what has been found out about a model. */
  void note(String id, String what, Map<String, Object> found) {
    store.models().updateOne(eq("_id", id), set("judged." + what, Values.stored(found)));
  }

  /** One that waited does not take over. */
  void declined(String id, Verdict.Reason reason) {
    store
        .models()
        .updateOne(
            eq("_id", id),
            combine(
                set(DECISION, Verdict.Decision.DECLINED.word()),
                set("judged.verdict.reason", reason.word())));
  }

  void seen(String id) {
    store.models().updateOne(eq("_id", id), set("judged.fairness.seen", true));
  }

  Optional<Model> find(String id) {
    return Optional.ofNullable(store.models().find(eq("_id", id)).first()).map(Model::of);
  }

  /** All of an instance, newest first. */
  FindIterable<Document> of(String instance) {
    return store.models().find(eq("instance", instance)).sort(NEWEST_FIRST);
  }

  /** How far people have moved away from a model, where somebody has looked. */
  Optional<String> mark(String id) {
    Document found =
        store.models().find(eq("_id", id)).projection(include("judged.drift.mark")).first();
    return Optional.ofNullable(found)
        .map(it -> Values.document(Values.document(it, "judged"), "drift").getString("mark"));
  }

  /** Those that wait for the owner's word, newest first. */
  List<String> waiting(String instance) {
    List<String> waiting = new ArrayList<>();
    store
        .models()
        .find(and(eq("instance", instance), eq(DECISION, Verdict.Decision.ASKS.word())))
        .sort(NEWEST_FIRST)
        .projection(include("_id"))
        .forEach(each -> waiting.add(each.getString("_id")));
    return waiting;
  }

  /** Whether another one of the instance has told people something before. */
  boolean hasToldBefore(Model model) {
    return store
            .models()
            .find(
                and(eq("instance", model.instance()), ne("_id", model.id()), gt("turn.number", 0)))
            .projection(include("_id"))
            .first()
        != null;
  }

  /** The newest that has ever counted; one whose run was cut off before that has told nobody. */
  Optional<String> newestId(String instance) {
    return Optional.ofNullable(
            of(instance)
                .filter(and(eq("instance", instance), ne("turn.number", 0)))
                .projection(include("_id"))
                .first())
        .map(each -> each.getString("_id"));
  }
}
