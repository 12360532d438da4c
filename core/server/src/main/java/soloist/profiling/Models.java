package soloist.profiling;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.FindIterable;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.store.Store;

/** What was learnt, by instance; the newest ten of each are kept. */
final class Models {
  private static final int MOST_KEPT = 10;
  private static final Bson NEWEST_FIRST = descending("at", "_id");

  private final Store store;

  Models(Store store) {
    this.store = store;
  }

  /** Keeps a model, and forgets the oldest of its instance. */
  void add(Model model) {
    store.models().insertOne(model.toDocument());
    List<String> kept = new ArrayList<>();
    of(model.instance())
        .limit(MOST_KEPT)
        .projection(Projections.include("_id"))
        .forEach(each -> kept.add(each.getString("_id")));
    store.models().deleteMany(and(eq("instance", model.instance()), nin("_id", kept)));
  }

  void written(String id, Collection<String> traits) {
    store
        .models()
        .updateOne(
            eq("_id", id), combine(set("written", true), set("traits", List.copyOf(traits))));
  }

  Optional<Model> find(String id) {
    return Optional.ofNullable(store.models().find(eq("_id", id)).first()).map(Model::of);
  }

  /** All of an instance, newest first. */
  FindIterable<Document> of(String instance) {
    return store.models().find(eq("instance", instance)).sort(NEWEST_FIRST);
  }

  Optional<Model> newest(String instance) {
    return Optional.ofNullable(of(instance).first()).map(Model::of);
  }

  /** The newest of any instance of a plugin. */
  Optional<Model> newestBy(String plugin) {
    return Optional.ofNullable(store.models().find(eq("plugin", plugin)).sort(NEWEST_FIRST).first())
        .map(Model::of);
  }
}
