package soloist.learning.basket;

import java.util.Arrays;

/** Baskets as paths from a root, by the ranks of their items; those of a rank form a list. */
final class FpTree {
  private static final int ROOT = 0;
  private static final int NONE = -1;

  private final int[] heads; // by rank its newest node
  private final int[] counts; // by rank how many baskets hold it
  private final int[] tops; // by rank its node below the root: there are too many to look through
  private int nodes = 1;
  private int[] rank = new int[16];
  private int[] times = new int[16];
  private int[] parent = new int[16];
  private int[] next = new int[16]; // the next older node of the same rank
  private int[] child = new int[16]; // the newest child
  private int[] sibling = new int[16]; // the next older child of the same parent

  FpTree(int ranks) {
    heads = new int[ranks];
    counts = new int[ranks];
    tops = new int[ranks];
    Arrays.fill(heads, NONE);
    Arrays.fill(tops, NONE);
  }

  /** Adds so many equal baskets: the ranks {@code from} (with) to {@code to} (without). */
  void add(int[] ranks, int from, int to, int baskets) {
    int node = ROOT;
    for (int i = from; i < to; i++) {
      int below = find(node, ranks[i]);
      node = below == NONE ? grow(node, ranks[i]) : below;
      times[node] += baskets;
      counts[ranks[i]] += baskets;
    }
  }

  private int find(int node, int wanted) {
    if (node == ROOT) {
      return tops[wanted];
    }
    int below = child[node];
    while (below != NONE && rank[below] != wanted) {
      below = sibling[below];
    }
    return below;
  }

  private int grow(int above, int newRank) {
    if (nodes == rank.length) {
      rank = Arrays.copyOf(rank, 2 * nodes);
      times = Arrays.copyOf(times, 2 * nodes);
      parent = Arrays.copyOf(parent, 2 * nodes);
      next = Arrays.copyOf(next, 2 * nodes);
      child = Arrays.copyOf(child, 2 * nodes);
      sibling = Arrays.copyOf(sibling, 2 * nodes);
    }
    int node = nodes++;
    rank[node] = newRank;
    parent[node] = above;
    next[node] = heads[newRank];
    heads[newRank] = node;
    child[node] = NONE;
    if (above == ROOT) {
      tops[newRank] = node;
    } else {
      sibling[node] = child[above];
      child[above] = node;
    }
    return node;
  }

  int ranks() {
    return heads.length;
  }

  /** How many baskets hold an item. */
  int count(int ofRank) {
    return counts[ofRank];
  }

  /** The first node of an item, or a negative number. */
  int head(int ofRank) {
    return heads[ofRank];
  }

  /** The node of the same item after this one, or a negative number. */
  int next(int node) {
    return next[node];
  }

  /** The node above; 0 is the root. */
  int parent(int node) {
    return parent[node];
  }

  int rank(int node) {
    return rank[node];
  }

  /** How many baskets go through a node. */
  int times(int node) {
    return times[node];
  }
}
