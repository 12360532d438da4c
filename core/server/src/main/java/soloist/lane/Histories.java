package soloist.lane;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.bson.Document;
import soloist.store.Store;

/** Reads the past of people who are to be folded anew, one row at a time however many there are. */
final class Histories {
  private static final int ROWS_AT_ONCE = 500;

  private final Store store;

  Histories(Store store) {
    this.store = store;
  }

  /** Takes those rows of one profile that stand before a place. */
  private record Reader(Work.Refolding refolding, Predicate<Row> counts) {}

  /**
   * Folds everybody anew for whom the batch has a row that asks for it.
   *
   * @param cursor rows up to it are applied, but for dead ones
   * @return by id of the row
   */
  Map<String, Document> refolded(
      Work work, Cursor cursor, Batch batch, Map<String, Document> profiles) {
    Map<String, List<Reader>> byProfile = new HashMap<>();
    Map<String, Work.Refolding> byRow = new LinkedHashMap<>();
    for (int i = 0; i < batch.rows().size(); i++) {
      Row row = batch.rows().get(i);
      if (row.foldsAnew()) {
        String id = row.profileId();
        List<Row> until =
            batch.rows().subList(0, i + 1).stream()
                .filter(each -> each.profileId().equals(id))
                .toList();
        Work.Refolding refolding = work.refolding(cursor.versions(), profiles.get(id), until);
        byRow.put(row.id(), refolding);
        add(byProfile, id, refolding, each -> each.position() <= cursor.position(each.source()));
        refolding
            .parts()
            .forEach(part -> add(byProfile, part.profileId(), refolding, part::includes));
      }
    }
    if (!byRow.isEmpty()) {
      read(byProfile);
    }
    Map<String, Document> refolded = new HashMap<>();
    byRow.forEach((row, refolding) -> refolded.put(row, refolding.end()));
    return refolded;
  }

  private static void add(
      Map<String, List<Reader>> byProfile,
      String profileId,
      Work.Refolding refolding,
      Predicate<Row> counts) {
    byProfile.computeIfAbsent(profileId, _ -> new ArrayList<>()).add(new Reader(refolding, counts));
  }

  private void read(Map<String, List<Reader>> byProfile) {
    Set<String> dead = new HashSet<>();
    store
        .dead()
        .find(in("profileId", byProfile.keySet()))
        .projection(include("_id"))
        .forEach(row -> dead.add(row.getString("_id")));
    for (Document document :
        store.events().find(in("profileId", byProfile.keySet())).batchSize(ROWS_AT_ONCE)) {
      Row row = Row.of(document);
      if (!dead.contains(row.id())) {
        byProfile.getOrDefault(row.profileId(), List.of()).stream()
            .filter(reader -> reader.counts().test(row))
            .forEach(reader -> reader.refolding().add(row));
      }
    }
  }
}
