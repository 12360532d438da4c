package soloist.learning.basket;

import java.util.Arrays;

/** Sets by the lists of the baskets that hold them, depth first, the rarest items first. */
final class Eclat {
  private final Frequent frequent;
  private final Found found;
  private final int[] set;

  private Eclat(Frequent frequent, Found found) {
    this.frequent = frequent;
    this.found = found;
    set = new int[Math.min(found.longest(), frequent.items().length)];
  }

  static void mine(Baskets baskets, Found found) {
    new Eclat(Frequent.of(baskets, found.least()), found).mine();
  }

  /** Pairs are counted before lists are intersected: most of them are too rare. */
  private void mine() {
    int[][] holders = frequent.holders();
    for (int rank = holders.length - 1; rank >= 0; rank--) {
      set[0] = frequent.items()[rank];
      found.add(set, 1, holders[rank].length);
      if (found.longest() > 1) {
        int[] together = frequent.together(rank, holders[rank]);
        int[] next = new int[rank];
        int[][] both = new int[rank][];
        int kept = 0;
        for (int other = rank - 1; other >= 0; other--) {
          if (together[other] >= found.least()) {
            next[kept] = frequent.items()[other];
            both[kept++] = shared(holders[rank], holders[other]);
          }
        }
        grow(1, next, both, kept);
      }
    }
  }

  /**
   * Lengthens a set by each of some items, each with the baskets that hold it and the set.
   *
   * @param length of the set so far
   */
  private void grow(int length, int[] items, int[][] holders, int count) {
    for (int i = 0; i < count; i++) {
      set[length] = items[i];
      found.add(set, length + 1, holders[i].length);
      if (length + 1 < found.longest() && i + 1 < count) {
        int[] next = new int[count - i - 1];
        int[][] both = new int[count - i - 1][];
        int kept = 0;
        for (int j = i + 1; j < count; j++) {
          int[] shared = shared(holders[i], holders[j]);
          if (shared.length >= found.least()) {
            next[kept] = items[j];
            both[kept++] = shared;
          }
        }
        grow(length + 1, next, both, kept);
      }
    }
  }

  private int[] shared(int[] one, int[] other) {
    int[] shared = new int[Math.min(one.length, other.length)];
    int count = 0;
    int j = 0;
    for (int i = 0; i < one.length; i++) {
      if (count + one.length - i < found.least()) {
        return new int[0]; // what is left cannot be enough any more
      }
      while (j < other.length && other[j] < one[i]) {
        j++;
      }
      if (j == other.length) {
        break;
      }
      if (other[j] == one[i]) {
        shared[count++] = one[i];
      }
    }
    return Arrays.copyOf(shared, count);
  }
}
