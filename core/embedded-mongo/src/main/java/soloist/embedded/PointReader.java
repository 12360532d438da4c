package soloist.embedded;

import java.util.Arrays;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/**
 * Looks up one key after another in a map as it is when this is made. Keys that come in order share
 * most of the way down, so each page on it is kept until another is needed.
 */
final class PointReader {
  /** More levels than a tree of small pages can have. */
  private static final int MOST_LEVELS = 32;

  private final MVMap<byte[], byte[]> map;
  private final Page<byte[], byte[]>[] way;
  private final int[] taken = new int[MOST_LEVELS];
  private int depth;

  PointReader(MVMap<byte[], byte[]> map) {
    this.map = map;
    @SuppressWarnings({"unchecked", "rawtypes"})
    Page<byte[], byte[]>[] pages = new Page[MOST_LEVELS];
    way = pages;
    way[0] = map.getRootPage();
  }

  byte @Nullable [] get(byte[] key) {
    Page<byte[], byte[]> page = leaf(key);
    int found = search(page, key);
    return found >= 0 ? page.getValue(found) : null;
  }

  /** The first key that does not come before this one, or null. */
  byte @Nullable [] ceiling(byte[] key) {
    Page<byte[], byte[]> page = leaf(key);
    int found = search(page, key);
    int at = found >= 0 ? found : -found - 1;
    return at < page.getKeyCount() ? page.getKey(at) : map.ceilingKey(key);
  }

  private Page<byte[], byte[]> leaf(byte[] key) {
    int level = 0;
    Page<byte[], byte[]> page = way[0];
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

  /** Below which child of a node a key is, if it is anywhere. */
  static int child(Page<byte[], byte[]> node, byte[] key) {
    int found = search(node, key);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Where a key is, or where it would be, less than 0, as in {@link java.util.Arrays}. */
  static int search(Page<byte[], byte[]> page, byte[] key) {
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
