package soloist.lane;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import java.util.Collection;
import java.util.List;
import org.bson.Document;
import soloist.store.Store;

/**
 * Identifiers that lead to another profile from a commit on. Carried out twice it is carried out
 * once, and it never takes what belongs to somebody else.
 *
 * @param keys kind:value
 * @param from to whom they have led; empty when they go back to {@code to}, from whom they were
 *     taken
 */
public record Handover(List<String> keys, String from, String to) {

  public Handover {
    keys = List.copyOf(keys);
  }

  /** What led to one leads to the other. */
  public static Handover of(Collection<String> keys, String from, String to) {
    return new Handover(List.copyOf(keys), from, to);
  }

  /** What was once taken from somebody leads there again. */
  public static Handover back(Collection<String> keys, String to) {
    return new Handover(List.copyOf(keys), "", to);
  }

  void carryOut(Store store) {
    if (keys.isEmpty()) {
      return;
    }
    if (from.isEmpty()) {
      store.identifiers().updateMany(and(in("_id", keys), eq("was", to)), set("profileId", to));
    } else {
      store
          .identifiers()
          .updateMany(
              and(in("_id", keys), eq("profileId", from)),
              combine(set("profileId", to), addToSet("was", from)));
    }
  }

  Document toDocument() {
    return new Document("keys", keys).append("from", from).append("to", to);
  }

  static Handover of(Document document) {
    return new Handover(
        document.getList("keys", String.class),
        document.getString("from"),
        document.getString("to"));
  }
}
