package soloist.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.model.ReplaceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * Versions of what the owner defines: segments, campaigns, templates, fields. A version, once
 * published, never changes.
 */
public final class Definitions {
  public static final String SEGMENT = "segment";
  public static final String CAMPAIGN = "campaign";
  public static final String TEMPLATE = "template";
  public static final String FIELD = "field";

  private final Store store;

  public Definitions(Store store) {
    this.store = store;
  }

  public void save(String kind, String id, int version, Map<String, ?> body) {
    Document document =
        new Document("_id", key(kind, id, version))
            .append("kind", kind)
            .append("id", id)
            .append("version", version)
            .append("body", Values.stored(body));
    store
        .definitions()
        .replaceOne(eq("_id", document.get("_id")), document, new ReplaceOptions().upsert(true));
  }

  public boolean exists(String kind, String id, int version) {
    return store.definitions().find(eq("_id", key(kind, id, version))).first() != null;
  }

  /** The body of one version. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> body(String kind, String id, int version) {
    Document found = store.definitions().find(eq("_id", key(kind, id, version))).first();
    if (found == null) {
      throw new IllegalStateException(kind + " '" + id + "' has no version " + version);
    }
    Object body = Values.plain(found.get("body"));
    return body == null ? Map.of() : (Map<String, Object>) body;
  }

  /** The highest version of every id of a kind, as bodies. */
  @SuppressWarnings("unchecked")
  public List<Map<String, Object>> newest(String kind) {
    Map<String, Document> newest = new java.util.TreeMap<>();
    for (Document document : store.definitions().find(eq("kind", kind))) {
      newest.merge(
          document.getString("id"),
          document,
          (one, other) -> one.getInteger("version") > other.getInteger("version") ? one : other);
    }
    List<Map<String, Object>> bodies = new ArrayList<>();
    newest
        .values()
        .forEach(document -> bodies.add((Map<String, Object>) Values.plain(document.get("body"))));
    return bodies;
  }

  /** The bodies of every version of one id, oldest first. */
  @SuppressWarnings("unchecked")
  public List<Map<String, Object>> versions(String kind, String id) {
    List<Map<String, Object>> bodies = new ArrayList<>();
    store
        .definitions()
        .find(and(eq("kind", kind), eq("id", id)))
        .sort(ascending("version"))
        .forEach(found -> bodies.add((Map<String, Object>) Values.plain(found.get("body"))));
    return bodies;
  }

  private static String key(String kind, String id, int version) {
    return kind + ":" + id + "@" + version;
  }
}
