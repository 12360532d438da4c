package soloist;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.Document;
import soloist.lane.Judged;
import soloist.lane.Left;
import soloist.lane.Row;
import soloist.lane.Work;

/** Judges rows of one partition in so many pieces, then everybody's dues, without any store. */
final class Split {
  private Split() {}

  static Left judge(
      Work work,
      Map<String, Integer> versions,
      List<Row> rows,
      Instant end,
      int cuts,
      Random random) {
    SortedMap<String, String> left = new TreeMap<>();
    Map<String, Document> profiles = new HashMap<>();
    var known = new Work.Known(profiles, Map.of());
    int from = 0;
    for (int cut = 0; cut <= cuts && from < rows.size(); cut++) {
      int to = cut == cuts ? rows.size() : from + 1 + random.nextInt(rows.size() - from);
      Judged judged = work.judge(versions, rows.subList(from, to), known, List.of(), Instant.EPOCH);
      keep(judged, profiles, left);
      from = to;
    }
    List<String> everybody = profiles.keySet().stream().sorted().toList();
    keep(work.judge(versions, List.of(), known, everybody, end), profiles, left);
    profiles.forEach(
        (id, profile) -> {
          profile.remove("rev");
          left.put("profile " + id, profile.toJson());
        });
    return new Left(left);
  }

  private static void keep(
      Judged judged, Map<String, Document> profiles, SortedMap<String, String> left) {
    judged.outbox().forEach(row -> left.put("outbox " + row.get("_id"), row.toJson()));
    judged.decisions().forEach(row -> left.put("decision " + row.get("_id"), row.toJson()));
    judged.profiles().forEach(profile -> profiles.put(profile.getString("_id"), profile));
  }
}
