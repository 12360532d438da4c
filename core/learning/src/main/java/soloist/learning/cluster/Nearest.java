package soloist.learning.cluster;

/**
 * Finds the centre that is nearest to a row, and how far the second nearest is. Both kinds add the
 * same numbers in the same order, so that they find the same to the last bit.
 */
abstract sealed class Nearest permits ScalarNearest, VectorNearest {
  /** How many rows are looked at at once. */
  static final int BLOCK = 8;

  private static final boolean HAS_VECTORS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  /** The group of each row of the last block. */
  final int[] group = new int[BLOCK];

  /** The squared distance of each to its nearest centre. */
  final double[] least = new double[BLOCK];

  /** The squared distance of each to its second nearest centre; infinite where there is one. */
  final double[] next = new double[BLOCK];

  final double[] values;
  final int columns;
  final double[] centres;
  final int groups;

  Nearest(double[] values, int columns, double[] centres, int groups) {
    this.values = values;
    this.columns = columns;
    this.centres = centres;
    this.groups = groups;
  }

  /**
   * The fastest that this virtual machine has: vectors where it was started with {@code
   * --add-modules jdk.incubator.vector}.
   *
   * @param values of all rows, one row after another
   * @param centres one after another, as they are at each call
   */
  static Nearest in(double[] values, int columns, double[] centres, int groups) {
    return HAS_VECTORS
        ? new VectorNearest(values, columns, centres, groups)
        : new ScalarNearest(values, columns, centres, groups);
  }

  /** Looks at the first {@code count} of some rows, at most {@value #BLOCK}. */
  abstract void find(int[] rows, int count);
}
