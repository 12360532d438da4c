package soloist.lane;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is judged and committed together.
 *
 * @param rows live rows in their order, then bulk rows in theirs
 * @param due profiles to take up to {@code dueUntil} after their rows
 */
record Batch(List<Row> rows, List<String> due, Instant dueUntil) {
  Batch {
    rows = List.copyOf(rows);
    due = List.copyOf(due);
  }

  int size() {
    return rows.size() + due.size();
  }

  /** Everybody who has a row or is due. */
  Set<String> profileIds() {
    Set<String> ids = new LinkedHashSet<>(due);
    rows.forEach(row -> ids.add(row.profileId()));
    return ids;
  }

  /** The first half; what stands before the other half. */
  Batch head() {
    int half = size() / 2;
    return half <= rows.size()
        ? new Batch(rows.subList(0, half), List.of(), dueUntil)
        : new Batch(rows, due.subList(0, half - rows.size()), dueUntil);
  }

  Batch rest() {
    int half = size() / 2;
    return half <= rows.size()
        ? new Batch(rows.subList(half, rows.size()), due, dueUntil)
        : new Batch(List.of(), due.subList(half - rows.size(), due.size()), dueUntil);
  }
}
