package soloist.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import soloist.learning.basket.Baskets;
import soloist.learning.basket.ItemSet;
import soloist.learning.basket.Mining;

/**
 * Processor time of FP-growth. Neither Debian nor scikit-learn mines baskets; where jars of Smile
 * are named it is held against theirs. Before a time counts, Eclat has to find the same sets.
 */
final class BasketsBench {
  private static final int ITEMS = 1_000;

  /** One basket of five hundred. */
  private static final int PART = 500;

  private static final int LONGEST = 9;
  private static final int MOST_SETS = 1_000_000;

  private BasketsBench() {}

  /**
   * @param smile a folder with its jars
   */
  static Figure fpGrowth(int n, int rounds, long seed, Optional<Path> smile) throws IOException {
    Baskets baskets = baskets(n, new Random(seed));
    List<ItemSet> sets = mine(Mining.ECLAT, baskets, n);
    Optional<SmileFpGrowth> peer = Optional.empty();
    if (smile.isPresent()) {
      peer = Optional.of(new SmileFpGrowth(smile.get()));
    }
    int[][] plain =
        IntStream.range(0, baskets.count()).mapToObj(baskets::basket).toArray(int[][]::new);
    double[] ours = new double[rounds];
    double[] theirs = new double[peer.isPresent() ? rounds : 0];
    // The first round is thrown away: both are compiled in it.
    for (int round = -1; round < rounds; round++) {
      long before = ProfilersBench.processorNanos();
      List<ItemSet> found = mine(Mining.FP_GROWTH, baskets, n);
      ours[Math.max(0, round)] = (ProfilersBench.processorNanos() - before) / 1e9;
      requireSame(sets, found, "FP-growth");
      if (peer.isPresent()) {
        before = ProfilersBench.processorNanos();
        List<?> other = peer.get().mine(plain, least(n));
        theirs[Math.max(0, round)] = (ProfilersBench.processorNanos() - before) / 1e9;
        requireSame(sets, peer.get().ordered(other), "Smile");
      }
    }
    return new Figure(
        "B6-fpgrowth, " + sets.size() + " sets",
        n,
        ours,
        theirs,
        "cpu s",
        "lower",
        peer.isPresent() ? "stated" : "stated; Debian has no peer, --smile FOLDER takes one",
        seed);
  }

  private static void requireSame(List<ItemSet> sets, List<ItemSet> found, String who) {
    if (!found.equals(sets)) {
      throw new IllegalStateException(
          who + " found " + found.size() + " sets, Eclat " + sets.size());
    }
  }

  private static int least(int n) {
    return Math.max(1, n / PART);
  }

  private static List<ItemSet> mine(Mining mining, Baskets baskets, int n) {
    return mining.mine(baskets, least(n), LONGEST, MOST_SETS);
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
