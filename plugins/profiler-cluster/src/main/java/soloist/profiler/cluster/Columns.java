package soloist.profiler.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;
import soloist.spi.Profiler.Wanted;
import soloist.spi.Table;

/** The columns of a table as numbers: times are days ago. */
final class Columns {
  private static final double DAY = 86_400_000;

  private final long now;
  private final List<Table.Column> columns;
  private final int rows;

  /**
   * @throws IllegalArgumentException when the columns are not those that were asked for
   */
  Columns(Table table, ClusterSettings settings) {
    now = table.asOf().toEpochMilli();
    columns = table.columns();
    rows = table.people().size();
    List<Wanted> wanted = wanted(settings);
    boolean areThose = columns.size() == wanted.size();
    for (int i = 0; areThose && i < wanted.size(); i++) {
      areThose =
          columns.get(i).key().equals(wanted.get(i).key())
              && (wanted.get(i).type() == Wanted.Type.TIME
                  ? columns.get(i) instanceof Table.Times
                  : columns.get(i) instanceof Table.Numbers);
    }
    if (!areThose) {
      throw new IllegalArgumentException("the table must have the columns in their order");
    }
  }

  static List<Wanted> wanted(ClusterSettings settings) {
    List<Wanted> wanted = new ArrayList<>();
    settings.numbers().forEach(key -> wanted.add(new Wanted(key, Wanted.Type.NUMBER)));
    settings.times().forEach(key -> wanted.add(new Wanted(key, Wanted.Type.TIME)));
    return wanted;
  }

  int rows() {
    return rows;
  }

  /** NaN where nothing is known. */
  double at(int row, int column) {
    return switch (columns.get(column)) {
      case Table.Numbers numbers -> numbers.values()[row];
      case Table.Times times ->
          times.values()[row] == Table.Times.NONE
              ? Double.NaN
              : Math.max(0, (now - times.values()[row]) / DAY);
      case Table.Texts _, Table.Events _ -> Double.NaN;
    };
  }

  boolean isComplete(int row) {
    for (int column = 0; column < columns.size(); column++) {
      if (!Double.isFinite(at(row, column))) {
        return false;
      }
    }
    return true;
  }

  /** The rows of which everything is known. */
  int[] complete() {
    return IntStream.range(0, rows).filter(this::isComplete).toArray();
  }

  /** Of how many people a column is known. */
  int known(int column) {
    return (int) IntStream.range(0, rows).filter(row -> Double.isFinite(at(row, column))).count();
  }

  double[] row(int row) {
    return IntStream.range(0, columns.size()).mapToDouble(column -> at(row, column)).toArray();
  }

  Matrix matrix(int[] chosen) {
    double[] values = new double[chosen.length * columns.size()];
    for (int i = 0; i < chosen.length; i++) {
      for (int column = 0; column < columns.size(); column++) {
        values[i * columns.size() + column] = at(chosen[i], column);
      }
    }
    return new Matrix(chosen.length, columns.size(), values);
  }
}
