package soloist.learning.cluster;

/** One row after another. */
final class ScalarNearest extends Nearest {

  ScalarNearest(double[] values, int columns, double[] centres, int groups) {
    super(values, columns, centres, groups);
  }

  @Override
  void find(int[] rows, int count) {
    for (int each = 0; each < count; each++) {
      find(rows[each] * columns, each);
    }
  }

  private void find(int row, int at) {
    double nearest = Double.POSITIVE_INFINITY;
    double second = Double.POSITIVE_INFINITY;
    int of = 0;
    for (int each = 0; each < groups; each++) {
      double squared = Distance.squared(values, row, centres, each * columns, columns);
      if (squared < nearest) {
        second = nearest;
        nearest = squared;
        of = each;
      } else if (squared < second) {
        second = squared;
      }
    }
    group[at] = of;
    least[at] = nearest;
    next[at] = second;
  }
}
