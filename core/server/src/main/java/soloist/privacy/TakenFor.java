package soloist.privacy;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import soloist.lane.Row;
import soloist.store.Store;
import soloist.store.Values;

/**
 * What lies of somebody with people whom they were taken for, even if they are not any more: events
 * that were moved there, what was sent to their address meanwhile, and that the two were one.
 *
 * @param ids of those people
 */
record TakenFor(Store store, String id, Set<String> ids) {
  private static final List<String> NAMING =
      List.of(Row.LINKED, Row.ABSORBED, Row.UNLINKED, Row.PARTED, Row.MOVED);

  TakenFor {
    ids = Set.copyOf(ids);
  }

  /** Follows who became whom from one id to the next. */
  static TakenFor find(Store store, String id) {
    Set<String> found = new TreeSet<>(Set.of(id));
    Deque<String> ahead = new ArrayDeque<>(found);
    while (!ahead.isEmpty()) {
      Bson naming = and(eq("profileId", ahead.pop()), in("type", NAMING));
      for (Document row : store.events().find(naming).projection(include("properties"))) {
        Document properties = Values.document(row, "properties");
        for (String key : List.of("into", "profile", "profiles", "via")) {
          texts(properties.get(key)).stream().filter(found::add).forEach(ahead::add);
        }
      }
    }
    found.remove(id);
    return new TakenFor(store, id, found);
  }

  private static Collection<String> texts(@Nullable Object value) {
    return switch (value) {
      case String text -> List.of(text);
      case List<?> list -> list.stream().map(String::valueOf).toList();
      case null, default -> List.of();
    };
  }

  /** The events of this person that were journalled again for one of them. */
  Bson moved() {
    return and(in("profileId", ids), eq("type", Row.MOVED), eq("properties.via", id));
  }

  /** Takes out what names the person in what is the others' own. */
  void scrub(Subject who) {
    if (ids.isEmpty()) {
      return;
    }
    Set<String> told = new HashSet<>();
    for (Bson rows : List.of(eq("profileId", id), moved())) {
      store
          .events()
          .find(rows)
          .projection(include("_id"))
          .forEach(row -> told.add(row.getString("_id")));
    }
    Set<String> texts = new HashSet<>(who.own());
    Bson naming = and(in("profileId", ids), in("type", NAMING));
    for (Document row : store.events().find(naming)) {
      String because = Values.document(row, "properties").getString("because");
      if (because != null && told.contains(because)) {
        texts.add(because);
      }
    }
    scrub(store.events(), naming, texts);
    scrub(store.outbox(), in("profileId", ids), who.own());
    for (Document decision : store.decisions().find(in("profileId", ids))) {
      Document cause = Values.document(decision, "cause");
      if (told.contains(cause.getString("event"))) {
        decision.append("cause", new Document(cause).append("event", Records.ERASED));
        store.decisions().replaceOne(eq("_id", decision.get("_id")), decision);
      }
    }
  }

  private void scrub(MongoCollection<Document> collection, Bson which, Set<String> texts) {
    for (Document document : collection.find(which)) {
      boolean isOwn = Row.MOVED.equals(document.get("type")) && isVia(document);
      if (!isOwn && Subject.says(document.toJson(), texts)) {
        Document clean = Records.scrubbed(document, texts);
        clean.put("_id", document.get("_id"));
        collection.replaceOne(eq("_id", document.get("_id")), clean);
      }
    }
  }

  /** Those go as a whole, found by what would be taken out. */
  private boolean isVia(Document row) {
    return texts(Values.document(row, "properties").get("via")).contains(id);
  }
}
