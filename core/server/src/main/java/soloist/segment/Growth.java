package soloist.segment;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import soloist.lane.Crossings;
import soloist.profile.Findable;
import soloist.store.Store;

/**
 * How many were in a segment at the end of each day, who came and who left: from those who are in
 * it now, back through what was counted. It ends where counting began.
 */
final class Growth {
  private static final int DAYS = 30;
  private static final int BATCH = 1_000;

  private final Store store;

  Growth(Store store) {
    this.store = store;
  }

  /** As the API tells it; every day is named. */
  Map<String, Object> of(String segment, Instant now, ZoneId zone) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    LocalDate since = LocalDate.ofInstant(Crossings.since(store), zone);
    LocalDate first = today.minusDays(DAYS - 1);
    first = since.isAfter(first) ? since : first;
    Map<String, int[]> counted = counted(segment, first);
    long present = store.profiles().countDocuments(eq(Findable.SEGMENTS, segment));
    List<Map<String, Object>> days = new ArrayList<>();
    long members = present;
    for (LocalDate day = today; !day.isBefore(first); day = day.minusDays(1)) {
      int[] count = counted.getOrDefault(day.toString(), new int[2]);
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("day", day.toString());
      told.put("members", members);
      told.put("entered", count[0]);
      told.put("left", count[1]);
      days.add(told);
      members = Math.max(0, members - count[0] + count[1]);
    }
    return Map.of("members", present, "since", since.toString(), "days", days.reversed());
  }

  private Map<String, int[]> counted(String segment, LocalDate first) {
    Map<String, int[]> counted = new HashMap<>();
    for (Document each :
        store
            .crossings()
            .find(and(eq(Crossings.SEGMENT, segment), gte(Crossings.DAY, first.toString())))
            .batchSize(BATCH)) {
      int[] count = counted.computeIfAbsent(each.getString(Crossings.DAY), _ -> new int[2]);
      count[0] += each.getInteger(Crossings.ENTERED);
      count[1] += each.getInteger(Crossings.LEFT);
    }
    return counted;
  }
}
