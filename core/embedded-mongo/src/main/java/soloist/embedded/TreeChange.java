package soloist.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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

  /** So many entries are changed one by one, each of which copies the leaf. */
  private static final int FEW = 2;

  private final BulkMap<V> map;
  private final List<Item<V>> changes;
  private final List<@Nullable V> before;
  private final List<Page<byte[], V>> replaced = new ArrayList<>();
  private int made;

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

  TreeChange(BulkMap<V> map, List<Item<V>> changes) {
    this.map = map;
    this.changes = changes;
    this.before = new ArrayList<>(Collections.nCopies(changes.size(), null));
  }

  /** What was there before each change, or null. */
  List<@Nullable V> before() {
    return before;
  }

  /** The root of the tree with all changes made. */
  Page<byte[], V> make(Page<byte[], V> root) {
    Row<V> row = changed(root, 0, changes.size());
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
    Row<V> row = new Row<>();
    long memory = page.getMemory();
    for (int i = from; i < to; i++) {
      memory += memory(changes.get(i));
    }
    boolean fits = memory <= map.mostBytes() && page.getKeyCount() + to - from <= map.mostKeys();
    if (!fits || to - from > FEW) {
      return cut(merged(page, from, to));
    }
    Page<byte[], V> leaf = page.copy();
    for (int i = from; i < to; i++) {
      V value = changes.get(i).value();
      int found = PointReader.search(leaf, changes.get(i).key());
      if (found < 0 && value != null) {
        leaf.insertLeaf(-found - 1, changes.get(i).key(), value);
      } else if (found >= 0) {
        before.set(i, leaf.getValue(found));
        if (value == null) {
          leaf.remove(found);
        } else {
          leaf.setValue(found, value);
        }
      }
    }
    if (leaf.getKeyCount() > 0) {
      row.add(leaf.getKey(0), counted(leaf));
    }
    return row;
  }

  private int memory(Item<V> entry) {
    V value = entry.value();
    return value == null ? 0 : memory(entry.key(), value);
  }

  private int memory(byte[] key, V value) {
    return REFERENCES + map.getKeyType().getMemory(key) + map.getValueType().getMemory(value);
  }

  /** The entries of a leaf with changes made in it, in order. */
  private List<Item<V>> merged(Page<byte[], V> page, int from, int to) {
    var merged = new ArrayList<Item<V>>(page.getKeyCount() + to - from);
    int at = from;
    for (int i = 0; i <= page.getKeyCount(); i++) {
      byte[] key = i < page.getKeyCount() ? page.getKey(i) : null;
      boolean replaces = false;
      while (at < to && !replaces) {
        Item<V> change = changes.get(at);
        int order = key == null ? -1 : Arrays.compareUnsigned(change.key(), key);
        if (order > 0) {
          break;
        }
        replaces = order == 0;
        before.set(at, replaces ? page.getValue(i) : null);
        if (change.value() != null) {
          merged.add(change);
        }
        at++;
      }
      if (key != null && !replaces) {
        merged.add(new Item<>(key, page.getValue(i)));
      }
    }
    return merged;
  }

  /** Leaves of about the same size. */
  private Row<V> cut(List<Item<V>> entries) {
    long memory = 0;
    for (Item<V> entry : entries) {
      memory += memory(entry);
    }
    int keys = map.mostKeys();
    long room = map.mostBytes() - map.createEmptyLeaf().getMemory();
    boolean one = memory <= room && entries.size() <= keys;
    long most = one ? room : (long) (room * FILLED);
    int mostKeys = one ? keys : (int) (keys * FILLED);
    Row<V> row = new Row<>();
    int at = 0;
    while (at < entries.size()) {
      int from = at;
      long filled = 0;
      while (at < entries.size()) {
        int more = memory(entries.get(at));
        if (at > from && (at - from >= mostKeys || filled >= most || filled + more > room)) {
          break;
        }
        filled += more;
        at++;
      }
      row.add(entries.get(from).key(), counted(leaf(entries.subList(from, at))));
    }
    return row;
  }

  private Page<byte[], V> leaf(List<Item<V>> entries) {
    byte[][] keys = new byte[entries.size()][];
    V[] values = map.getValueType().createStorage(entries.size());
    for (int i = 0; i < keys.length; i++) {
      keys[i] = entries.get(i).key();
      values[i] = Objects.requireNonNull(entries.get(i).value());
    }
    return map.leaf(keys, values);
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
      int child = PointReader.child(page, changes.get(begin).key());
      end = child == page.getKeyCount() ? to : before(page.getKey(child), begin + 1, to);
      Row<V> below = changed(page.getChildPage(child), begin, end);
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
    while (at < to && Arrays.compareUnsigned(changes.get(at).key(), key) < 0) {
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
