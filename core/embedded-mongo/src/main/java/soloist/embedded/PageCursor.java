package soloist.embedded;

import java.util.Objects;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/** Goes over the entries of a tree as its root has them, in order or backwards. */
final class PageCursor<V> {
  private final boolean reverse;
  private final Page<byte[], V>[] way = PointReader.pages();
  private final int[] at = new int[PointReader.MOST_LEVELS];
  private int depth;
  private boolean ended;

  /**
   * Stands on the first entry.
   *
   * @param from what it does not come before, nor after in reverse; null to begin at the end
   */
  PageCursor(Page<byte[], V> root, byte @Nullable [] from, boolean reverse) {
    this.reverse = reverse;
    way[0] = root;
    while (!way[depth].isLeaf()) {
      at[depth] = from == null ? first(way[depth]) : PointReader.child(way[depth], from);
      below();
    }
    at[depth] = from == null ? first(way[depth]) : start(way[depth], from);
    climb();
  }

  private int first(Page<byte[], V> page) {
    return reverse ? last(page) : 0;
  }

  private static int last(Page<?, ?> page) {
    return page.isLeaf() ? page.getKeyCount() - 1 : page.getKeyCount();
  }

  private int start(Page<byte[], V> leaf, byte[] from) {
    int found = PointReader.search(leaf, from);
    return found >= 0 ? found : reverse ? -found - 2 : -found - 1;
  }

  private void below() {
    way[depth + 1] = ChunkFile.below(way[depth], at[depth]);
    depth++;
  }

  /** To the next entry, if this one is behind the end of its page. */
  private void climb() {
    while (at[depth] < 0 || at[depth] > last(way[depth])) {
      if (depth == 0) {
        ended = true;
        return;
      }
      depth--;
      at[depth] += reverse ? -1 : 1;
    }
    while (!way[depth].isLeaf()) {
      below();
      at[depth] = first(way[depth]);
    }
  }

  /** The key it stands on, or null behind the last. */
  byte @Nullable [] key() {
    return ended ? null : way[depth].getKey(at[depth]);
  }

  /** The value it stands on. */
  V value() {
    return Objects.requireNonNull(way[depth].getValue(at[depth]));
  }

  void next() {
    if (!ended) {
      at[depth] += reverse ? -1 : 1;
      climb();
    }
  }
}
