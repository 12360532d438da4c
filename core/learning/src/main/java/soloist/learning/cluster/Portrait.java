package soloist.learning.cluster;

import java.util.Comparator;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;

/**
 * What sets a group apart.
 *
 * @param size how many rows it has
 * @param means by column, in the unit of the column
 * @param differences by column: how far its mean is from that of all rows, in standard deviations
 */
@SuppressWarnings("ArrayRecordComponent")
public record Portrait(int size, double[] means, double[] differences) {

  /** One a group, in their order. */
  public static Portrait[] of(Matrix data, Grouping grouping) {
    int columns = data.columns();
    double[][] means = new double[grouping.groups()][columns];
    int[] sizes = grouping.sizes();
    double[] mean = new double[columns];
    double[] squares = new double[columns];
    for (int row = 0; row < data.rows(); row++) {
      int group = grouping.of()[row];
      for (int column = 0; column < columns; column++) {
        double value = data.at(row, column);
        double difference = value - mean[column];
        mean[column] += difference / (row + 1);
        squares[column] += difference * (value - mean[column]);
        if (group != Grouping.NONE) {
          means[group][column] += value / sizes[group];
        }
      }
    }
    Portrait[] portraits = new Portrait[grouping.groups()];
    for (int group = 0; group < portraits.length; group++) {
      double[] differences = new double[columns];
      for (int column = 0; column < columns; column++) {
        double deviation = Math.sqrt(squares[column] / data.rows());
        differences[column] =
            deviation == 0 ? 0 : (means[group][column] - mean[column]) / deviation;
      }
      portraits[group] = new Portrait(sizes[group], means[group], differences);
    }
    return portraits;
  }

  /** The columns in which the group differs most, at least by half a standard deviation. */
  public int[] marked(int most) {
    return IntStream.range(0, differences.length)
        .boxed()
        .filter(column -> Math.abs(differences[column]) >= 0.5)
        .sorted(Comparator.comparingDouble(column -> -Math.abs(differences[column])))
        .limit(most)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
