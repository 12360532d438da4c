package soloist.embedded;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/**
 * Looks up one key after another in a tree. Keys that come in order share most of the way down, so
 * each page on it is kept until another is needed.
 */
final class PointReader<V> {
  /** More levels than a tree of small pages can have. */
  static final int MOST_LEVELS = 32;

  /** Of so many leaves that are not in the cache one is put there, so that those in use get in. */
  private static final int RARELY = 8;

  private final Page<byte[], V>[] way;
  private final int[] taken = new int[MOST_LEVELS];
  private final @Nullable ChunkFile file;
  private int depth;

  /** Where the leaf is that was looked into last without making a page of it. */
  private long last;

  PointReader(Page<byte[], V> root) {
    way = pages();
    way[0] = root;
    file = (ChunkFile) root.map.getStore().getFileStore();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static <V> Page<byte[], V>[] pages() {
    return new Page[MOST_LEVELS];
  }

  @Nullable V get(byte[] key) {
    int level = 0;
    Page<byte[], V> page = way[0];
    while (!page.isLeaf()) {
      int child = child(page, key);
      long at = page.getChildPagePos(child);
      if (file != null && !isOnWay(level, child) && isApart(at)) {
        last = at;
        byte[] value = file.find(at, page.getMapId(), key);
        if (value != ChunkFile.NOT_READ) {
          return onDisk(value);
        }
      }
      page = below(level++, child);
    }
    int found = search(page, key);
    return found >= 0 ? page.getValue(found) : null;
  }

  /** Whether it is a leaf that is on disk only, and not asked for twice in a row. */
  private boolean isApart(long at) {
    return DataUtils.isPageSaved(at)
        && DataUtils.isLeafPosition(at)
        && at != last
        && file != null
        && file.cached(at) == null
        && ThreadLocalRandom.current().nextInt(RARELY) > 0;
  }

  /** What is on disk are byte strings. */
  @SuppressWarnings("unchecked")
  private @Nullable V onDisk(byte @Nullable [] value) {
    return (V) value;
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
      page = below(level++, child(page, key));
    }
    return page;
  }

  private boolean isOnWay(int level, int child) {
    return level < depth && taken[level] == child;
  }

  private Page<byte[], V> below(int level, int child) {
    if (!isOnWay(level, child)) {
      taken[level] = child;
      way[level + 1] =
          file == null ? way[level].getChildPage(child) : file.below(way[level], child);
      depth = level + 1;
    }
    return way[level + 1];
  }

  /** Below which child of a node a key is, if it is anywhere. */
  static int child(Page<byte[], ?> node, byte[] key) {
    int found = search(node, key);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Where a key is, or where it would be, less than 0, as in {@link java.util.Arrays}. */
  static int search(Page<byte[], ?> page, byte[] key) {
    return search(page, key, 0);
  }

  /**
   * The same for a key that does not come before one of the page's.
   *
   * @param from which of them
   */
  static int search(Page<byte[], ?> page, byte[] key, int from) {
    int low = from;
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
