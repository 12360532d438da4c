package soloist.learning.data;

import java.util.Arrays;

/**
 * Numbers by row and column, row after row. The array is handed over, not copied: nobody writes to
 * it any more.
 *
 * @param values {@code rows * columns} of them
 */
@SuppressWarnings("ArrayRecordComponent")
public record Matrix(int rows, int columns, double[] values) {
  public Matrix {
    if (rows < 0 || columns < 0 || (long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          values.length + " values are not " + rows + " rows of " + columns);
    }
  }

  /** Of rows that are equally long. */
  public static Matrix of(double[]... rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] values = new double[rows.length * columns];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != columns) {
        throw new IllegalArgumentException(
            "row " + row + " has " + rows[row].length + " values, not " + columns);
      }
      System.arraycopy(rows[row], 0, values, row * columns, columns);
    }
    return new Matrix(rows.length, columns, values);
  }

  public double at(int row, int column) {
    return values[row * columns + column];
  }

  /** A copy of one row. */
  public double[] row(int row) {
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }

  /** A copy of one column. */
  public double[] column(int column) {
    double[] cells = new double[rows];
    for (int row = 0; row < rows; row++) {
      cells[row] = at(row, column);
    }
    return cells;
  }

  /** Some rows, in the given order; one may come several times. */
  public Matrix rows(int[] chosen) {
    double[] cells = new double[chosen.length * columns];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(values, chosen[i] * columns, cells, i * columns, columns);
    }
    return new Matrix(chosen.length, columns, cells);
  }
}
