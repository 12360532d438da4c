package soloist.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/**
 * A map in layers: a tree on disk, and over it, in memory, what was changed since. A change of a
 * random entry would read and copy a page of the tree, which holds several; in memory it costs as
 * much as the entry. A checkpoint puts the layer aside, begins a new one above it, and merges it
 * into the tree in order of the keys, so that each page is made anew once for all that has changed
 * on it (as the memtable of a log-structured merge-tree: O'Neil et al., "The log-structured
 * merge-tree", Acta Informatica 33, 1996; here there is one tree below).
 *
 * <p>Writes take turns, which is up to the caller; reads take no lock.
 */
final class LayeredMap {
  private final String name;
  private final BulkMap<byte[]> tree;
  private final BulkMap<Version> pages;
  private final AtomicLong held;
  private volatile Layers layers;
  private volatile boolean dropped;
  private long bytes;
  private long mergingBytes;

  /** What the map is made of at one moment. */
  private static final class Layers {
    /** What changed since the layer below was put aside. */
    private final Page<byte[], Version> recent;

    /** What is being merged, if anything is. */
    private final @Nullable Page<byte[], Version> merging;

    /** What that lies over: the tree as it was when the merge began; else it is read as it is. */
    private final @Nullable Page<byte[], byte[]> tree;

    Layers(
        Page<byte[], Version> recent,
        @Nullable Page<byte[], Version> merging,
        @Nullable Page<byte[], byte[]> tree) {
      this.recent = recent;
      this.merging = merging;
      this.tree = tree;
    }
  }

  /**
   * What a command does to an entry.
   *
   * @param fresh true when the map does not have the key yet
   */
  record Edit(Change.Entry change, boolean fresh) {}

  /**
   * @param pages makes the pages of the layers in memory
   * @param held is kept up to what they take, in bytes
   */
  LayeredMap(String name, BulkMap<byte[]> tree, BulkMap<Version> pages, AtomicLong held) {
    this.name = name;
    this.tree = tree;
    this.pages = pages;
    this.held = held;
    this.layers = new Layers(pages.createEmptyLeaf(), null, null);
  }

  String name() {
    return name;
  }

  /** What is on disk, or will be with the next commit. */
  BulkMap<byte[]> tree() {
    return tree;
  }

  byte @Nullable [] get(byte[] key) {
    return view().get(key);
  }

  /** The map as it is now. */
  View view() {
    while (true) {
      Layers seen = layers;
      Page<byte[], byte[]> below = seen.tree == null ? tree.getRootPage() : seen.tree;
      // Else a merge may have begun and ended in between.
      if (layers == seen) {
        return new View(seen.recent, seen.merging, below);
      }
    }
  }

  long size() {
    return view().size();
  }

  /** Changes that nobody sees yet: what takes long is done, and seeing them takes a moment. */
  final class Prepared {
    private final TreeChange<Version> change;
    private final Page<byte[], Version> changed;

    private Prepared(byte[][] keys, TreeChange.Outcome<Version> outcome) {
      change = new TreeChange<>(pages, keys, outcome);
      changed = change.make(layers.recent);
    }

    /** Lets everybody see them. */
    void make() {
      if (dropped) {
        throw DataUtils.newMVStoreException(DataUtils.ERROR_CLOSED, "the map {0} is no more", name);
      }
      show(changed);
      byte[][] keys = change.keys();
      long more = 0;
      for (int i = 0; i < keys.length; i++) {
        more += Version.memory(keys[i], change.after()[i]);
        more -= Version.memory(keys[i], change.before()[i]);
      }
      bytes += more;
      held.addAndGet(more);
    }

    /** Puts back what was there before; to be called before anything else changes it. */
    void undo() {
      Version[] before = change.before();
      new Prepared(change.keys(), (i, _) -> before[i]).make();
    }
  }

  /**
   * Prepares changes that are in order of their keys, each key once. Of several maps it may be done
   * at the same time.
   */
  Prepared prepared(List<Edit> edits) {
    byte[][] keys = new byte[edits.size()][];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = edits.get(i).change.key();
    }
    return new Prepared(
        keys,
        (i, before) -> {
          Edit edit = edits.get(i);
          boolean covers = before == null ? !edit.fresh : before.covers();
          return version(edit.change.value(), covers);
        });
  }

  private static @Nullable Version version(byte @Nullable [] value, boolean covers) {
    return value == null && !covers ? null : new Version(value, covers);
  }

  /** Changes one entry, or removes it if there is no value. */
  Change.Entry put(byte[] key, byte @Nullable [] value) {
    var change = new Change.Entry(name, key, value);
    prepared(List.of(new Edit(change, get(key) == null))).make();
    return change;
  }

  /** Makes a change that the log tells of, and that may be in the tree already. */
  void replay(Change.Entry change) {
    byte[] key = change.key();
    byte[] below = tree.get(key);
    Version version =
        Arrays.equals(below, change.value()) ? null : version(change.value(), below != null);
    new Prepared(new byte[][] {key}, (_, _) -> version).make();
  }

  private synchronized void show(Page<byte[], Version> recent) {
    layers = new Layers(recent, layers.merging, layers.tree);
  }

  /**
   * Puts what has changed aside, to be merged; to be called while nobody changes anything.
   *
   * @return false when there is nothing to merge
   */
  synchronized boolean freeze() {
    if (layers.recent.getTotalCount() == 0) {
      return false;
    }
    layers = new Layers(pages.createEmptyLeaf(), layers.recent, tree.getRootPage());
    mergingBytes = bytes;
    bytes = 0;
    return true;
  }

  /** What is done between two parts of a merge. */
  interface Step {
    void run() throws IOException;
  }

  /**
   * Merges what was put aside into the tree, once more if that was not done to its end. Others read
   * and write meanwhile.
   *
   * @param most entries that are merged at a time
   * @param after called after each time
   */
  void merge(int most, Step after) throws IOException {
    Page<byte[], Version> merging = layers.merging;
    if (merging == null) {
      return;
    }
    var cursor = new PageCursor<>(merging, null, false);
    var items = new ArrayList<Item<byte[]>>();
    for (byte[] key = cursor.key(); key != null; key = cursor.key()) {
      items.add(new Item<>(key, cursor.value().value()));
      cursor.next();
      if (items.size() == most || cursor.key() == null) {
        tree.change(items);
        items.clear();
        after.run();
      }
    }
    merged();
  }

  private synchronized void merged() {
    layers = new Layers(layers.recent, null, null);
    held.addAndGet(-mergingBytes);
    mergingBytes = 0;
  }

  /** From here on it is not changed; what it has in memory is let go. */
  synchronized void drop() {
    dropped = true;
    layers = new Layers(pages.createEmptyLeaf(), null, null);
    held.addAndGet(-bytes - mergingBytes);
    bytes = 0;
    mergingBytes = 0;
  }
}
