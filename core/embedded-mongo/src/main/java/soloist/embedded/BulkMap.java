package soloist.embedded;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.Page;
import org.h2.mvstore.RootReference;
import org.jspecify.annotations.Nullable;

/**
 * A map of byte strings that takes many changes at once. MVStore's own way copies all pages from
 * the leaf to the root for each entry; here each page is copied once for all entries below it, and
 * whoever reads sees all of them or none.
 */
final class BulkMap extends MVMap<byte[], byte[]> {
  /**
   * How the library itself makes a whole leaf. It is not public; what is adds entries one by one
   * and copies the leaf for each.
   */
  private static final MethodHandle LEAF = leaf();

  private static MethodHandle leaf() {
    try {
      return MethodHandles.privateLookupIn(Page.class, MethodHandles.lookup())
          .findStatic(
              Page.class,
              "createLeaf",
              MethodType.methodType(
                  Page.class, MVMap.class, Object[].class, Object[].class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** So often a map is counted anew that changes meanwhile. */
  private static final int ATTEMPTS = 3;

  private final AtomicLong unsaved;

  private BulkMap(Map<String, Object> config, AtomicLong unsaved) {
    super(config, SealedBytes.KEYS, SealedBytes.VALUES);
    this.unsaved = unsaved;
  }

  /** Opens or creates such a map. */
  static final class Builder extends MVMap.BasicBuilder<BulkMap, byte[], byte[]> {
    private final AtomicLong unsaved;

    /**
     * @param unsaved is added to by what changed pages take in memory
     */
    Builder(AtomicLong unsaved) {
      this.unsaved = unsaved;
      setKeyType(SealedBytes.KEYS);
      setValueType(SealedBytes.VALUES);
    }

    @Override
    protected BulkMap create(Map<String, Object> config) {
      return new BulkMap(config, unsaved);
    }
  }

  /** Changes that nobody sees yet: what takes long is done, and seeing them takes a moment. */
  final class Prepared {
    private final List<Change.Entry> changes;
    private RootReference<byte[], byte[]> root;
    private TreeChange tree;
    private Page<byte[], byte[]> changed;

    private Prepared(List<Change.Entry> changes) {
      this.changes = changes;
      prepare();
    }

    private void prepare() {
      root = getRoot();
      tree = new TreeChange(BulkMap.this, changes);
      changed = tree.make(root.root);
    }

    /**
     * Lets everybody see them.
     *
     * @return what was there before each, or null
     */
    byte[] @Nullable [] make() {
      beforeWrite();
      for (int attempt = 1; ; attempt++) {
        RootReference<byte[], byte[]> locked = tryLock(root, attempt);
        if (locked != null) {
          try {
            unsaved.addAndGet(tree.memory(locked.version));
          } finally {
            unlockRoot(changed);
          }
          return tree.before();
        }
        prepare();
      }
    }
  }

  /**
   * Prepares changes that are in order of their keys, each key once. Of several maps it may be done
   * at the same time.
   */
  Prepared prepared(List<Change.Entry> changes) {
    return new Prepared(changes);
  }

  /**
   * How many keys lie in these stretches at one moment, without reading them; nothing when the map
   * changes all the time. The cost grows with the depth of the tree.
   */
  OptionalLong count(List<Plan.KeyRange> ranges) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      RootReference<byte[], byte[]> seen = getRoot();
      long count = 0;
      for (Plan.KeyRange range : ranges) {
        byte[] to = range.to();
        count += to == null ? seen.root.getTotalCount() : before(to);
        byte[] from = range.from();
        count -= from == null ? 0 : before(from);
      }
      if (getRoot() == seen) {
        return OptionalLong.of(count);
      }
    }
    return OptionalLong.empty();
  }

  /** How many keys come before this one. */
  private long before(byte[] key) {
    long index = getKeyIndex(key);
    return index < 0 ? -index - 1 : index;
  }

  /** Whether MVStore would cut such a page. */
  boolean isLarge(Page<byte[], byte[]> page) {
    return page.getKeyCount() > mostKeys()
        || page.getMemory() > mostBytes() && page.getKeyCount() > (page.isLeaf() ? 1 : 2);
  }

  int mostKeys() {
    return store.getKeysPerPage();
  }

  long mostBytes() {
    return store.getMaxPageSize();
  }

  /** A leaf of so many entries at once. */
  @SuppressWarnings("unchecked")
  Page<byte[], byte[]> leaf(byte[][] keys, byte[][] values) {
    try {
      return (Page<byte[], byte[]>)
          LEAF.invokeExact((MVMap<byte[], byte[]>) this, (Object[]) keys, (Object[]) values, 0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Page<byte[], byte[]> createEmptyLeaf() {
    return super.createEmptyLeaf();
  }
}
