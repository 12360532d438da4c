package soloist.learning.cluster;

/**
 * Which group each row is in.
 *
 * @param groups how many there are, numbered from 0
 * @param of by row its group, or {@link #NONE}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Grouping(int groups, int[] of) {
  /** The row is in no group. */
  public static final int NONE = -1;

  /** How many rows each group has. */
  public int[] sizes() {
    int[] sizes = new int[groups];
    for (int group : of) {
      if (group != NONE) {
        sizes[group]++;
      }
    }
    return sizes;
  }

  /** How many rows are in no group. */
  public int left() {
    int left = 0;
    for (int group : of) {
      left += group == NONE ? 1 : 0;
    }
    return left;
  }

  /**
   * The same groups under other numbers.
   *
   * @param number by group its new number
   */
  public Grouping renumbered(int[] number) {
    int[] renumbered = new int[of.length];
    for (int row = 0; row < of.length; row++) {
      renumbered[row] = of[row] == NONE ? NONE : number[of[row]];
    }
    return new Grouping(groups, renumbered);
  }
}
