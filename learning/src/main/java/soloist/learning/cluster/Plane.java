package soloist.learning.cluster;

import java.util.Arrays;
import soloist.learning.data.Matrix;

/**
 * The flat picture of rows that shows most of how they differ: their first two principal components
 * (Hotelling, 1933), found by power iteration on the covariance of the columns.
 *
 * @param mean of each column
 * @param axes two directions of length 1; the first sign that is not 0 is positive
 * @param shares the part of the variance that each shows
 */
@SuppressWarnings("ArrayRecordComponent")
public record Plane(double[] mean, double[][] axes, double[] shares) {
  private static final int MOST_STEPS = 10_000;
  private static final double CLOSE = 1e-28;

  public static Plane of(Matrix data) {
    int columns = data.columns();
    double[] mean = new double[columns];
    Arrays.setAll(mean, column -> Arrays.stream(data.column(column)).average().orElse(0));
    double[][] covariance = new double[columns][columns];
    for (int row = 0; row < data.rows(); row++) {
      for (int one = 0; one < columns; one++) {
        for (int other = 0; other <= one; other++) {
          covariance[one][other] +=
              (data.at(row, one) - mean[one]) * (data.at(row, other) - mean[other]) / data.rows();
        }
      }
    }
    double variance = 0;
    for (int one = 0; one < columns; one++) {
      variance += covariance[one][one];
      for (int other = 0; other < one; other++) {
        covariance[other][one] = covariance[one][other];
      }
    }
    double[][] axes = new double[2][];
    double[] shares = new double[2];
    for (int axis = 0; axis < 2; axis++) {
      axes[axis] = leading(covariance, axis);
      double strength = length(times(covariance, axes[axis]));
      shares[axis] = variance == 0 ? 0 : strength / variance;
      remove(covariance, axes[axis], strength);
    }
    return new Plane(mean, axes, shares);
  }

  /** Where a row lies along an axis, 0 or 1. */
  public double at(Matrix data, int row, int axis) {
    double sum = 0;
    for (int column = 0; column < mean.length; column++) {
      sum += axes[axis][column] * (data.at(row, column) - mean[column]);
    }
    return sum;
  }

  private static double[] leading(double[][] matrix, int axis) {
    double[] vector = new double[matrix.length];
    // Not along a column, and not the same for both axes: neither may stand across what is sought.
    Arrays.setAll(vector, column -> 1 + 0.1 * (column + 1) * (axis + 1));
    double moved = 1;
    for (int step = 0; step < MOST_STEPS && moved > CLOSE; step++) {
      double[] next = times(matrix, vector);
      double length = length(next);
      if (length == 0) {
        break;
      }
      moved = 0;
      for (int column = 0; column < next.length; column++) {
        next[column] /= length;
        moved += (next[column] - vector[column]) * (next[column] - vector[column]);
      }
      vector = next;
    }
    double length = length(vector);
    int first = 0;
    while (first < vector.length - 1 && Math.abs(vector[first]) < 1e-9 * length) {
      first++;
    }
    double scale = Math.copySign(length, vector[first]);
    return Arrays.stream(vector).map(value -> value / scale).toArray();
  }

  private static void remove(double[][] matrix, double[] axis, double strength) {
    for (int one = 0; one < axis.length; one++) {
      for (int other = 0; other < axis.length; other++) {
        matrix[one][other] -= strength * axis[one] * axis[other];
      }
    }
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int one = 0; one < vector.length; one++) {
      for (int other = 0; other < vector.length; other++) {
        product[one] += matrix[one][other] * vector[other];
      }
    }
    return product;
  }

  private static double length(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(value -> value * value).sum());
  }
}
