package soloist.learning.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Brings columns to about the same spread. It is learnt from the rows that a method learns from and
 * kept with the method; the column that is to be told is never among those scaled.
 *
 * @param offsets what is taken from each column
 * @param units by which the rest is divided; 1 for a column with one value
 */
@SuppressWarnings("ArrayRecordComponent")
public record Scaling(double[] offsets, double[] units) {
  private static final double ROUNDING = 1e-24;

  /** To a mean of 0 and a standard deviation of 1 (divided by the count, as scikit-learn does). */
  public static Scaling standard(Matrix rows) {
    int n = rows.rows();
    double[] means = new double[rows.columns()];
    double[] squares = new double[rows.columns()];
    for (int row = 0; row < n; row++) {
      for (int i = 0; i < means.length; i++) {
        means[i] += rows.at(row, i) / n;
      }
    }
    for (int row = 0; row < n; row++) {
      for (int i = 0; i < means.length; i++) {
        double off = rows.at(row, i) - means[i];
        squares[i] += off * off / n;
      }
    }
    double[] deviations = new double[means.length];
    // What is left of rounding in a column of one value is no spread.
    Arrays.setAll(
        deviations, i -> squares[i] > ROUNDING * means[i] * means[i] ? Math.sqrt(squares[i]) : 0);
    return new Scaling(means, units(deviations));
  }

  /** To 0 for the least and 1 for the most. */
  public static Scaling toUnit(Matrix rows) {
    double[] least = new double[rows.columns()];
    double[] most = new double[rows.columns()];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    for (int row = 0; row < rows.rows(); row++) {
      for (int i = 0; i < least.length; i++) {
        least[i] = Math.min(least[i], rows.at(row, i));
        most[i] = Math.max(most[i], rows.at(row, i));
      }
    }
    double[] spans = new double[least.length];
    Arrays.setAll(spans, i -> most[i] - least[i]);
    return new Scaling(least, units(spans));
  }

  private static double[] units(double[] spreads) {
    return Arrays.stream(spreads).map(spread -> spread > 0 ? spread : 1).toArray();
  }

  public double[] apply(double[] row) {
    double[] scaled = new double[row.length];
    Arrays.setAll(scaled, i -> (row[i] - offsets[i]) / units[i]);
    return scaled;
  }

  public Matrix apply(Matrix rows) {
    double[] scaled = new double[rows.values().length];
    Arrays.setAll(
        scaled, i -> (rows.values()[i] - offsets[i % rows.columns()]) / units[i % rows.columns()]);
    return new Matrix(rows.rows(), rows.columns(), scaled);
  }

  public void write(DataOutput out) throws IOException {
    out.writeInt(offsets.length);
    for (int i = 0; i < offsets.length; i++) {
      out.writeDouble(offsets[i]);
      out.writeDouble(units[i]);
    }
  }

  public static Scaling read(DataInput in) throws IOException {
    int columns = in.readInt();
    if (columns < 0 || columns > 100_000) {
      throw new IOException("a scaling of " + columns + " columns");
    }
    double[] offsets = new double[columns];
    double[] units = new double[columns];
    for (int i = 0; i < columns; i++) {
      offsets[i] = in.readDouble();
      units[i] = in.readDouble();
    }
    return new Scaling(offsets, units);
  }
}
