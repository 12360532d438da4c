package soloist.learning.predict;

/** How mixed the classes in a leaf are; 0 where there is one class only. */
public enum Purity {
  /** The chance that two drawn at random differ (Breiman and others, "CART", 1984). */
  GINI {
    @Override
    double mixed(double[] counts, double all) {
      double squares = 0;
      for (double count : counts) {
        squares += count * count;
      }
      return 1 - squares / (all * all);
    }
  },

  /** The bits that it takes to say the class (Quinlan, "Induction of decision trees", 1986). */
  ENTROPY {
    @Override
    double mixed(double[] counts, double all) {
      double bits = 0;
      for (double count : counts) {
        bits -= count == 0 ? 0 : count / all * Math.log(count / all);
      }
      return bits / Math.log(2);
    }
  };

  abstract double mixed(double[] counts, double all);
}
