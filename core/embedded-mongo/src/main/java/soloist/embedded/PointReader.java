package soloist.embedded;

import java.util.Arrays;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/**
 * Looks up one key after another in a tree. Keys that come in order share most of the way down, so
 * each page on it is kept until another is needed.
 */
final class PointReader<V> {
  /** More levels than a tree of small pages can have. */
  static final int MOST_LEVELS = 32;

  private final Page<byte[], V>[] way;
  private final int[] taken = new int[MOST_LEVELS];
  private int depth;

  PointReader(Page<byte[], V> root) {
    way = pages();
    way[0] = root;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static <V> Page<byte[], V>[] pages() {
    return new Page[MOST_LEVELS];
  }

  @Nullable V get(byte[] key) {
    Page<byte[], V> page = leaf(key);
    int found = search(page, key);
    return found >= 0 ? page.getValue(found) : null;
  }

  /** Whether a key begins so; it may be one that this alone does not tell to be gone. */
  boolean hasPrefix(byte[] prefix) {
    Page<byte[], V> page = leaf(prefix);
    int found = search(page, prefix);
    int at = found >= 0 ? found : -found - 1;
    if (at < page.getKeyCount()) {
      return KeyBytes.startsWith(page.getKey(at), prefix);
    }
    byte[] next = new PageCursor<>(way[0], prefix, false).key();
    return next != null && KeyBytes.startsWith(next, prefix);
  }

  private Page<byte[], V> leaf(byte[] key) {
    int level = 0;
    Page<byte[], V> page = way[0];
    while (!page.isLeaf()) {
      int child = child(page, key);
      if (level >= depth || taken[level] != child) {
        taken[level] = child;
        way[level + 1] = page.getChildPage(child);
        depth = level + 1;
      }
      page = way[++level];
    }
    return page;
  }

  /** What one key has, for who wants no more. */
  static <V> @Nullable V find(Page<byte[], V> root, byte[] key) {
    Page<byte[], V> page = root;
    while (!page.isLeaf()) {
      page = page.getChildPage(child(page, key));
    }
    int found = search(page, key);
    return found >= 0 ? page.getValue(found) : null;
  }

  /** Below which child of a node a key is, if it is anywhere. */
  static int child(Page<byte[], ?> node, byte[] key) {
    int found = search(node, key);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Where a key is, or where it would be, less than 0, as in {@link java.util.Arrays}. */
  static int search(Page<byte[], ?> page, byte[] key) {
    int low = 0;
    int high = page.getKeyCount() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(page.getKey(middle), key);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -(low + 1);
  }
}
