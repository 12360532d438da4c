package soloist.learning.basket;

/**
 * Sets by trees of baskets: baskets that begin with the same frequent items share a branch. The
 * sets that end with an item are those of the tree of what stands above it.
 */
final class FpGrowth {
  private final Found found;
  private final int[] items; // by rank
  private final int[] set;

  private FpGrowth(Found found, int[] items) {
    this.found = found;
    this.items = items;
    set = new int[Math.min(found.longest(), items.length)];
  }

  static void mine(Baskets baskets, Found found) {
    Frequent frequent = Frequent.of(baskets, found.least());
    var tree = new FpTree(frequent.items().length);
    for (int basket = 0; basket < frequent.baskets(); basket++) {
      tree.add(frequent.ranks(), frequent.first()[basket], frequent.first()[basket + 1], 1);
    }
    new FpGrowth(found, frequent.items()).grow(tree, 0);
  }

  /**
   * @param length of the set that every basket of the tree holds beside what is in the tree
   */
  private void grow(FpTree tree, int length) {
    for (int rank = tree.ranks() - 1; rank >= 0; rank--) {
      int count = tree.count(rank);
      if (count >= found.least()) {
        set[length] = items[rank];
        found.add(set, length + 1, count);
        if (length + 1 < found.longest() && rank > 0) {
          grow(above(tree, rank), length + 1);
        }
      }
    }
  }

  /** The baskets with an item, down to what stands above it and is frequent among them. */
  private FpTree above(FpTree tree, int rank) {
    int[] counts = new int[rank];
    for (int node = tree.head(rank); node >= 0; node = tree.next(node)) {
      for (int up = tree.parent(node); up > 0; up = tree.parent(up)) {
        counts[tree.rank(up)] += tree.times(node);
      }
    }
    var above = new FpTree(rank);
    int[] path = new int[rank];
    for (int node = tree.head(rank); node >= 0; node = tree.next(node)) {
      int from = rank;
      for (int up = tree.parent(node); up > 0; up = tree.parent(up)) {
        if (counts[tree.rank(up)] >= found.least()) {
          path[--from] = tree.rank(up);
        }
      }
      above.add(path, from, rank, tree.times(node));
    }
    return above;
  }
}
