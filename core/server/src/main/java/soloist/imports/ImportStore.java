package soloist.imports;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.FindIterable;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import soloist.store.Store;
import soloist.store.Values;

/** Imports as the store keeps them. */
final class ImportStore {
  private final Store store;

  ImportStore(Store store) {
    this.store = store;
  }

  void add(Import fresh) {
    store.imports().insertOne(fresh.toDocument());
  }

  Optional<Import> find(String id) {
    return Optional.ofNullable(store.imports().find(eq("_id", id)).first()).map(Import::of);
  }

  /** The newest first. */
  FindIterable<Document> all() {
    return store.imports().find().sort(Sorts.descending("createdAt", "_id"));
  }

  void surveyed(String id, Map<String, Object> survey) {
    store.imports().updateOne(eq("_id", id), set("survey", Values.stored(survey)));
  }

  void previewed(String id, String job) {
    store.imports().updateOne(eq("_id", id), set("preview", job));
  }

  void ordered(String id, Import.Order order) {
    store
        .imports()
        .updateOne(
            eq("_id", id),
            combine(
                set("order", Import.toDocument(order)),
                set("state", Import.State.beginning().toDocument())));
  }

  void runsAs(String id, String job) {
    store.imports().updateOne(eq("_id", id), set("job", job));
  }

  void reached(String id, Import.State state) {
    store.imports().updateOne(eq("_id", id), set("state", state.toDocument()));
  }

  void secured(String id, Map<String, Object> backup) {
    store.imports().updateOne(eq("_id", id), set("backup", Values.stored(backup)));
  }

  /** Those that the owner has taken back. */
  List<Import> undone() {
    List<Import> undone = new ArrayList<>();
    store.imports().find(ne("undoing", null)).forEach(each -> undone.add(Import.of(each)));
    return undone;
  }

  /** From now on it does not count. */
  void undoing(String id) {
    store
        .imports()
        .updateOne(
            and(eq("_id", id), eq("undoing", null)),
            set("undoing", new Document("job", null).append("endedAt", null)));
  }

  void undoneBy(String id, String job) {
    store.imports().updateOne(eq("_id", id), set("undoing.job", job));
  }

  void undone(String id, Instant at) {
    store.imports().updateOne(eq("_id", id), set("undoing.endedAt", Values.date(at)));
  }
}
