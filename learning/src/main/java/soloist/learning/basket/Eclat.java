package soloist.learning.basket;

import java.util.Arrays;

/** Sets by the lists of the baskets that hold them, depth first, the rarest items first. */
final class Eclat {
  private final Found found;
  private final int[] set;

  private Eclat(Found found, int items) {
    this.found = found;
    set = new int[Math.min(found.longest(), items)];
  }

  static void mine(Baskets baskets, Found found) {
    Frequent frequent = Frequent.of(baskets, found.least());
    int count = frequent.items().length;
    int[] items = new int[count];
    int[][] holders = new int[count][];
    int[] filled = new int[count];
    for (int rank = 0; rank < count; rank++) {
      items[count - 1 - rank] = frequent.items()[rank];
      holders[count - 1 - rank] = new int[frequent.counts()[rank]];
    }
    for (int basket = 0; basket < frequent.baskets(); basket++) {
      for (int i = frequent.first()[basket]; i < frequent.first()[basket + 1]; i++) {
        int place = count - 1 - frequent.ranks()[i];
        holders[place][filled[place]++] = basket;
      }
    }
    new Eclat(found, count).grow(0, items, holders, count);
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
