package soloist.learning.cluster;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;

/**
 * Joins the two groups that are nearest to each other, from single rows up to all, along chains of
 * nearest neighbours (Murtagh, The Computer Journal 26(4), 1983): the same tree as by looking for
 * the nearest pair each time, in the square of the number of rows instead of its cube.
 */
public final class Agglomeration {
  /** With more rows the distances alone would take more than 400 MB. */
  public static final int MOST_ROWS = 10_000;

  private final Linkage linkage;
  private final int rows;
  private final double[] distances; // of each pair once: row before row
  private final int[] sizes; // 0 for what is part of another group by now
  private final int[] one;
  private final int[] other;
  private final double[] heights;

  private Agglomeration(Matrix data, Linkage linkage) {
    this.linkage = linkage;
    rows = data.rows();
    distances = new double[rows * (rows - 1) / 2];
    sizes = new int[rows];
    Arrays.fill(sizes, 1);
    one = new int[rows - 1];
    other = new int[rows - 1];
    heights = new double[rows - 1];
    for (int row = 0; row < rows; row++) {
      for (int next = row + 1; next < rows; next++) {
        distances[at(row, next)] = Distance.between(data, row, next);
      }
    }
  }

  /**
   * The whole tree.
   *
   * @throws IllegalArgumentException for no row, or more than {@link #MOST_ROWS}
   */
  public static Dendrogram join(Matrix data, Linkage linkage) {
    if (data.rows() < 1 || data.rows() > MOST_ROWS) {
      throw new IllegalArgumentException(
          data.rows() + " rows cannot be joined, 1 to " + MOST_ROWS + " can");
    }
    var joining = new Agglomeration(data, linkage);
    joining.joinAll();
    return joining.tree();
  }

  private void joinAll() {
    int[] chain = new int[rows];
    int length = 0;
    int first = 0;
    for (int join = 0; join < rows - 1; join++) {
      if (length == 0) {
        while (sizes[first] == 0) {
          first++;
        }
        chain[length++] = first;
      }
      int nearest = nearest(chain, length);
      while (length < 2 || nearest != chain[length - 2]) {
        chain[length++] = nearest;
        nearest = nearest(chain, length);
      }
      length -= 2;
      join(join, chain[length + 1], nearest);
    }
  }

  /** The nearest group to the end of a chain; of equal ones that before it, so that chains end. */
  private int nearest(int[] chain, int length) {
    int end = chain[length - 1];
    int nearest = length > 1 ? chain[length - 2] : -1;
    double least = nearest < 0 ? Double.POSITIVE_INFINITY : distances[at(end, nearest)];
    for (int group = 0; group < rows; group++) {
      if (sizes[group] > 0 && group != end && distances[at(end, group)] < least) {
        least = distances[at(end, group)];
        nearest = group;
      }
    }
    return nearest;
  }

  /** Makes one group of two, in the place of the second. */
  private void join(int join, int first, int second) {
    double both = distances[at(first, second)];
    one[join] = first;
    other[join] = second;
    heights[join] = both;
    for (int group = 0; group < rows; group++) {
      if (sizes[group] > 0 && group != first && group != second) {
        int place = at(second, group);
        distances[place] =
            linkage.joined(
                distances[at(first, group)],
                distances[place],
                both,
                sizes[first],
                sizes[second],
                sizes[group]);
      }
    }
    sizes[second] += sizes[first];
    sizes[first] = 0;
  }

  /** Chains find the joins in another order than that of their heights. */
  private Dendrogram tree() {
    int[] order =
        IntStream.range(0, rows - 1)
            .boxed()
            .sorted(Comparator.comparingDouble(join -> heights[join]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] left = new int[rows - 1];
    int[] right = new int[rows - 1];
    double[] sorted = new double[rows - 1];
    int[] node = IntStream.range(0, rows).toArray(); // by root the node that stands for its group
    int[] root = IntStream.range(0, rows).toArray();
    for (int join = 0; join < rows - 1; join++) {
      int first = root(root, one[order[join]]);
      int second = root(root, other[order[join]]);
      left[join] = Math.min(node[first], node[second]);
      right[join] = Math.max(node[first], node[second]);
      sorted[join] = heights[order[join]];
      root[first] = second;
      node[second] = rows + join;
    }
    return new Dendrogram(IntStream.range(0, rows).toArray(), left, right, sorted);
  }

  private static int root(int[] root, int row) {
    int at = row;
    while (root[at] != at) {
      root[at] = root[root[at]];
      at = root[at];
    }
    return at;
  }

  private int at(int row, int next) {
    int low = Math.min(row, next);
    return low * (2 * rows - low - 1) / 2 + Math.max(row, next) - low - 1;
  }
}
