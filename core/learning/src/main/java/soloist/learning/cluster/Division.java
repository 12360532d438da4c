package soloist.learning.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;

/**
 * Splits the widest group in two, from all rows down to as many groups as wanted (DIANA: Kaufman
 * and Rousseeuw, "Finding Groups in Data", 1990, chapter 6). The row that is farthest from the
 * others on average breaks away; those that are nearer to what broke away than to what stays follow
 * it, one by one. Its cost grows with the square of the number of rows.
 */
public final class Division {
  private final Matrix data;
  private final List<int[]> groups = new ArrayList<>();
  private final List<Double> widths = new ArrayList<>();

  private Division(Matrix data) {
    this.data = data;
  }

  /**
   * The tree down to some groups, or to fewer where all rows of each group are equal. Its heights
   * are widths: the greatest distance between two rows of the group that was split.
   */
  public static Dendrogram split(Matrix data, int most) {
    if (data.rows() < 1 || most < 1) {
      throw new IllegalArgumentException("there is nothing to split");
    }
    return new Division(data).split(most);
  }

  private Dendrogram split(int most) {
    add(IntStream.range(0, data.rows()).toArray());
    List<int[]> splits = new ArrayList<>(); // which group was split, and the group that broke away
    List<Double> heights = new ArrayList<>();
    int widest = 0;
    while (groups.size() < most && widths.get(widest) > 0) {
      double width = widths.get(widest);
      List<int[]> parts = parts(groups.get(widest));
      groups.set(widest, parts.getFirst());
      widths.set(widest, width(parts.getFirst()));
      add(parts.getLast());
      splits.add(new int[] {widest, groups.size() - 1});
      heights.add(width);
      for (int group = 0; group < groups.size(); group++) {
        widest = widths.get(group) > widths.get(widest) ? group : widest;
      }
    }
    return tree(splits, heights);
  }

  private void add(int[] group) {
    groups.add(group);
    widths.add(width(group));
  }

  private double width(int[] group) {
    double width = 0;
    for (int i = 0; i < group.length; i++) {
      for (int j = i + 1; j < group.length; j++) {
        width = Math.max(width, Distance.between(data, group[i], group[j]));
      }
    }
    return width;
  }

  /** What stays and what breaks away. */
  private List<int[]> parts(int[] group) {
    double[] toStaying = new double[group.length]; // sum of the distances to those that stay
    double[] toAway = new double[group.length];
    boolean[] isAway = new boolean[group.length];
    for (int i = 0; i < group.length; i++) {
      for (int j = i + 1; j < group.length; j++) {
        double distance = Distance.between(data, group[i], group[j]);
        toStaying[i] += distance;
        toStaying[j] += distance;
      }
    }
    int away = 0;
    int next = 0;
    for (int i = 1; i < group.length; i++) {
      next = toStaying[i] > toStaying[next] ? i : next;
    }
    while (next >= 0) {
      isAway[next] = true;
      away++;
      int left = next;
      next = -1;
      double most = 0;
      for (int i = 0; i < group.length; i++) {
        double distance = Distance.between(data, group[i], group[left]);
        toStaying[i] -= distance;
        toAway[i] += distance;
        int others = group.length - away - 1;
        if (!isAway[i] && others > 0) {
          double gain = toStaying[i] / others - toAway[i] / away;
          if (gain > most) {
            most = gain;
            next = i;
          }
        }
      }
    }
    return List.of(
        IntStream.range(0, group.length).filter(i -> !isAway[i]).map(i -> group[i]).toArray(),
        IntStream.range(0, group.length).filter(i -> isAway[i]).map(i -> group[i]).toArray());
  }

  /** The splits told backwards are joins. */
  private Dendrogram tree(List<int[]> splits, List<Double> heights) {
    int[] leafOf = new int[data.rows()];
    for (int group = 0; group < groups.size(); group++) {
      for (int row : groups.get(group)) {
        leafOf[row] = group;
      }
    }
    int joins = splits.size();
    int[] node = IntStream.range(0, groups.size()).toArray();
    int[] left = new int[joins];
    int[] right = new int[joins];
    double[] sorted = new double[joins];
    for (int join = 0; join < joins; join++) {
      int[] split = splits.get(joins - 1 - join);
      left[join] = node[split[0]];
      right[join] = node[split[1]];
      sorted[join] = heights.get(joins - 1 - join);
      node[split[0]] = groups.size() + join;
    }
    return new Dendrogram(leafOf, left, right, sorted);
  }
}
