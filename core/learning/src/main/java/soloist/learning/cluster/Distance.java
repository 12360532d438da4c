package soloist.learning.cluster;

import soloist.learning.data.Matrix;

/** Euclidean distances between rows. */
final class Distance {
  private Distance() {}

  static double squared(double[] one, int from, double[] other, int otherFrom, int columns) {
    double sum = 0;
    for (int column = 0; column < columns; column++) {
      double difference = one[from + column] - other[otherFrom + column];
      sum += difference * difference;
    }
    return sum;
  }

  static double between(Matrix data, int row, int other) {
    int columns = data.columns();
    return Math.sqrt(
        squared(data.values(), row * columns, data.values(), other * columns, columns));
  }
}
