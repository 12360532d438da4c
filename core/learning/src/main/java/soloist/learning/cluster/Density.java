package soloist.learning.cluster;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import soloist.learning.data.Matrix;

/**
 * Finds groups of any shape as places where many rows lie close together (DBSCAN: Ester, Kriegel,
 * Sander, Xu, KDD 1996). A row with enough rows within reach, itself among them, is dense; dense
 * rows within reach of each other are one group, and so are the rows within reach of a dense one.
 * All others are in no group.
 */
public final class Density {
  private Density() {}

  /**
   * What was found.
   *
   * @param isDense by row
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Found(Grouping grouping, boolean[] isDense) {}

  /**
   * The groups, numbered as their first dense rows come.
   *
   * @param reach how far a neighbour may be
   * @param enough how many neighbours make a row dense, itself among them
   */
  public static Found find(Matrix data, double reach, int enough) {
    var tree = new KdTree(data);
    boolean[] isDense = new boolean[data.rows()];
    int[] of = new int[data.rows()];
    Arrays.fill(of, Grouping.NONE);
    int[] neighbours = new int[1];
    for (int row = 0; row < data.rows(); row++) {
      neighbours[0] = 0;
      tree.within(data.row(row), reach, _ -> neighbours[0]++);
      isDense[row] = neighbours[0] >= enough;
    }
    int groups = 0;
    for (int row = 0; row < data.rows(); row++) {
      if (isDense[row] && of[row] == Grouping.NONE) {
        spread(data, tree, reach, row, groups++, isDense, of);
      }
    }
    return new Found(new Grouping(groups, of), isDense);
  }

  private static void spread(
      Matrix data, KdTree tree, double reach, int from, int group, boolean[] isDense, int[] of) {
    Deque<Integer> open = new ArrayDeque<>();
    of[from] = group;
    open.add(from);
    while (!open.isEmpty()) {
      int row = open.remove();
      if (isDense[row]) {
        tree.within(
            data.row(row),
            reach,
            near -> {
              if (of[near] == Grouping.NONE) {
                of[near] = group;
                open.add(near);
              }
            });
      }
    }
  }
}
