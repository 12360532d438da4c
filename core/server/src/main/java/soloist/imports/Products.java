package soloist.imports;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import soloist.spi.Fetched;
import soloist.store.Store;
import soloist.store.Values;

/**
 * What is sold, as the newest file tells it; what older ones told is kept for when that is undone.
 */
final class Products {
  private static final int PAGE = 1_000;

  private final Store store;

  Products(Store store) {
    this.store = store;
  }

  /** The last word about each product stands. */
  void keep(List<Fetched.Product> products, Import from) {
    List<Document> told =
        products.stream().map(product -> document(product, from.origin())).toList();
    write(
        store.productTellings(),
        told.stream()
            .map(
                product ->
                    replace(
                        product.get("_id") + "\n" + from.id(),
                        new Document("product", product.get("_id"))
                            .append("origin", from.origin())
                            .append("at", Values.date(from.createdAt()))
                            .append("told", product)))
            .toList());
    write(
        store.products(),
        told.stream().map(product -> replace(product.getString("_id"), product)).toList());
  }

  /** Puts what was told before in the place of what this import told; returns for how many. */
  long takeBack(Import from) {
    long done = 0;
    List<String> ids = page(from);
    while (!ids.isEmpty()) {
      Map<String, Document> before = new HashMap<>();
      store
          .productTellings()
          .find(and(in("product", ids), ne("origin", from.origin())))
          .sort(ascending("at"))
          .forEach(
              telling ->
                  before.put(telling.getString("product"), Values.document(telling, "told")));
      List<WriteModel<Document>> writes = new ArrayList<>();
      for (String id : ids) {
        Document old = before.get(id);
        writes.add(
            old == null
                ? new DeleteOneModel<>(and(eq("_id", id), eq("origin", from.origin())))
                : new ReplaceOneModel<>(and(eq("_id", id), eq("origin", from.origin())), old));
      }
      write(store.products(), writes);
      store.productTellings().deleteMany(and(in("product", ids), eq("origin", from.origin())));
      done += ids.size();
      ids = page(from);
    }
    return done;
  }

  private List<String> page(Import from) {
    List<String> ids = new ArrayList<>();
    store
        .productTellings()
        .find(eq("origin", from.origin()))
        .limit(PAGE)
        .forEach(telling -> ids.add(telling.getString("product")));
    return ids;
  }

  private static WriteModel<Document> replace(String id, Document document) {
    return new ReplaceOneModel<>(eq("_id", id), document, new ReplaceOptions().upsert(true));
  }

  private static void write(
      MongoCollection<Document> collection, List<WriteModel<Document>> writes) {
    if (!writes.isEmpty()) {
      collection.bulkWrite(writes);
    }
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
