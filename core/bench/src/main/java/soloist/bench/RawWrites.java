package soloist.bench;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import soloist.lane.Partitions;
import soloist.store.Store;

/**
 * The same bytes as a server has written for some events, by the driver alone: a thousand rows at
 * once with one question and one insert-if-absent for their identifiers; where people are judged,
 * for each thousand also one insert a partition that carries what a redo record does, and one bulk
 * write of the people touched.
 */
final class RawWrites {
  private static final int AT_ONCE = 1_000;
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private final List<Document> events;
  private final Map<String, Document> identifiers = new HashMap<>();
  private final Map<String, Document> profiles = new HashMap<>();
  private final Map<String, List<Document>> effects = new HashMap<>();

  private RawWrites(List<Document> events) {
    this.events = events;
  }

  /**
   * Reads what a server has written.
   *
   * @param withProfiles whether it has judged the events
   */
  static RawWrites of(Store store, boolean withProfiles) {
    var writes =
        new RawWrites(store.events().find(new Document("origin", "api")).into(new ArrayList<>()));
    store.identifiers().find().forEach(each -> writes.identifiers.put(id(each), each));
    if (withProfiles) {
      store.profiles().find().forEach(each -> writes.profiles.put(id(each), each));
      for (var collection : List.of(store.decisions(), store.outbox())) {
        collection
            .find()
            .forEach(
                each ->
                    writes
                        .effects
                        .computeIfAbsent(each.getString("profileId"), _ -> new ArrayList<>())
                        .add(each));
      }
    }
    return writes;
  }

  private static String id(Document document) {
    return document.getString("_id");
  }

  int events() {
    return events.size();
  }

  void into(Store store) {
    Set<String> told = new HashSet<>();
    for (int from = 0; from < events.size(); from += AT_ONCE) {
      List<Document> some = events.subList(from, Math.min(events.size(), from + AT_ONCE));
      identify(store, some);
      store.events().insertMany(some);
      if (!profiles.isEmpty()) {
        judge(store, from, some, told);
      }
    }
  }

  private void identify(Store store, List<Document> some) {
    Set<String> missing = new HashSet<>();
    for (Document event : some) {
      event
          .get("identifiers", Document.class)
          .forEach((kind, value) -> missing.add(kind + ":" + value));
    }
    store
        .identifiers()
        .find(in("_id", List.copyOf(missing)))
        .batchSize(missing.size())
        .forEach(found -> missing.remove(id(found)));
    if (!missing.isEmpty()) {
      store
          .identifiers()
          .insertMany(
              missing.stream().map(identifiers::get).toList(),
              new InsertManyOptions().ordered(false));
    }
  }

  private void judge(Store store, int batch, List<Document> some, Set<String> told) {
    Map<String, Document> touched = new LinkedHashMap<>();
    some.forEach(
        event -> {
          String id = event.getString("profileId");
          touched.put(id, profiles.get(id));
        });
    Map<Integer, Document> redo = new HashMap<>();
    List<WriteModel<Document>> replaced = new ArrayList<>();
    touched.forEach(
        (id, profile) -> {
          Document record =
              redo.computeIfAbsent(
                  Partitions.of(id),
                  partition ->
                      new Document("_id", batch + ":" + partition)
                          .append("profiles", new ArrayList<>())
                          .append("effects", new ArrayList<>()));
          record.getList("profiles", Document.class).add(profile);
          if (told.add(id)) {
            record.getList("effects", Document.class).addAll(effects.getOrDefault(id, List.of()));
          }
          replaced.add(new ReplaceOneModel<>(eq("_id", id), profile, UPSERT));
        });
    redo.values().forEach(store.redo()::insertOne);
    store.profiles().bulkWrite(replaced);
  }
}
