package soloist.privacy;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import soloist.identity.Identifiers;
import soloist.store.Store;
import soloist.store.Values;

/** Where the store knows a person: the one list for access, for erasure and for its check. */
final class Records {
  static final String ERASED = "[erased]";

  private final Store store;

  Records(Store store) {
    this.store = store;
  }

  /** What is about a person by the person's id, by collection. */
  Map<String, List<Document>> of(Subject who) {
    Map<String, List<Document>> found = new LinkedHashMap<>();
    byId(who).forEach((name, query) -> found.put(name, query.documents()));
    return found;
  }

  private record Query(MongoCollection<Document> collection, Bson filter) {
    List<Document> documents() {
      return collection.find(filter).into(new ArrayList<>());
    }
  }

  private Map<String, Query> byId(Subject who) {
    Map<String, Query> places = new LinkedHashMap<>();
    Bson owned = eq("profileId", who.profile());
    places.put("profile", new Query(store.profiles(), eq("_id", who.profile())));
    places.put("identifiers", new Query(store.identifiers(), owned));
    places.put("events", new Query(store.events(), owned));
    places.put("messages", new Query(store.outbox(), owned));
    places.put("decisions", new Query(store.decisions(), owned));
    places.put("reviews", new Query(store.reviews(), owned));
    places.put("undecidable", new Query(store.dead(), owned));
    return places;
  }

  /** What may quote people among others: a collection, and the field that does. */
  private record Quoting(String name, MongoCollection<Document> collection, String field) {}

  private List<Quoting> quoting() {
    return List.of(
        new Quoting("jobs", store.jobs(), "result"),
        new Quoting("imports", store.imports(), "survey"));
  }

  /**
   * Takes the person's texts out of what is about more than the person. Returns whose rows told
   * something of this one.
   */
  Set<String> scrub(Subject who) {
    Set<String> texts = who.texts();
    for (Quoting each : quoting()) {
      for (Document document :
          each.collection().find(exists(each.field())).into(new ArrayList<>())) {
        Object clean = scrubbed(document.get(each.field()), texts);
        if (!Objects.equals(clean, document.get(each.field()))) {
          each.collection().updateOne(eq("_id", document.get("_id")), set(each.field(), clean));
        }
      }
    }
    Set<String> touched = scrubRows(who);
    // A redo record whose batch is applied is never read again.
    for (Document redo : store.redo().find()) {
      Document cursor = store.cursors().find(eq("_id", redo.get("_id"))).first();
      if (cursor != null && redo.getLong("batch") <= cursor.getLong("batch")) {
        store.redo().deleteOne(and(eq("_id", redo.get("_id")), eq("batch", redo.get("batch"))));
      }
    }
    return touched;
  }

  /** Rows of other people that name this one; what leads to the person leads nobody there. */
  private Set<String> scrubRows(Subject who) {
    Map<String, List<String>> kinds = kinds(who);
    // A browser is whoever's that uses it.
    kinds.remove(Identifiers.VISITOR_ID);
    List<Bson> named = new ArrayList<>();
    named.add(eq("otherIds", who.profile()));
    kinds.forEach((kind, values) -> named.add(in("identifiers." + kind, values)));
    Bson others = and(ne("profileId", who.profile()), or(named));
    Set<String> touched = new TreeSet<>();
    for (Document row : store.events().find(others).into(new ArrayList<>())) {
      Document identifiers = new Document();
      Values.document(row, "identifiers")
          .forEach(
              (kind, value) -> {
                if (!kinds.getOrDefault(kind, List.of()).contains(value)) {
                  identifiers.append(kind, value);
                }
              });
      Document clean = scrubbed(row.append("identifiers", identifiers), who.own());
      clean.put("_id", row.get("_id"));
      store.events().replaceOne(eq("_id", row.get("_id")), clean);
      touched.add(row.getString("profileId"));
    }
    return touched;
  }

  private static Map<String, List<String>> kinds(Subject who) {
    Map<String, List<String>> kinds = new TreeMap<>();
    who.identifiers()
        .forEach(
            each -> {
              int colon = each.indexOf(':');
              kinds
                  .computeIfAbsent(each.substring(0, colon), _ -> new ArrayList<>())
                  .add(each.substring(colon + 1));
            });
    return kinds;
  }

  static Document scrubbed(Document document, Set<String> texts) {
    Document clean = new Document();
    document.forEach((key, each) -> clean.put(key, scrubbed(each, texts)));
    return clean;
  }

  private static @Nullable Object scrubbed(@Nullable Object value, Set<String> texts) {
    return switch (value) {
      case String text when Subject.says(text, texts) -> ERASED;
      case Document document -> scrubbed(document, texts);
      case List<?> list -> {
        List<@Nullable Object> clean = new ArrayList<>();
        list.forEach(each -> clean.add(scrubbed(each, texts)));
        yield clean;
      }
      case null, default -> value;
    };
  }

  /** The collections in which something of the person still stands. */
  List<String> remaining(Subject who) {
    List<String> remaining = new ArrayList<>();
    byId(who)
        .forEach(
            (name, query) -> {
              if (query.collection().find(query.filter()).first() != null) {
                remaining.add(name);
              }
            });
    for (Quoting each : quoting()) {
      for (Document document : each.collection().find()) {
        if (Subject.says(document.toJson(), who.own())) {
          remaining.add(each.name());
          break;
        }
      }
    }
    return remaining;
  }
}
