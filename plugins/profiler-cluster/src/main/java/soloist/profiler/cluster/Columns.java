package soloist.profiler.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;
import soloist.learning.data.Vocabulary;
import soloist.spi.Profiler.Wanted;
import soloist.spi.Table;

/** The columns of a table as numbers: times are days ago, texts the weights of their words. */
final class Columns {
  private static final double DAY = 86_400_000;

  private final long now;
  private final List<Table.Column> columns;
  private final List<Table.Texts> texts;
  private final Vocabulary vocabulary;
  private final int rows;

  /**
   * @throws IllegalArgumentException when the columns are not those that were asked for
   */
  Columns(Table table, ClusterSettings settings) {
    this(table, settings, learnt(table, settings));
  }

  /** With the words of a model. */
  Columns(Table table, ClusterSettings settings, Vocabulary vocabulary) {
    requireThose(table.columns(), wanted(settings));
    now = table.asOf().toEpochMilli();
    columns = table.columns().subList(0, settings.columns().size());
    texts = texts(table);
    rows = table.people().size();
    this.vocabulary = vocabulary;
  }

  private static void requireThose(List<Table.Column> columns, List<Wanted> wanted) {
    boolean areThose = columns.size() == wanted.size();
    for (int i = 0; areThose && i < wanted.size(); i++) {
      areThose =
          columns.get(i).key().equals(wanted.get(i).key())
              && isOf(columns.get(i), wanted.get(i).type());
    }
    if (!areThose) {
      throw new IllegalArgumentException("the table must have the columns in their order");
    }
  }

  private static boolean isOf(Table.Column column, Wanted.Type type) {
    return switch (column) {
      case Table.Numbers _ -> type == Wanted.Type.NUMBER;
      case Table.Times _ -> type == Wanted.Type.TIME;
      case Table.Texts _ -> type == Wanted.Type.TEXT;
      case Table.Events _ -> false;
    };
  }

  private static List<Table.Texts> texts(Table table) {
    return table.columns().stream()
        .filter(Table.Texts.class::isInstance)
        .map(Table.Texts.class::cast)
        .toList();
  }

  private static Vocabulary learnt(Table table, ClusterSettings settings) {
    return Vocabulary.of(
        settings.texts(),
        texts(table).stream().map(Table.Texts::values).toList(),
        settings.words());
  }

  static List<Wanted> wanted(ClusterSettings settings) {
    List<Wanted> wanted = new ArrayList<>();
    settings.numbers().forEach(key -> wanted.add(new Wanted(key, Wanted.Type.NUMBER)));
    settings.times().forEach(key -> wanted.add(new Wanted(key, Wanted.Type.TIME)));
    settings.texts().forEach(key -> wanted.add(new Wanted(key, Wanted.Type.TEXT)));
    return wanted;
  }

  int rows() {
    return rows;
  }

  Vocabulary vocabulary() {
    return vocabulary;
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

  /** Numbers and times, then the words of the texts; who said nothing has none of them. */
  double[] row(int row) {
    double[] weights =
        vocabulary.weights(texts.stream().map(text -> text.values().get(row)).toList());
    double[] cells = new double[columns.size() + weights.length];
    for (int column = 0; column < columns.size(); column++) {
      cells[column] = at(row, column);
    }
    System.arraycopy(weights, 0, cells, columns.size(), weights.length);
    return cells;
  }

  Matrix matrix(int[] chosen) {
    int wide = columns.size() + vocabulary.columns();
    double[] values = new double[chosen.length * wide];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(row(chosen[i]), 0, values, i * wide, wide);
    }
    return new Matrix(chosen.length, wide, values);
  }
}
