package soloist.segment;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import soloist.profile.Findable;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Since when those who are in a segment are in it, day by day. That somebody left is not kept, so
 * this tells who stayed, and not how many there were on a day.
 */
final class Growth {
  private static final int DAYS = 30;
  private static final int BATCH = 1_000;

  private final Store store;

  Growth(Store store) {
    this.store = store;
  }

  /** As the API tells it; every day of the last thirty is named. */
  Map<String, Object> of(String segment, Instant now, ZoneId zone) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    Map<LocalDate, Long> came = new LinkedHashMap<>();
    for (int ago = DAYS - 1; ago >= 0; ago--) {
      came.put(today.minusDays(ago), 0L);
    }
    long members = 0;
    long before = 0;
    for (Document person :
        store
            .profiles()
            .find(eq(Findable.SEGMENTS, segment))
            .projection(include("memberships"))
            .batchSize(BATCH)) {
      Document membership = Values.document(person, "memberships").get(segment, Document.class);
      LocalDate day = LocalDate.ofInstant(Values.instant(membership, "since"), zone);
      members++;
      if (came.computeIfPresent(day, (_, people) -> people + 1) == null) {
        before++;
      }
    }
    List<Map<String, Object>> days = new ArrayList<>();
    came.forEach((day, people) -> days.add(Map.of("day", day.toString(), "people", people)));
    return Map.of("members", members, "before", before, "days", days);
  }
}
