package soloist.learning.basket;

import java.util.List;

/** Ways to find all sets of items that enough baskets hold. All find the same. */
public enum Mining {
  /**
   * Builds longer sets from shorter ones and counts them basket by basket (Agrawal and Srikant,
   * VLDB 1994).
   */
  APRIORI {
    @Override
    void mine(Baskets baskets, Found found) {
      new Apriori(baskets, found).mine();
    }
  },
  /**
   * Folds the baskets into a tree and grows sets from its branches (Han, Pei, Yin, SIGMOD 2000).
   */
  FP_GROWTH {
    @Override
    void mine(Baskets baskets, Found found) {
      FpGrowth.mine(baskets, found);
    }
  },
  /** Lists the baskets of each item and intersects the lists (Zaki, IEEE TKDE 12(3), 2000). */
  ECLAT {
    @Override
    void mine(Baskets baskets, Found found) {
      Eclat.mine(baskets, found);
    }
  };

  /**
   * All sets that at least so many baskets hold, short ones first, then by their items.
   *
   * @param least baskets, at least 1
   * @param longest items of a set, at least 1
   * @param most sets; what would find more is ended
   * @throws TooMany when there are more sets than {@code most}
   */
  public List<ItemSet> mine(Baskets baskets, int least, int longest, int most) {
    if (least < 1 || longest < 1) {
      throw new IllegalArgumentException("a set needs a basket and an item");
    }
    var found = new Found(least, longest, most);
    mine(baskets, found);
    return found.sorted();
  }

  abstract void mine(Baskets baskets, Found found);

  /** So many baskets are required that there are more sets than anybody can read. */
  public static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int most;

    TooMany(int most) {
      super("more than " + most + " sets of items");
      this.most = most;
    }

    /** How many sets there may be. */
    public int most() {
      return most;
    }
  }
}
