package soloist.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import soloist.learning.basket.Baskets;
import soloist.learning.basket.ItemSet;
import soloist.learning.basket.Mining;

/**
 * Processor time of FP-growth. No library of Debian or scikit-learn mines baskets, so it is held
 * against nothing; before a time counts, Eclat has to find the same sets.
 */
final class BasketsBench {
  private static final int ITEMS = 1_000;

  /** One basket of five hundred. */
  private static final int PART = 500;

  private static final int LONGEST = 9;
  private static final int MOST_SETS = 1_000_000;

  private BasketsBench() {}

  static Figure fpGrowth(int n, int rounds, long seed) {
    Baskets baskets = baskets(n, new Random(seed));
    List<ItemSet> sets = mine(Mining.ECLAT, baskets, n);
    double[] seconds = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      long before = ProfilersBench.processorNanos();
      List<ItemSet> found = mine(Mining.FP_GROWTH, baskets, n);
      seconds[round] = (ProfilersBench.processorNanos() - before) / 1e9;
      if (!found.equals(sets)) {
        throw new IllegalStateException(
            "FP-growth found " + found.size() + " sets, Eclat " + sets.size());
      }
    }
    return new Figure(
        "B6-fpgrowth, " + sets.size() + " sets",
        n,
        seconds,
        new double[0],
        "cpu s",
        "lower",
        "stated",
        seed);
  }

  private static List<ItemSet> mine(Mining mining, Baskets baskets, int n) {
    return mining.mine(baskets, Math.max(1, n / PART), LONGEST, MOST_SETS);
  }

  /** Some items are bought far more often than others, and some often together. */
  private static Baskets baskets(int count, Random random) {
    List<int[]> baskets = new ArrayList<>();
    for (int basket = 0; basket < count; basket++) {
      baskets.add(
          IntStream.range(0, 3 + random.nextInt(14))
              .map(_ -> (int) (ITEMS * Math.pow(random.nextDouble(), 3)))
              .flatMap(item -> IntStream.of(item, (item * 7 + random.nextInt(3)) % ITEMS))
              .toArray());
    }
    return Baskets.of(IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toList(), baskets);
  }
}
