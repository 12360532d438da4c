package soloist.embedded;

import java.util.List;
import java.util.Map;
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
  private BulkMap(Map<String, Object> config) {
    super(config, SealedBytes.KEYS, SealedBytes.VALUES);
  }

  /** Opens or creates such a map. */
  static final class Builder extends MVMap.BasicBuilder<BulkMap, byte[], byte[]> {
    Builder() {
      setKeyType(SealedBytes.KEYS);
      setValueType(SealedBytes.VALUES);
    }

    @Override
    protected BulkMap create(Map<String, Object> config) {
      return new BulkMap(config);
    }
  }

  /**
   * Makes changes that are in order of their keys, each key once.
   *
   * @return what was there before each, or null
   */
  byte[] @Nullable [] make(List<Change.Entry> changes) {
    beforeWrite();
    for (int attempt = 1; ; attempt++) {
      RootReference<byte[], byte[]> root = getRoot();
      var bulk = new TreeChange(this, changes);
      Page<byte[], byte[]> made = bulk.make(root.root);
      RootReference<byte[], byte[]> locked = tryLock(root, attempt);
      if (locked != null) {
        try {
          registerUnsavedMemory(bulk.memory(locked.version));
        } finally {
          unlockRoot(made);
        }
        return bulk.before();
      }
    }
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

  @Override
  protected Page<byte[], byte[]> createEmptyLeaf() {
    return super.createEmptyLeaf();
  }
}
