package soloist.embedded;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.Page;
import org.h2.mvstore.RootReference;
import org.h2.mvstore.type.DataType;

/**
 * A map from byte strings that takes many changes at once. MVStore's own way copies all pages from
 * the leaf to the root for each entry; here each page is copied once for all entries below it, and
 * whoever reads sees all of them or none.
 */
final class BulkMap<V> extends MVMap<byte[], V> {
  private static final MethodHandles.Lookup PAGE = lookup();

  /**
   * How the library itself makes a whole leaf. It is not public; what is adds entries one by one
   * and copies the leaf for each.
   */
  private static final MethodHandle LEAF = leaf();

  /** How many entries the library knows to be below a child, which it does not tell either. */
  private static final MethodHandle COUNT = count();

  private static MethodHandles.Lookup lookup() {
    try {
      return MethodHandles.privateLookupIn(Page.class, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static MethodHandle leaf() {
    try {
      return PAGE.findStatic(
          Page.class,
          "createLeaf",
          MethodType.methodType(
              Page.class, MVMap.class, Object[].class, Object[].class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static MethodHandle count() {
    try {
      return PAGE.findVirtual(
          Page.class, "getCounts", MethodType.methodType(long.class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private BulkMap(Map<String, Object> config, DataType<V> values) {
    super(config, SealedBytes.KEYS, values);
  }

  /** Opens or creates such a map. */
  static final class Builder<V> extends MVMap.BasicBuilder<BulkMap<V>, byte[], V> {
    Builder(DataType<V> values) {
      setKeyType(SealedBytes.KEYS);
      setValueType(values);
    }

    @Override
    protected BulkMap<V> create(Map<String, Object> config) {
      return new BulkMap<>(config, getValueType());
    }
  }

  /** Makes changes that are in order of their keys, each key once. */
  void change(List<Item<V>> changes) {
    byte[][] keys = changes.stream().map(Item::key).toArray(byte[][]::new);
    beforeWrite();
    for (int attempt = 1; ; attempt++) {
      RootReference<byte[], V> seen = getRoot();
      var tree = new TreeChange<>(this, keys, (i, _) -> changes.get(i).value());
      Page<byte[], V> changed = tree.make(seen.root);
      RootReference<byte[], V> locked = tryLock(seen, attempt);
      if (locked != null) {
        try {
          registerUnsavedMemory(tree.memory(locked.version));
        } finally {
          unlockRoot(changed);
        }
        return;
      }
    }
  }

  /** How many keys below this page come before a key; it costs as much as to look the key up. */
  static <V> long before(Page<byte[], V> root, byte[] key) {
    long before = 0;
    Page<byte[], V> page = root;
    while (!page.isLeaf()) {
      int child = PointReader.child(page, key);
      for (int i = 0; i < child; i++) {
        before += count(page, i);
      }
      page = ChunkFile.below(page, child);
    }
    int found = PointReader.search(page, key);
    return before + (found >= 0 ? found : -found - 1);
  }

  private static long count(Page<?, ?> page, int child) {
    try {
      return (long) COUNT.invokeExact((Page) page, child);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether MVStore would cut such a page. */
  boolean isLarge(Page<byte[], V> page) {
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
  Page<byte[], V> leaf(byte[][] keys, V[] values) {
    try {
      return (Page<byte[], V>)
          (Page) LEAF.invokeExact((MVMap) this, (Object[]) keys, (Object[]) values, 0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Page<byte[], V> createEmptyLeaf() {
    return super.createEmptyLeaf();
  }
}
