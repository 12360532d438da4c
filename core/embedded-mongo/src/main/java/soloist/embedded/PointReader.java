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
  private final @Nullable ChunkFile file;
  private int depth;

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
    RawLeaf raw = descend(key);
    if (raw != null) {
      return onDisk(raw.value(key));
    }
    int found = search(way[depth], key);
    return found >= 0 ? way[depth].getValue(found) : null;
  }

  /**
   * Goes down to where a key is, if it is anywhere.
   *
   * @return the leaf as it lies in the file; null when it is the last page of the way
   */
  private @Nullable RawLeaf descend(byte[] key) {
    int level = 0;
    while (!way[level].isLeaf()) {
      Page<byte[], V> node = way[level];
      int child = child(node, key);
      boolean isOnWay = level < depth && taken[level] == child;
      if (!isOnWay) {
        RawLeaf raw = file == null ? null : file.leaf(node.getChildPagePos(child), node.getMapId());
        if (raw != null) {
          return raw;
        }
        taken[level] = child;
        way[level + 1] = ChunkFile.below(node, child);
        depth = level + 1;
      }
      level++;
    }
    return null;
  }

  /** What is on disk are byte strings. */
  @SuppressWarnings("unchecked")
  private @Nullable V onDisk(byte @Nullable [] value) {
    return (V) value;
  }

  /** Whether a key begins so; it may be one that this alone does not tell to be gone. */
  boolean hasPrefix(byte[] prefix) {
    byte[] next = notBefore(prefix);
    return next != null && KeyBytes.startsWith(next, prefix);
  }

  /** The first key that does not come before this one; null if there is none. */
  private byte @Nullable [] notBefore(byte[] key) {
    byte[] found = notBeforeOnItsLeaf(key);
    return found == null ? new PageCursor<>(way[0], key, false).key() : found;
  }

  private byte @Nullable [] notBeforeOnItsLeaf(byte[] key) {
    RawLeaf raw = descend(key);
    if (raw != null) {
      return raw.notBefore(key);
    }
    Page<byte[], V> leaf = way[depth];
    int found = search(leaf, key);
    int at = found >= 0 ? found : -found - 1;
    return at < leaf.getKeyCount() ? leaf.getKey(at) : null;
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
