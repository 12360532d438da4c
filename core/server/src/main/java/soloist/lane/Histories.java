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
import org.bson.Document;
import soloist.store.Store;

/** Reads the past of people who are to be folded anew, one row at a time however many there are. */
final class Histories {
  private static final int ROWS_AT_ONCE = 500;

  private final Store store;

  Histories(Store store) {
    this.store = store;
  }

  /**
   * Folds everybody anew for whom the batch has a {@link Row#REFOLD} row.
   *
   * @param cursor rows up to it are applied, but for dead ones
   * @return by id of the row
   */
  Map<String, Document> refolded(
      Work work, Cursor cursor, Batch batch, Map<String, Document> profiles) {
    Map<String, List<Work.Refolding>> byProfile = new HashMap<>();
    Map<String, Work.Refolding> byRow = new LinkedHashMap<>();
    for (int i = 0; i < batch.rows().size(); i++) {
      Row row = batch.rows().get(i);
      if (row.isRefold()) {
        String id = row.profileId();
        List<Row> until =
            batch.rows().subList(0, i + 1).stream()
                .filter(each -> each.profileId().equals(id))
                .toList();
        Work.Refolding refolding = work.refolding(cursor.versions(), profiles.get(id), until);
        byRow.put(row.id(), refolding);
        byProfile.computeIfAbsent(id, _ -> new ArrayList<>()).add(refolding);
      }
    }
    if (!byRow.isEmpty()) {
      read(cursor, byProfile);
    }
    Map<String, Document> refolded = new HashMap<>();
    byRow.forEach((row, refolding) -> refolded.put(row, refolding.end()));
    return refolded;
  }

  private void read(Cursor cursor, Map<String, List<Work.Refolding>> byProfile) {
    Set<String> dead = new HashSet<>();
    store
        .dead()
        .find(in("profileId", byProfile.keySet()))
        .projection(include("_id"))
        .forEach(row -> dead.add(row.getString("_id")));
    for (Document document :
        store.events().find(in("profileId", byProfile.keySet())).batchSize(ROWS_AT_ONCE)) {
      Row row = Row.of(document);
      if (row.position() <= cursor.position(row.source()) && !dead.contains(row.id())) {
        byProfile.getOrDefault(row.profileId(), List.of()).forEach(refolding -> refolding.add(row));
      }
    }
  }
}
