package soloist.learning.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What is done to comparable columns before a method sees them, learnt once and kept with the
 * method. A column that is left out is 0 for everybody, so that the others keep their numbers.
 *
 * @param usual by column, what is no outlier
 * @param choices by column, whether it is taken
 * @param outside by column, how many of the rows that it was learnt from have an outlier
 */
public record Preparation(
    Extremes extremes,
    List<Outliers> usual,
    List<Selection.Choice> choices,
    List<Integer> outside) {
  private static final int MOST_LOOKED_AT = 20_000;
  private static final int MOST_COLUMNS = 100_000;

  /** What becomes of outliers. */
  public enum Extremes {
    /** They are taken as they are. */
    KEEP,
    /** They count as the nearest usual value. */
    CAP,
    /** Nothing is learnt from their rows. */
    LEAVE_OUT;

    /** How it is written in settings. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Preparation {
    usual = List.copyOf(usual);
    choices = List.copyOf(choices);
    outside = List.copyOf(outside);
  }

  /** Does nothing. */
  public static Preparation none(int columns) {
    return new Preparation(
        Extremes.KEEP,
        Collections.nCopies(columns, Outliers.NONE),
        all(columns),
        Collections.nCopies(columns, 0));
  }

  private static List<Selection.Choice> all(int columns) {
    return IntStream.range(0, columns)
        .<Selection.Choice>mapToObj(Selection.Choice.Kept::new)
        .toList();
  }

  /**
   * Learns from comparable rows.
   *
   * @param selects whether columns that say nothing, or nothing new, are left out
   * @param numbers how many of the first columns may have outliers; of words that few use each use
   *     would be one
   */
  public static Preparation of(Matrix rows, Extremes extremes, boolean selects, int numbers) {
    int every = (rows.rows() + MOST_LOOKED_AT - 1) / MOST_LOOKED_AT;
    Matrix looked =
        every <= 1
            ? rows
            : rows.rows(IntStream.range(0, rows.rows()).filter(i -> i % every == 0).toArray());
    List<Selection.Choice> choices = selects ? Selection.of(looked) : all(rows.columns());
    List<Outliers> usual = new ArrayList<>();
    List<Integer> outside = new ArrayList<>();
    for (int column = 0; column < rows.columns(); column++) {
      boolean mayHave =
          extremes != Extremes.KEEP
              && column < numbers
              && choices.get(column) instanceof Selection.Choice.Kept;
      Outliers fences =
          mayHave ? Outliers.byQuartiles(looked.column(column)).orNone() : Outliers.NONE;
      usual.add(fences);
      outside.add((int) DoubleStream.of(rows.column(column)).filter(fences::isOutlier).count());
    }
    return new Preparation(extremes, usual, choices, outside);
  }

  /** A row as the method sees it. */
  public double[] apply(double[] row) {
    double[] seen = row.clone();
    for (int column = 0; column < row.length; column++) {
      if (!(choices.get(column) instanceof Selection.Choice.Kept)) {
        seen[column] = 0;
      } else if (extremes == Extremes.CAP) {
        seen[column] = usual.get(column).cap(row[column]);
      }
    }
    return seen;
  }

  public Matrix apply(Matrix rows) {
    double[] seen = new double[rows.values().length];
    for (int row = 0; row < rows.rows(); row++) {
      System.arraycopy(apply(rows.row(row)), 0, seen, row * rows.columns(), rows.columns());
    }
    return new Matrix(rows.rows(), rows.columns(), seen);
  }

  /** The numbers of the rows from which a method learns. */
  public int[] learntFrom(Matrix rows) {
    return IntStream.range(0, rows.rows())
        .filter(row -> extremes != Extremes.LEAVE_OUT || !hasOutlier(rows, row))
        .toArray();
  }

  private boolean hasOutlier(Matrix rows, int row) {
    return IntStream.range(0, rows.columns())
        .anyMatch(column -> usual.get(column).isOutlier(rows.at(row, column)));
  }

  public void write(DataOutput out) throws IOException {
    out.writeByte(extremes.ordinal());
    out.writeInt(usual.size());
    for (int column = 0; column < usual.size(); column++) {
      out.writeDouble(usual.get(column).least());
      out.writeDouble(usual.get(column).most());
      out.writeInt(outside.get(column));
      switch (choices.get(column)) {
        case Selection.Choice.Kept _ -> out.writeByte(0);
        case Selection.Choice.Constant _ -> out.writeByte(1);
        case Selection.Choice.Redundant redundant -> {
          out.writeByte(2);
          out.writeInt(redundant.with());
          out.writeDouble(redundant.correlation());
        }
      }
    }
  }

  public static Preparation read(DataInput in) throws IOException {
    int extremes = in.readByte();
    int columns = in.readInt();
    if (extremes < 0
        || extremes >= Extremes.values().length
        || columns < 0
        || columns > MOST_COLUMNS) {
      throw new IOException("a preparation of " + columns + " columns");
    }
    List<Outliers> usual = new ArrayList<>();
    List<Selection.Choice> choices = new ArrayList<>();
    List<Integer> outside = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      usual.add(new Outliers(in.readDouble(), in.readDouble()));
      outside.add(in.readInt());
      choices.add(
          switch (in.readByte()) {
            case 0 -> new Selection.Choice.Kept(column);
            case 1 -> new Selection.Choice.Constant(column);
            case 2 -> new Selection.Choice.Redundant(column, in.readInt(), in.readDouble());
            default -> throw new IOException("another choice");
          });
    }
    return new Preparation(Extremes.values()[extremes], usual, choices, outside);
  }
}
