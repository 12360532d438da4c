package soloist.learning.predict;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;
import soloist.learning.measure.Interval;
import soloist.learning.measure.Roc;

/**
 * How much worse rows are ranked when one column is shuffled among them (Breiman, "Random Forests",
 * Machine Learning 45, 2001, section 10): for any method, on rows it has not learnt from.
 *
 * @param loss of the area under the ROC curve, on average
 * @param interval of that over the shuffles
 */
public record Importance(int column, double loss, Interval interval) {

  /** Greatest first. */
  public static List<Importance> of(
      Classifier method, Matrix rows, boolean[] positive, int shuffles, long seed) {
    Random random = new Random(seed);
    double whole = Roc.of(positive, method.chances(rows, 1)).area();
    return IntStream.range(0, rows.columns())
        .mapToObj(
            column -> {
              double[] losses =
                  IntStream.range(0, shuffles)
                      .mapToDouble(
                          _ ->
                              whole
                                  - Roc.of(
                                          positive,
                                          method.chances(shuffled(rows, column, random), 1))
                                      .area())
                      .toArray();
              return new Importance(
                  column,
                  Arrays.stream(losses).average().orElse(Double.NaN),
                  Interval.of(losses, 0.9));
            })
        .sorted(Comparator.comparingDouble((Importance each) -> -each.loss))
        .toList();
  }

  private static Matrix shuffled(Matrix rows, int column, Random random) {
    double[] values = rows.values().clone();
    IntUnaryOperator place = row -> row * rows.columns() + column;
    for (int row = rows.rows() - 1; row > 0; row--) {
      int one = place.applyAsInt(row);
      int other = place.applyAsInt(random.nextInt(row + 1));
      double kept = values[one];
      values[one] = values[other];
      values[other] = kept;
    }
    return new Matrix(rows.rows(), rows.columns(), values);
  }
}
