package soloist.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import soloist.store.Values;

/**
 * The newest rows of one sequence, so that a lane that keeps up never asks the store. Keeps nothing
 * before a lane has given it room.
 */
final class Tail {
  /** What a row costs beside what it holds. */
  private static final int ROW = 512;

  private record Kept(Row row, long bytes) {}

  private final ArrayDeque<Kept> rows = new ArrayDeque<>();
  private TailRoom room = new TailRoom(0);

  synchronized void room(TailRoom given) {
    clear();
    room = given;
  }

  synchronized void add(Row row) {
    if (room.isNone()) {
      return;
    }
    if (!rows.isEmpty() && rows.getLast().row().position() + 1 != row.position()) {
      clear();
    }
    long bytes = sizeOf(row);
    boolean hasRoom = room.take(bytes);
    while (!hasRoom && !rows.isEmpty()) {
      room.giveBack(rows.removeFirst().bytes());
      hasRoom = room.take(bytes);
    }
    if (hasRoom) {
      rows.addLast(new Kept(row, bytes));
    }
  }

  /**
   * The rows that follow a position, at most {@code limit}; null when the first of them is not here
   * any more.
   */
  synchronized @Nullable List<Row> after(long position, int limit) {
    Kept first = rows.peekFirst();
    if (first == null || first.row().position() > position + 1) {
      return null;
    }
    List<Row> found = new ArrayList<>();
    for (Kept kept : rows) {
      if (kept.row().position() > position && found.size() < limit) {
        found.add(kept.row());
      }
    }
    // Rows that a writer found in the store after a failure were never added here.
    return found.isEmpty() ? null : found;
  }

  synchronized void forgetUpTo(long position) {
    while (!rows.isEmpty() && rows.getFirst().row().position() <= position) {
      room.giveBack(rows.removeFirst().bytes());
    }
  }

  private void clear() {
    rows.forEach(kept -> room.giveBack(kept.bytes()));
    rows.clear();
  }

  /** About what a row takes on the heap, rather too much than too little. */
  static long sizeOf(Row row) {
    return ROW
        + Values.heapBytes(row.id())
        + Values.heapBytes(row.profileId())
        + Values.heapBytes(row.otherIds())
        + Values.heapBytes(row.identifiers())
        + Values.heapBytes(row.properties());
  }
}
