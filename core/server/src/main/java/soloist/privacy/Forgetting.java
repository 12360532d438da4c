package soloist.privacy;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Leaves of what was journalled, decided and sent only what can be counted, under an id that leads
 * nowhere.
 */
final class Forgetting {
  private static final int ROWS_AT_ONCE = 500;

  /** What of a row, a message or a decision says nothing of anybody. */
  private static final Set<String> COUNTED =
      Set.of(
          "_id",
          "partition",
          "source",
          "position",
          "type",
          "time",
          "at",
          "state",
          "dueAt",
          "queuedAt",
          "settledAt",
          "markedAt",
          "campaign",
          "version",
          "step",
          "entry",
          "channel",
          "template",
          "templateVersion",
          "purpose",
          "decision",
          "attempts",
          "fence",
          "owner",
          "kind",
          "order",
          "rule");

  private static final Set<String> COUNTED_PROPERTIES =
      Set.of(
          "message",
          "campaign",
          "step",
          "entry",
          "purpose",
          "total",
          "currency",
          "returned",
          "granted");

  private final Store store;
  private final String id;
  private final String now;

  /**
   * @param id whose erasure this is
   * @param now the id that leads nowhere
   */
  Forgetting(Store store, String id, String now) {
    this.store = store;
    this.id = id;
    this.now = now;
  }

  void strip(MongoCollection<Document> collection) {
    for (Document document : collection.find(eq("profileId", id)).into(new ArrayList<>())) {
      collection.replaceOne(eq("_id", document.get("_id")), stripped(document));
    }
  }

  private Document stripped(Document document) {
    Document counted = new Document();
    document.forEach(
        (key, value) -> {
          if (COUNTED.contains(key)) {
            counted.append(key, value);
          }
        });
    return counted.append("profileId", now).append("reason", "erased");
  }

  /**
   * Puts rows that tell nothing in the place of the person's, so that positions stay dense. An id
   * may tell something too; it is in the way of its own successor, so those of one step are noted
   * before they go.
   */
  void rows(Bson which) {
    insert(begun());
    List<Document> rows;
    do {
      rows = store.events().find(which).limit(ROWS_AT_ONCE).into(new ArrayList<>());
      List<Document> empty = rows.stream().map(row -> emptied(row)).toList();
      store.erasures().updateOne(eq("_id", id), set("rows", empty));
      store.events().deleteMany(in("_id", rows.stream().map(row -> row.getString("_id")).toList()));
      insert(empty);
    } while (!rows.isEmpty());
  }

  /** What an earlier run that was cut off had taken out and not put back. */
  private List<Document> begun() {
    Document begun = store.erasures().find(eq("_id", id)).first();
    return begun == null ? List.of() : begun.getList("rows", Document.class, List.of());
  }

  private void insert(List<Document> rows) {
    for (Document row : rows) {
      store.events().replaceOne(eq("_id", row.get("_id")), row, new ReplaceOptions().upsert(true));
    }
  }

  private Document emptied(Document row) {
    Document properties = new Document();
    Values.document(row, "properties")
        .forEach(
            (key, value) -> {
              if (COUNTED_PROPERTIES.contains(key)) {
                properties.append(key, value);
              }
            });
    Document empty = stripped(row);
    empty.remove("reason");
    return empty
        .append(
            "_id",
            "erased:" + row.get("partition") + ":" + row.get("source") + ":" + row.get("position"))
        .append("otherIds", List.of())
        .append("origin", "erased")
        .append("identifiers", new Document())
        .append("properties", properties);
  }
}
