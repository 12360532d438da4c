package soloist.lane;

import com.mongodb.client.MongoCollection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.Document;
import soloist.store.Store;

/**
 * What a run has left in a store, without the bookkeeping that tells how often it committed.
 *
 * @param documents JSON by collection and id
 */
public record Left(SortedMap<String, String> documents) {

  public static Left in(Store store) {
    SortedMap<String, String> documents = new TreeMap<>();
    add(documents, "outbox", store.outbox());
    add(documents, "decision", store.decisions());
    add(documents, "profile", store.profiles(), "rev");
    add(documents, "cursor", store.cursors(), "batch");
    add(documents, "dead", store.dead(), "trace");
    add(documents, "crossing", store.crossings(), "by");
    add(documents, "identifier", store.identifiers(), "at");
    return new Left(documents);
  }

  private static void add(
      SortedMap<String, String> documents,
      String name,
      MongoCollection<Document> collection,
      String... bookkeeping) {
    for (Document document : collection.find().batchSize(10_000)) {
      for (String field : bookkeeping) {
        document.remove(field);
      }
      documents.put(name + " " + document.get("_id"), document.toJson());
    }
  }

  public List<Document> all(String name) {
    return documents.entrySet().stream()
        .filter(each -> each.getKey().startsWith(name + " "))
        .map(each -> Document.parse(each.getValue()))
        .toList();
  }

  public long count(String name) {
    return documents.keySet().stream().filter(key -> key.startsWith(name + " ")).count();
  }

  /** The first document that is not the same in both. */
  public Optional<String> difference(Left other) {
    var keys = new java.util.TreeSet<>(documents.keySet());
    keys.addAll(other.documents.keySet());
    return keys.stream()
        .filter(key -> !java.util.Objects.equals(documents.get(key), other.documents.get(key)))
        .findFirst()
        .map(key -> key + "\n  " + documents.get(key) + "\n  " + other.documents.get(key));
  }
}
