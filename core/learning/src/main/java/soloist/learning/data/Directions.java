package soloist.learning.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Keeps of rows only what lies along the first principal components; what is taken off is small and
 * mostly chance. Rows keep their columns: distances between them are those between their
 * projections, since the directions are at right angles and of length 1.
 *
 * @param means of the columns
 * @param along a row for each direction; no rows where everything is kept
 * @param explained the part of all variance along each
 */
@SuppressWarnings("ArrayRecordComponent")
public record Directions(double[] means, Matrix along, double[] explained) {
  /** Keeps everything. */
  public static final Directions ALL =
      new Directions(new double[0], new Matrix(0, 0, new double[0]), new double[0]);

  private static final int MOST_COLUMNS = 100_000;

  /** As few directions as explain at least a part of the variance. */
  public static Directions holding(Matrix rows, double part) {
    var components = PrincipalComponents.of(rows);
    int count = components.enoughFor(part);
    int columns = rows.columns();
    return new Directions(
        components.means(),
        new Matrix(
            count, columns, Arrays.copyOf(components.directions().values(), count * columns)),
        Arrays.copyOf(components.explained(), count));
  }

  public double[] apply(double[] row) {
    if (along.rows() == 0) {
      return row;
    }
    double[] kept = means.clone();
    for (int direction = 0; direction < along.rows(); direction++) {
      double far = 0;
      for (int column = 0; column < row.length; column++) {
        far += (row[column] - means[column]) * along.at(direction, column);
      }
      for (int column = 0; column < row.length; column++) {
        kept[column] += far * along.at(direction, column);
      }
    }
    return kept;
  }

  public void write(DataOutput out) throws IOException {
    out.writeInt(along.rows());
    out.writeInt(along.columns());
    for (double[] part : new double[][] {means, along.values(), explained}) {
      for (double value : part) {
        out.writeDouble(value);
      }
    }
  }

  public static Directions read(DataInput in) throws IOException {
    int rows = in.readInt();
    int columns = in.readInt();
    if (columns < 0 || columns > MOST_COLUMNS || rows < 0 || rows > columns) {
      throw new IOException(rows + " directions of " + columns + " columns");
    }
    return new Directions(
        doubles(in, columns),
        new Matrix(rows, columns, doubles(in, rows * columns)),
        doubles(in, rows));
  }

  private static double[] doubles(DataInput in, int count) throws IOException {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
