package soloist.profiler.cluster;

import java.util.Arrays;
import soloist.learning.cluster.Grouping;
import soloist.learning.cluster.KdTree;
import soloist.learning.data.Matrix;

/** Puts people into the group of the nearest example, and beyond its reach into none. */
final class Placing {
  private final Matrix examples;
  private final Grouping grouping;
  private final double reach;
  private final KdTree nearest;

  /**
   * @param examples centres of groups, or people of them
   * @param grouping their groups
   * @param reach how far an example counts; infinite without a bound
   */
  Placing(Matrix examples, Grouping grouping, double reach) {
    this.examples = examples;
    this.grouping = grouping;
    this.reach = reach;
    nearest = new KdTree(examples);
  }

  Matrix examples() {
    return examples;
  }

  Grouping grouping() {
    return grouping;
  }

  double reach() {
    return reach;
  }

  int groups() {
    return grouping.groups();
  }

  /** The group of somebody, or {@link Grouping#NONE}. */
  int place(double[] scaled) {
    if (examples.rows() == 0) {
      return Grouping.NONE;
    }
    int example = nearest.nearest(scaled);
    if (reach < Double.POSITIVE_INFINITY && distance(scaled, example) > reach) {
      return Grouping.NONE;
    }
    return grouping.of()[example];
  }

  Grouping place(Matrix scaled) {
    int[] of = new int[scaled.rows()];
    Arrays.setAll(of, row -> place(scaled.row(row)));
    return new Grouping(groups(), of);
  }

  /** The same groups under other numbers. */
  Placing renumbered(int[] number) {
    return new Placing(examples, grouping.renumbered(number), reach);
  }

  private double distance(double[] scaled, int example) {
    double sum = 0;
    for (int column = 0; column < scaled.length; column++) {
      double difference = scaled[column] - examples.at(example, column);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
