package soloist.learning.predict;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;
import soloist.learning.data.Matrix;
import soloist.learning.measure.Interval;

/**
 * A value is a sum of the columns times weights, with the least squares of what is left.
 *
 * @param offset where all columns are 0
 * @param errors of the offset and then of the weights
 * @param explained the share of the variance that is explained (R²) in the rows it was learnt from
 * @param free rows beyond the number of weights
 */
public record LinearRegression(
    double offset, List<Double> weights, List<Double> errors, double explained, int free) {

  /**
   * @throws IllegalArgumentException when there are not more rows than weights
   */
  public static LinearRegression fit(Matrix rows, double[] values) {
    int free = rows.rows() - rows.columns() - 1;
    if (free < 1) {
      throw new IllegalArgumentException(
          rows.columns() + " columns need more than " + (rows.columns() + 1) + " rows");
    }
    var squares = new OLSMultipleLinearRegression();
    squares.newSampleData(
        values,
        IntStream.range(0, rows.rows()).mapToObj(row -> rows.row(row)).toArray(double[][]::new));
    double[] weights = squares.estimateRegressionParameters();
    return new LinearRegression(
        weights[0],
        Arrays.stream(weights).skip(1).boxed().toList(),
        Arrays.stream(squares.estimateRegressionParametersStandardErrors()).boxed().toList(),
        squares.calculateRSquared(),
        free);
  }

  public double value(double[] row) {
    return offset + IntStream.range(0, row.length).mapToDouble(i -> row[i] * weights.get(i)).sum();
  }

  /** Of a weight, by Student's t. */
  public Interval weight(int column, double confidence) {
    double side =
        errors.get(column + 1)
            * new TDistribution(free).inverseCumulativeProbability((1 + confidence) / 2);
    return new Interval(weights.get(column) - side, weights.get(column) + side);
  }
}
