package soloist.learning.basket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import soloist.learning.basket.ItemSet.Key;

/**
 * Level by level: of two sets that differ in the last item only comes a candidate with one item
 * more; it is counted if all its parts were frequent. Candidates stand in a tree by their items,
 * through which each basket is led once a level.
 */
final class Apriori {
  private final Found found;
  private final Frequent frequent;

  Apriori(Baskets baskets, Found found) {
    this.found = found;
    frequent = Frequent.of(baskets, found.least());
  }

  void mine() {
    List<int[]> level = new ArrayList<>();
    for (int rank = 0; rank < frequent.items().length; rank++) {
      level.add(new int[] {rank});
      tell(new int[] {rank}, frequent.counts()[rank]);
    }
    for (int length = 2; length <= found.longest() && level.size() > 1; length++) {
      level = length == 2 ? pairs() : counted(candidates(level), length);
    }
  }

  private void tell(int[] ranks, int count) {
    int[] items = Arrays.stream(ranks).map(rank -> frequent.items()[rank]).toArray();
    found.add(items, items.length, count);
  }

  /** On the second level every pair is a candidate, so no tree of them is made. */
  private List<int[]> pairs() {
    int[][] holders = frequent.holders();
    List<int[]> pairs = new ArrayList<>();
    for (int high = 0; high < holders.length; high++) {
      int[] together = frequent.together(high, holders[high]);
      for (int low = 0; low < high; low++) {
        if (together[low] >= found.least()) {
          pairs.add(new int[] {low, high});
          tell(pairs.getLast(), together[low]);
        }
      }
    }
    pairs.sort(Arrays::compare);
    return pairs;
  }

  /**
   * The sets of a level stand in ascending order, so those with the same beginning are together.
   */
  private static List<int[]> candidates(List<int[]> level) {
    Set<Key> known = new HashSet<>();
    level.forEach(set -> known.add(new Key(set)));
    List<int[]> candidates = new ArrayList<>();
    for (int i = 0; i < level.size(); i++) {
      int[] one = level.get(i);
      int last = one.length - 1;
      for (int j = i + 1; j < level.size(); j++) {
        int[] other = level.get(j);
        if (!Arrays.equals(one, 0, last, other, 0, last)) {
          break;
        }
        int[] candidate = Arrays.copyOf(one, one.length + 1);
        candidate[last + 1] = other[last];
        if (areFrequent(candidate, known)) {
          candidates.add(candidate);
        }
      }
    }
    return candidates;
  }

  private static boolean areFrequent(int[] candidate, Set<Key> known) {
    for (int place = 0; place < candidate.length - 2; place++) {
      if (!known.contains(ItemSet.without(candidate, place))) {
        return false;
      }
    }
    return true;
  }

  private List<int[]> counted(List<int[]> candidates, int length) {
    var tree = new Node();
    for (int[] candidate : candidates) {
      Node node = tree;
      for (int rank : candidate) {
        node = node.grow(rank);
      }
    }
    for (int basket = 0; basket < frequent.baskets(); basket++) {
      count(tree, frequent.first()[basket], frequent.first()[basket + 1], length);
    }
    List<int[]> kept = new ArrayList<>();
    for (int[] candidate : candidates) {
      Node node = tree;
      for (int rank : candidate) {
        node = node.grow(rank);
      }
      if (node.count >= found.least()) {
        kept.add(candidate);
        tell(candidate, node.count);
      }
    }
    return kept;
  }

  /** Leads what is left of a basket through the tree; both are sorted. */
  private void count(Node node, int from, int to, int left) {
    if (left == 0) {
      node.count++;
      return;
    }
    int child = 0;
    for (int i = from; i <= to - left && child < node.size; i++) {
      int rank = frequent.ranks()[i];
      while (child < node.size && node.ranks[child] < rank) {
        child++;
      }
      if (child < node.size && node.ranks[child] == rank) {
        count(node.children[child], i + 1, to, left - 1);
      }
    }
  }

  /** Candidates that begin with the same items. */
  private static final class Node {
    private int count;
    private int size;
    private int[] ranks = {};
    private Node[] children = {};

    /** The child for an item; candidates come in ascending order, so a new one is the last. */
    Node grow(int rank) {
      int place = Arrays.binarySearch(ranks, 0, size, rank);
      if (place >= 0) {
        return children[place];
      }
      if (size == ranks.length) {
        ranks = Arrays.copyOf(ranks, Math.max(2, 2 * size));
        children = Arrays.copyOf(children, ranks.length);
      }
      ranks[size] = rank;
      children[size] = new Node();
      return children[size++];
    }
  }
}
