package soloist.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest rows of one sequence, so that a lane that keeps up never asks the store. */
final class Tail {
  private static final int MOST_ROWS = 512;

  private final ArrayDeque<Row> rows = new ArrayDeque<>();

  synchronized void add(Row row) {
    if (!rows.isEmpty() && rows.getLast().position() + 1 != row.position()) {
      rows.clear();
    }
    rows.addLast(row);
    if (rows.size() > MOST_ROWS) {
      rows.removeFirst();
    }
  }

  /**
   * The rows that follow a position, at most {@code limit}; null when the first of them is not here
   * any more.
   */
  synchronized @Nullable List<Row> after(long position, int limit) {
    Row first = rows.peekFirst();
    if (first == null || first.position() > position + 1) {
      return null;
    }
    List<Row> found = new ArrayList<>();
    for (Row row : rows) {
      if (row.position() > position && found.size() < limit) {
        found.add(row);
      }
    }
    // Rows that a writer found in the store after a failure were never added here.
    return found.isEmpty() ? null : found;
  }

  synchronized void forgetUpTo(long position) {
    rows.removeIf(row -> row.position() <= position);
  }
}
