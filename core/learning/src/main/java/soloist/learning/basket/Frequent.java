package soloist.learning.basket;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The items that enough baskets hold, the most frequent first, and the baskets with these only,
 * numbered by their rank.
 */
@SuppressWarnings("ArrayRecordComponent")
record Frequent(int[] items, int[] counts, int[] first, int[] ranks) {

  static Frequent of(Baskets baskets, int least) {
    int[] all = baskets.counts();
    int[] items =
        IntStream.range(0, all.length)
            .filter(item -> all[item] >= least)
            .boxed()
            .sorted(Comparator.comparingInt(item -> -all[item]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] rank = new int[all.length];
    Arrays.fill(rank, -1);
    for (int i = 0; i < items.length; i++) {
      rank[items[i]] = i;
    }
    int[] first = new int[baskets.count() + 1];
    int[] ranks = new int[baskets.items().length];
    int end = 0;
    for (int basket = 0; basket < baskets.count(); basket++) {
      for (int i = baskets.first()[basket]; i < baskets.first()[basket + 1]; i++) {
        int found = rank[baskets.items()[i]];
        if (found >= 0) {
          ranks[end++] = found;
        }
      }
      Arrays.sort(ranks, first[basket], end);
      first[basket + 1] = end;
    }
    return new Frequent(items, IntStream.of(items).map(item -> all[item]).toArray(), first, ranks);
  }

  int baskets() {
    return first.length - 1;
  }

  /** By rank the baskets that hold it, in ascending order. */
  int[][] holders() {
    int[][] holders = new int[items.length][];
    Arrays.setAll(holders, rank -> new int[counts[rank]]);
    int[] filled = new int[items.length];
    for (int basket = 0; basket < baskets(); basket++) {
      for (int i = first[basket]; i < first[basket + 1]; i++) {
        holders[ranks[i]][filled[ranks[i]]++] = basket;
      }
    }
    return holders;
  }

  /**
   * In how many baskets an item comes together with each more frequent one.
   *
   * @param holders the baskets that hold it
   */
  int[] together(int rank, int[] holders) {
    int[] together = new int[rank];
    for (int basket : holders) {
      for (int i = first[basket]; ranks[i] < rank; i++) {
        together[ranks[i]]++;
      }
    }
    return together;
  }
}
