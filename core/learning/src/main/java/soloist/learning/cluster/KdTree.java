package soloist.learning.cluster;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;

/**
 * Finds rows near a point without looking at all of them (Bentley, Communications of the ACM 18(9),
 * 1975): each stretch of rows is cut at the middle of its widest column.
 */
public final class KdTree {
  private static final int LEAF = 16;

  private final double[] values;
  private final int columns;
  private final int[] order; // rows; each half of a stretch is on one side of its middle row
  private final int[] axis; // by the middle of a stretch, the column that cuts it
  private final double[] cuts; // and where

  public KdTree(Matrix data) {
    values = data.values();
    columns = data.columns();
    order = IntStream.range(0, data.rows()).toArray();
    axis = new int[data.rows()];
    cuts = new double[data.rows()];
    build(0, data.rows());
  }

  private void build(int from, int to) {
    if (to - from <= LEAF) {
      return;
    }
    int middle = (from + to) >>> 1;
    int widest = widest(from, to);
    select(from, to - 1, middle, widest);
    axis[middle] = widest;
    cuts[middle] = value(middle, widest);
    build(from, middle);
    build(middle, to);
  }

  private int widest(int from, int to) {
    int widest = 0;
    double width = -1;
    for (int column = 0; column < columns; column++) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        least = Math.min(least, value(i, column));
        most = Math.max(most, value(i, column));
      }
      if (most - least > width) {
        width = most - least;
        widest = column;
      }
    }
    return widest;
  }

  /** Puts the row at a place that would be there if all were sorted, smaller ones before it. */
  private void select(int from, int to, int place, int column) {
    int low = from;
    int high = to;
    while (low < high) {
      double pivot = value((low + high) >>> 1, column);
      int i = low;
      int j = high;
      while (i <= j) {
        while (value(i, column) < pivot) {
          i++;
        }
        while (value(j, column) > pivot) {
          j--;
        }
        if (i <= j) {
          int row = order[i];
          order[i++] = order[j];
          order[j--] = row;
        }
      }
      if (place <= j) {
        high = j;
      } else if (place >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private double value(int place, int column) {
    return values[order[place] * columns + column];
  }

  /** Tells of each row that is not farther than a distance, in no order. */
  public void within(double[] point, double distance, IntConsumer rows) {
    within(point, distance, 0, order.length, rows);
  }

  private void within(double[] point, double distance, int from, int to, IntConsumer rows) {
    if (to - from <= LEAF) {
      for (int i = from; i < to; i++) {
        if (squared(point, order[i]) <= distance * distance) {
          rows.accept(order[i]);
        }
      }
      return;
    }
    int middle = (from + to) >>> 1;
    double beyond = point[axis[middle]] - cuts[middle];
    if (beyond <= distance) {
      within(point, distance, from, middle, rows);
    }
    if (-beyond <= distance) {
      within(point, distance, middle, to, rows);
    }
  }

  /** The row nearest to a point. */
  public int nearest(double[] point) {
    if (order.length == 0) {
      throw new IllegalStateException("there is no row");
    }
    return nearest(point, 0, order.length, order[0]);
  }

  private int nearest(double[] point, int from, int to, int best) {
    int found = best;
    if (to - from <= LEAF) {
      for (int i = from; i < to; i++) {
        double squared = squared(point, order[i]);
        double least = squared(point, found);
        // Of equal ones the first row, so that the answer does not hang on the cuts.
        found = squared < least || squared == least && order[i] < found ? order[i] : found;
      }
      return found;
    }
    int middle = (from + to) >>> 1;
    double beyond = point[axis[middle]] - cuts[middle];
    boolean isBelow = beyond <= 0;
    found = isBelow ? nearest(point, from, middle, found) : nearest(point, middle, to, found);
    if (beyond * beyond <= squared(point, found)) {
      found = isBelow ? nearest(point, middle, to, found) : nearest(point, from, middle, found);
    }
    return found;
  }

  private double squared(double[] point, int row) {
    return Distance.squared(point, 0, values, row * columns, columns);
  }
}
