package soloist.profiling;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;

import com.mongodb.client.FindIterable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import soloist.spi.Profiler.Outcome;
import soloist.store.Store;

/**
 * Who was named by a model and to whom it happened, one document a person, of those from whom it
 * has not learnt: what a count of the confusion matrix opens.
 */
final class Foretold {
  private static final int MOST = 5_000;
  private static final int BATCH = 1_000;

  private final Store store;

  Foretold(Store store) {
    this.store = store;
  }

  /** Keeps the people of a model; how many are in each cell. */
  Map<String, Object> keep(String model, List<Outcome> outcomes, List<String> people) {
    List<Outcome> unseen = outcomes.stream().filter(Outcome::unseen).limit(MOST).toList();
    List<Document> documents = new ArrayList<>(unseen.size());
    for (Outcome each : unseen) {
      String person = people.get(each.row());
      documents.add(
          new Document("_id", model + ":" + person)
              .append("model", model)
              .append("profileId", person)
              .append("named", each.chosen())
              .append("came", each.came())
              .append("chance", each.chance()));
    }
    for (int from = 0; from < documents.size(); from += BATCH) {
      store
          .foretold()
          .insertMany(documents.subList(from, Math.min(from + BATCH, documents.size())));
    }
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("people", unseen.size());
    cells.put("namedCame", count(unseen, true, true));
    cells.put("namedNot", count(unseen, true, false));
    cells.put("otherCame", count(unseen, false, true));
    cells.put("otherNot", count(unseen, false, false));
    return cells;
  }

  private static int count(List<Outcome> outcomes, boolean named, boolean came) {
    return (int)
        outcomes.stream().filter(each -> each.chosen() == named && each.came() == came).count();
  }

  /** Those of one cell, the highest chance first. */
  FindIterable<Document> of(String model, boolean named, boolean came) {
    return store
        .foretold()
        .find(and(eq("model", model), eq("named", named), eq("came", came)))
        .sort(orderBy(descending("chance"), ascending("_id")));
  }

  void forget(Collection<String> models) {
    store.foretold().deleteMany(in("model", models));
  }
}
