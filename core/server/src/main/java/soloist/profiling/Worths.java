package soloist.profiling;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.model.ReplaceOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bson.Document;
import soloist.profile.Findable;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Total;
import soloist.spi.Table;
import soloist.spi.Text;
import soloist.store.Store;
import soloist.store.Values;

/**
 * What the members of each segment were worth together at each run, so that the owner sees whether
 * it grows. Nobody is named. The newest points of each segment and instance are kept.
 */
final class Worths {
  /** Of all customers together. */
  static final String EVERYBODY = "";

  private static final int MOST_POINTS = 400;
  private static final int MOST_SEGMENTS = 200;
  private static final int BATCH = 1_000;

  private final Store store;

  Worths(Store store) {
    this.store = store;
  }

  /** Keeps what a model that was just told says; told again, the same points are written again. */
  void keep(Profiler profiler, Model model, Table table, Profiler.Run run) {
    Map<String, IntStream.Builder> rows = members(table);
    List<String> segments = List.copyOf(rows.keySet());
    List<int[]> groups = rows.values().stream().map(each -> each.build().toArray()).toList();
    for (Total total : profiler.totals(model.learnt(), table, run, groups)) {
      if (total.group() >= 0 && total.group() < segments.size()) {
        keep(segments.get(total.group()), model, total);
      }
    }
  }

  /** The rows of everybody and of the members of each segment, by its id. */
  private Map<String, IntStream.Builder> members(Table table) {
    Map<String, Integer> rowOf = new HashMap<>();
    Map<String, IntStream.Builder> members = new TreeMap<>();
    IntStream.Builder everybody = IntStream.builder();
    members.put(EVERYBODY, everybody);
    List<String> people = table.people();
    for (int from = 0; from < people.size(); from += BATCH) {
      List<String> some = people.subList(from, Math.min(from + BATCH, people.size()));
      rowOf.clear();
      for (int i = 0; i < some.size(); i++) {
        rowOf.put(some.get(i), from + i);
        everybody.add(from + i);
      }
      for (Document person :
          store
              .profiles()
              .find(in("_id", some))
              .sort(ascending("_id"))
              .projection(include(Findable.SEGMENTS))
              .batchSize(BATCH)) {
        int row = Objects.requireNonNull(rowOf.get(person.getString("_id")));
        for (String segment : person.getList(Findable.SEGMENTS, String.class, List.of())) {
          if (members.containsKey(segment) || members.size() <= MOST_SEGMENTS) {
            members.computeIfAbsent(segment, _ -> IntStream.builder()).add(row);
          }
        }
      }
    }
    return members;
  }

  private void keep(String segment, Model model, Total total) {
    Document point =
        new Document("_id", segment + " " + model.rows())
            .append("segment", segment)
            .append("instance", model.instance())
            .append("at", Values.date(model.turn().at()))
            .append("people", total.people())
            .append("sum", total.sum())
            .append("low", total.low())
            .append("high", total.high())
            .append("unit", new Document("en", total.unit().en()).append("zh", total.unit().zh()));
    store
        .worths()
        .replaceOne(eq("_id", point.getString("_id")), point, new ReplaceOptions().upsert(true));
    List<String> old = new ArrayList<>();
    store
        .worths()
        .find(and(eq("segment", segment), eq("instance", model.instance())))
        .sort(descending("at", "_id"))
        .skip(MOST_POINTS)
        .projection(include("_id"))
        .forEach(each -> old.add(each.getString("_id")));
    if (!old.isEmpty()) {
      store.worths().deleteMany(in("_id", old));
    }
  }

  /** The points of a segment, oldest first. */
  List<Map<String, Object>> of(String segment) {
    List<Map<String, Object>> points = new ArrayList<>();
    for (Document point :
        store.worths().find(eq("segment", segment)).sort(ascending("at", "_id"))) {
      int people = point.getInteger("people");
      double sum = point.getDouble("sum");
      Document unit = Values.document(point, "unit");
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("instance", point.getString("instance"));
      told.put("at", Values.instant(point, "at"));
      told.put("people", people);
      told.put("mean", sum / people);
      told.put("sum", sum);
      told.put("low", point.getDouble("low"));
      told.put("high", point.getDouble("high"));
      told.put("unit", Figures.write(new Text(unit.getString("en"), unit.getString("zh"))));
      points.add(told);
    }
    return points;
  }
}
