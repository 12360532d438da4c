package soloist.lane;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.nin;
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
 * @param except whose they stay when they lead to one of them
 */
public record Handover(List<String> keys, String from, String to, List<String> except) {

  public Handover {
    keys = List.copyOf(keys);
    except = List.copyOf(except);
  }

  /** What led to one leads to the other. */
  public static Handover of(Collection<String> keys, String from, String to) {
    return new Handover(List.copyOf(keys), from, to, List.of());
  }

  /** What was once taken from somebody leads there again, but for what these have back already. */
  public static Handover back(Collection<String> keys, String to, Collection<String> except) {
    return new Handover(List.copyOf(keys), "", to, List.copyOf(except));
  }

  void carryOut(Store store) {
    if (keys.isEmpty()) {
      return;
    }
    if (from.isEmpty()) {
      store
          .identifiers()
          .updateMany(
              and(in("_id", keys), eq("was", to), nin("profileId", except)), set("profileId", to));
    } else {
      store
          .identifiers()
          .updateMany(
              and(in("_id", keys), eq("profileId", from)),
              combine(set("profileId", to), addToSet("was", from)));
    }
  }

  Document toDocument() {
    return new Document("keys", keys)
        .append("from", from)
        .append("to", to)
        .append("except", except);
  }

  static Handover of(Document document) {
    return new Handover(
        document.getList("keys", String.class),
        document.getString("from"),
        document.getString("to"),
        document.getList("except", String.class));
  }
}
