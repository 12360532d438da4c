package soloist.learning.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Leaves out columns that say nothing, or nothing that another column has not said. */
public final class Selection {
  private static final double SAME = 0.98;

  /** With itself a column correlates by 1, one of a single value by 0 and what rounding left. */
  private static final double HALF = 0.5;

  private Selection() {}

  /** What becomes of a column. */
  public sealed interface Choice {
    int column();

    record Kept(int column) implements Choice {}

    /** It has one value only. */
    record Constant(int column) implements Choice {}

    /** It goes along with one that is kept. */
    record Redundant(int column, int with, double correlation) implements Choice {}
  }

  /** A choice for each column, in their order; of two that say the same the first is kept. */
  public static List<Choice> of(Matrix rows) {
    Matrix correlation = Covariance.correlation(rows);
    List<Choice> choices = new ArrayList<>();
    for (int column = 0; column < rows.columns(); column++) {
      int at = column;
      if (correlation.at(at, at) < HALF) {
        choices.add(new Choice.Constant(at));
        continue;
      }
      choices.add(
          choices.stream()
              .filter(Choice.Kept.class::isInstance)
              .mapToInt(Choice::column)
              .filter(kept -> Math.abs(correlation.at(at, kept)) >= SAME)
              .boxed()
              .findFirst()
              .<Choice>map(kept -> new Choice.Redundant(at, kept, correlation.at(at, kept)))
              .orElse(new Choice.Kept(at)));
    }
    return choices;
  }

  /** The numbers of the columns that are kept. */
  public static int[] kept(List<Choice> choices) {
    return choices.stream()
        .filter(Choice.Kept.class::isInstance)
        .mapToInt(Choice::column)
        .toArray();
  }

  /** Some columns of a matrix. */
  public static Matrix columns(Matrix rows, int[] columns) {
    double[] values =
        IntStream.range(0, rows.rows())
            .boxed()
            .flatMapToDouble(
                row -> IntStream.of(columns).mapToDouble(column -> rows.at(row, column)))
            .toArray();
    return new Matrix(rows.rows(), columns.length, values);
  }
}
