package soloist.embedded;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/** A {@link LayeredMap} as it was at one moment, for one thread. What lies above decides. */
final class View {
  /** From so many keys on it pays to let another thread read half of them. */
  private static final int MANY = 64;

  /** After so many bytes a thread reads no more at once. */
  private static final int MOST_BYTES = 1 << 20;

  /** Stands for what was not read because it would be too much at once. */
  static final byte[] NOT_READ = {};

  private final Page<byte[], Version> recent;
  private final @Nullable Page<byte[], Version> merging;
  private final Page<byte[], byte[]> tree;
  private final @Nullable PointReader<Version> recentReader;
  private final @Nullable PointReader<Version> mergingReader;
  private final PointReader<byte[]> treeReader;

  View(
      Page<byte[], Version> recent,
      @Nullable Page<byte[], Version> merging,
      Page<byte[], byte[]> tree) {
    this.recent = recent;
    this.merging = merging;
    this.tree = tree;
    recentReader = recent.getTotalCount() == 0 ? null : new PointReader<>(recent);
    mergingReader = merging == null ? null : new PointReader<>(merging);
    treeReader = new PointReader<>(tree);
  }

  byte @Nullable [] get(byte[] key) {
    Version version = recentReader == null ? null : recentReader.get(key);
    if (version == null && mergingReader != null) {
      version = mergingReader.get(key);
    }
    return version == null ? treeReader.get(key) : version.value();
  }

  /**
   * What these keys have, in their order; many at a time are read on two processors. Keys that come
   * in order share most of the way. Where the values are large only the first are read, and {@link
   * #NOT_READ} stands for the others.
   */
  byte[] @Nullable [] get(List<byte[]> keys) {
    byte[][] values = new byte[keys.size()][];
    Arrays.fill(values, NOT_READ);
    int half = keys.size() < MANY ? keys.size() : keys.size() / 2;
    View other = new View(recent, merging, tree);
    ForkJoinTask<?> second =
        half == keys.size()
            ? null
            : ForkJoinPool.commonPool().submit(() -> other.get(keys, half, keys.size(), values));
    get(keys, 0, half, values);
    if (second != null) {
      second.join();
    }
    return values;
  }

  private void get(List<byte[]> keys, int from, int to, byte[] @Nullable [] into) {
    int bytes = 0;
    for (int i = from; i < to && bytes < MOST_BYTES; i++) {
      into[i] = get(keys.get(i));
      bytes += into[i] == null ? 0 : into[i].length;
    }
  }

  /** False when no key begins so; true when one does, or did before it was removed. */
  boolean mayHavePrefix(byte[] prefix) {
    return recentReader != null && recentReader.hasPrefix(prefix)
        || mergingReader != null && mergingReader.hasPrefix(prefix)
        || treeReader.hasPrefix(prefix);
  }

  /**
   * Goes over the entries.
   *
   * @param from what they do not come before, nor after in reverse; null to begin at the end
   */
  Cursor cursor(byte @Nullable [] from, boolean reverse) {
    return new Cursor(from, reverse);
  }

  /** How many keys there are. */
  long size() {
    return tree.getTotalCount() + more(recent, null, null) + more(merging, null, null);
  }

  /**
   * How many keys lie in these stretches. It reads what has changed in them since the last merge
   * and looks up their ends in the tree.
   */
  long count(List<Plan.KeyRange> ranges) {
    long count = 0;
    for (Plan.KeyRange range : ranges) {
      byte[] from = range.from();
      byte[] to = range.to();
      count += to == null ? tree.getTotalCount() : BulkMap.before(tree, to);
      count -= from == null ? 0 : BulkMap.before(tree, from);
      count += more(recent, from, to) + more(merging, from, to);
    }
    return count;
  }

  /** By how many keys a layer makes the stretch richer. */
  private static long more(
      @Nullable Page<byte[], Version> layer, byte @Nullable [] from, byte @Nullable [] to) {
    if (layer == null) {
      return 0;
    }
    long more = 0;
    var cursor = new PageCursor<>(layer, from, false);
    byte[] key = cursor.key();
    while (key != null && (to == null || Arrays.compareUnsigned(key, to) < 0)) {
      more += cursor.value().more();
      cursor.next();
      key = cursor.key();
    }
    return more;
  }

  /** Stands before the first entry. */
  final class Cursor {
    private final boolean reverse;
    private final PageCursor<Version> above;
    private final @Nullable PageCursor<Version> middle;
    private final PageCursor<byte[]> below;
    private byte[] key = {};
    private byte[] value = {};

    private Cursor(byte @Nullable [] from, boolean reverse) {
      this.reverse = reverse;
      above = new PageCursor<>(recent, from, reverse);
      middle = merging == null ? null : new PageCursor<>(merging, from, reverse);
      below = new PageCursor<>(tree, from, reverse);
    }

    byte[] key() {
      return key;
    }

    byte[] value() {
      return value;
    }

    /** To the next entry; false behind the last. */
    boolean next() {
      while (true) {
        byte[] first = above.key();
        byte[] second = middle == null ? null : middle.key();
        byte[] third = below.key();
        byte[] least = earlier(earlier(first, second), third);
        if (least == null) {
          return false;
        }
        byte[] found = null;
        if (third != null && (least == third || Arrays.equals(least, third))) {
          found = below.value();
          below.next();
        }
        if (middle != null && second != null && (least == second || Arrays.equals(least, second))) {
          found = middle.value().value();
          middle.next();
        }
        if (least == first) {
          found = above.value().value();
          above.next();
        }
        if (found != null) {
          key = least;
          value = found;
          return true;
        }
      }
    }

    /** Of two the one that comes first; the one of the upper layer if they are the same. */
    private byte @Nullable [] earlier(byte @Nullable [] upper, byte @Nullable [] lower) {
      if (upper == null || lower == null) {
        return upper == null ? lower : upper;
      }
      int order = Arrays.compareUnsigned(upper, lower);
      return order == 0 || order < 0 != reverse ? upper : lower;
    }
  }
}
