package soloist.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/**
 * One go at changing many entries of a {@link BulkMap}: new pages, from the leaves up, for all that
 * lie over an entry that changes. The old ones stay as they are for whoever reads them.
 */
final class TreeChange<V> {
  /** How full pages are made, so that they are not to be cut again by the next entry. */
  private static final double FILLED = 0.6;

  /** What an entry takes on a page beside its bytes: two references. */
  private static final int REFERENCES = 16;

  private final BulkMap<V> map;
  private final byte[][] keys;
  private final Outcome<V> outcome;
  private final @Nullable V[] before;
  private final @Nullable V[] after;
  private final List<Page<byte[], V>> replaced = new ArrayList<>();
  private int made;

  /** What becomes of entries. */
  interface Outcome<V> {
    /**
     * What a key has then.
     *
     * @param change which of the changes
     * @param before what it had, or null
     * @return null when it goes
     */
    @Nullable V of(int change, @Nullable V before);
  }

  /** What takes the place of a page: pages in order, and of each but the first its least key. */
  private static final class Row<V> {
    private final List<Page<byte[], V>> pages = new ArrayList<>(2);
    private final List<byte[]> separators = new ArrayList<>(1);

    void add(byte[] separator, Page<byte[], V> page) {
      if (!pages.isEmpty()) {
        separators.add(separator);
      }
      pages.add(page);
    }
  }

  /**
   * @param keys in order, each once
   */
  TreeChange(BulkMap<V> map, byte[][] keys, Outcome<V> outcome) {
    this.map = map;
    this.keys = keys;
    this.outcome = outcome;
    this.before = map.getValueType().createStorage(keys.length);
    this.after = map.getValueType().createStorage(keys.length);
  }

  byte[][] keys() {
    return keys;
  }

  /** What was there before each change, or null. */
  @Nullable V[] before() {
    return before;
  }

  /** What is there after it, or null. */
  @Nullable V[] after() {
    return after;
  }

  /** The root of the tree with all changes made. */
  Page<byte[], V> make(Page<byte[], V> root) {
    Row<V> row = changed(root, 0, keys.length);
    while (row.pages.size() > 1) {
      row = above(row);
    }
    return row.pages.isEmpty() ? map.createEmptyLeaf() : row.pages.getFirst();
  }

  /** By how much there is more to be written at the next checkpoint. */
  int memory(long version) {
    int more = made;
    for (Page<byte[], V> page : replaced) {
      if (!page.isRemoved()) {
        more += page.removePage(version);
      }
    }
    return more;
  }

  private Page<byte[], V> counted(Page<byte[], V> page) {
    made += page.getMemory();
    return page;
  }

  private Row<V> changed(Page<byte[], V> page, int from, int to) {
    replaced.add(page);
    return page.isLeaf() ? leaf(page, from, to) : node(page, from, to);
  }

  private Row<V> leaf(Page<byte[], V> page, int from, int to) {
    var merged = new Merged(page.getKeyCount() + to - from);
    int next = 0;
    for (int i = from; i < to; i++) {
      int found = PointReader.search(page, keys[i], next);
      int at = found >= 0 ? found : -found - 1;
      merged.add(page, next, at);
      next = found >= 0 ? at + 1 : at;
      before[i] = found >= 0 ? page.getValue(at) : null;
      after[i] = outcome.of(i, before[i]);
      if (after[i] != null) {
        merged.add(keys[i], after[i]);
      }
    }
    merged.add(page, next, page.getKeyCount());
    return merged.cut();
  }

  /** The entries of a leaf with changes made in it, in order. */
  private final class Merged {
    private final byte[][] keys;
    private final V[] values;
    private int count;

    Merged(int most) {
      keys = new byte[most][];
      values = map.getValueType().createStorage(most);
    }

    void add(byte[] key, V value) {
      keys[count] = key;
      values[count++] = value;
    }

    void add(Page<byte[], V> page, int from, int to) {
      for (int i = from; i < to; i++) {
        add(page.getKey(i), page.getValue(i));
      }
    }

