package soloist.imports;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.FindIterable;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import soloist.spi.Fetched;
import soloist.store.Store;
import soloist.store.Values;

/** Imports and products as the store keeps them. */
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

  /** The last word about each product stands. */
  void keep(List<Fetched.Product> products, String origin) {
    if (products.isEmpty()) {
      return;
    }
    store
        .products()
        .bulkWrite(
            products.stream()
                .map(product -> document(product, origin))
                .map(
                    document ->
                        new ReplaceOneModel<>(
                            eq("_id", document.get("_id")),
                            document,
                            new ReplaceOptions().upsert(true)))
                .toList());
  }

  private static Document document(Fetched.Product product, String origin) {
    return new Document("_id", product.id())
        .append("name", product.name())
        .append("category", product.category())
        .append("price", Values.stored(product.price()))
        .append("currency", product.currency())
        .append("facts", Values.stored(new LinkedHashMap<>(product.facts())))
        .append("origin", origin);
  }
}
