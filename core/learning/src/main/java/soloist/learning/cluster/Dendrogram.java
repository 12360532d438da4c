package soloist.learning.cluster;

import java.util.Arrays;

/**
 * What was joined to what, and at which distance. The leaves are numbered from 0, the first join
 * after them, and so on; heights never fall.
 *
 * @param leafOf by row its leaf
 * @param left by join one of its two nodes
 * @param right by join the other
 * @param heights by join how far the two were from each other
 */
@SuppressWarnings("ArrayRecordComponent")
public record Dendrogram(int[] leafOf, int[] left, int[] right, double[] heights) {
  public int leaves() {
    return left.length + 1;
  }

  /** The groups that there are when so many are left, numbered as their first rows come. */
  public Grouping cut(int groups) {
    if (groups < 1 || groups > leaves()) {
      throw new IllegalArgumentException(leaves() + " leaves are no " + groups + " groups");
    }
    int joins = leaves() - groups;
    int[] top = new int[leaves() + joins];
    Arrays.setAll(top, node -> node);
    for (int join = joins - 1; join >= 0; join--) {
      // From the top down, so that a join knows already to which group it belongs.
      top[left[join]] = top[leaves() + join];
      top[right[join]] = top[leaves() + join];
    }
    int[] number = new int[top.length];
    Arrays.fill(number, -1);
    int[] of = new int[leafOf.length];
    int found = 0;
    for (int row = 0; row < of.length; row++) {
      int group = top[leafOf[row]];
      if (number[group] < 0) {
        number[group] = found++;
      }
      of[row] = number[group];
    }
    return new Grouping(groups, of);
  }

  /** The groups of which no two are joined below or at a height. */
  public Grouping cutAt(double height) {
    int joins = 0;
    while (joins < heights.length && heights[joins] <= height) {
      joins++;
    }
    return cut(leaves() - joins);
  }

  /** The last joins only: its leaves are the groups of {@link #cut}, under the same numbers. */
  public Dendrogram top(int groups) {
    Grouping cut = cut(groups);
    int joins = leaves() - groups;
    int[] renamed = new int[leaves() + left.length];
    for (int row = 0; row < leafOf.length; row++) {
      renamed[leafOf[row]] = cut.of()[row];
    }
    for (int join = 0; join < left.length; join++) {
      // Below the cut a join is the group of any of its leaves.
      renamed[leaves() + join] = join < joins ? renamed[left[join]] : groups + join - joins;
    }
    int[] tops = new int[groups - 1];
    int[] others = new int[groups - 1];
    for (int join = joins; join < left.length; join++) {
      tops[join - joins] = renamed[left[join]];
      others[join - joins] = renamed[right[join]];
    }
    return new Dendrogram(
        cut.of(), tops, others, Arrays.copyOfRange(heights, joins, heights.length));
  }

  /**
   * How far a cut into so many groups stands out: the join that it leaves out against the highest
   * one that it makes.
   */
  public double gap(int groups) {
    int out = heights.length - groups + 1;
    return out < 1 ? Double.NaN : heights[out] / heights[out - 1];
  }
}
