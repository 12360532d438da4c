package soloist.learning.cluster;

/**
 * How far a group that was joined from two is from another one, by the recurrence of Lance and
 * Williams (The Computer Journal 9(4), 1967).
 */
public enum Linkage {
  /** By the nearest two rows; finds chains. */
  SINGLE {
    @Override
    double joined(double one, double other, double both, int ones, int others, int rows) {
      return Math.min(one, other);
    }
  },
  /** By the farthest two rows; finds groups of similar width. */
  COMPLETE {
    @Override
    double joined(double one, double other, double both, int ones, int others, int rows) {
      return Math.max(one, other);
    }
  },
  /** By the mean over all pairs of rows. */
  AVERAGE {
    @Override
    double joined(double one, double other, double both, int ones, int others, int rows) {
      return (ones * one + others * other) / (ones + others);
    }
  },
  /** By how much the sum of squared distances to the centres grows (Ward, 1963). */
  WARD {
    @Override
    double joined(double one, double other, double both, int ones, int others, int rows) {
      double all = (double) ones + others + rows;
      return Math.sqrt(
          ((ones + rows) * one * one + (others + rows) * other * other - rows * both * both) / all);
    }
  };

  /**
   * The distance of a joined group to another one.
   *
   * @param one and {@code other} how far its two parts are from that group, of {@code ones} and
   *     {@code others} rows
   * @param both how far the parts are from each other
   * @param rows how many that group has
   */
  abstract double joined(double one, double other, double both, int ones, int others, int rows);
}