    /** Leaves of about the same size. */
    Row<V> cut() {
      long memory = 0;
      for (int i = 0; i < count; i++) {
        memory += memory(i);
      }
      long room = map.mostBytes() - map.createEmptyLeaf().getMemory();
      boolean one = memory <= room && count <= map.mostKeys();
      long most = one ? room : (long) (room * FILLED);
      int mostKeys = one ? map.mostKeys() : (int) (map.mostKeys() * FILLED);
      Row<V> row = new Row<>();
      int at = 0;
      while (at < count) {
        int from = at;
        long filled = 0;
        while (at < count) {
          int more = memory(at);
          if (at > from && (at - from >= mostKeys || filled >= most || filled + more > room)) {
            break;
          }
          filled += more;
          at++;
        }
        row.add(
            keys[from],
            counted(
                map.leaf(
                    Arrays.copyOfRange(keys, from, at), Arrays.copyOfRange(values, from, at))));
      }
      return row;
    }

    private int memory(int i) {
      return REFERENCES
          + map.getKeyType().getMemory(keys[i])
          + map.getValueType().getMemory(values[i]);
    }
  }

  private Row<V> node(Page<byte[], V> page, int from, int to) {
    Row<V> row = new Row<>();
    byte[] least = {};
    Page<byte[], V> node = page.copy();
    boolean gone = false;
    // Where the child is in the node that was at 0 in the page.
    int shift = 0;
    int end;
    for (int begin = from; begin < to; begin = end) {
      int child = PointReader.child(page, keys[begin]);
      end = child == page.getKeyCount() ? to : before(page.getKey(child), begin + 1, to);
      Row<V> below = changed(ChunkFile.below(page, child), begin, end);
      int at = child + shift;
      if (below.pages.isEmpty()) {
        gone = node.getRawChildPageCount() == 1;
        if (!gone) {
          node.remove(at);
          shift--;
        }
        continue;
      }
      int last = below.pages.size() - 1;
      node.setChild(at, below.pages.get(last));
      for (int i = 0; i < last; i++) {
        node.insertNode(at, below.separators.get(i), below.pages.get(i));
        at++;
        shift++;
        int middle = middle(node);
        if (map.isLarge(node) && at > middle) {
          byte[] separator = node.getKey(middle);
          node = right(node, row, least);
          least = separator;
          at -= middle + 1;
          shift -= middle + 1;
        }
      }
    }
    while (!gone && map.isLarge(node)) {
      byte[] separator = node.getKey(middle(node));
      node = right(node, row, least);
      least = separator;
    }
    if (!gone) {
      // MVStore has no nodes with one child only.
      row.add(least, node.getKeyCount() == 0 ? node.getChildPage(0) : counted(node));
    }
    return row;
  }

  /** Which of the changes is the first that does not come before a key. */
  private int before(byte[] key, int from, int to) {
    int at = from;
    while (at < to && Arrays.compareUnsigned(keys[at], key) < 0) {
      at++;
    }
    return at;
  }

  /** Which key of a large node parts it: there are at most as many before it as after it. */
  private int middle(Page<byte[], V> node) {
    double share = FILLED * map.mostBytes() / node.getMemory();
    double most = Math.min(FILLED * map.mostKeys(), node.getKeyCount() * Math.min(share, 0.5));
    return Math.max(1, (int) most);
  }

  /** Puts the left part of a node into the row and returns the right one. */
  private Page<byte[], V> right(Page<byte[], V> node, Row<V> row, byte[] least) {
    int middle = middle(node);
    Page<byte[], V> right = node.copy();
    for (int i = 0; i <= middle; i++) {
      right.remove(0);
    }
    while (node.getKeyCount() > middle) {
      node.remove(node.getKeyCount());
    }
    row.add(least, counted(node));
    return right;
  }

  /** Nodes over these pages. */
  private Row<V> above(Row<V> row) {
    int pages = row.pages.size();
    int nodes = (int) Math.ceil(pages / (map.mostKeys() * FILLED));
    Row<V> above = new Row<>();
    for (int i = 0; i < nodes; i++) {
      int from = (int) ((long) pages * i / nodes);
      int to = (int) ((long) pages * (i + 1) / nodes);
      byte[] least = from == 0 ? row.separators.getFirst() : row.separators.get(from - 1);
      above.add(least, counted(above(row, from, to)));
    }
    return above;
  }

  private Page<byte[], V> above(Row<V> row, int from, int to) {
    byte[][] keys = row.separators.subList(from, to - 1).toArray(byte[][]::new);
    Page.PageReference<byte[], V>[] children = Page.createRefStorage(to - from);
    long count = 0;
    for (int i = from; i < to; i++) {
      children[i - from] = new Page.PageReference<>(row.pages.get(i));
      count += row.pages.get(i).getTotalCount();
    }
    return Page.createNode(map, keys, children, count, 0);
  }
}
