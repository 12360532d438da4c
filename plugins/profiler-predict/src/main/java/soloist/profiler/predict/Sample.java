package soloist.profiler.predict;

import java.util.Arrays;
import java.util.stream.IntStream;
import soloist.learning.data.Filling;
import soloist.learning.data.Folds;
import soloist.learning.data.Matrix;

/**
 * The customers of one instant: what was known of them until then, and what happened after it.
 *
 * @param facts a row each; what is not known is NaN
 * @param happened 1 where it did
 */
@SuppressWarnings("ArrayRecordComponent")
record Sample(Matrix facts, int[] happened) {

  /** At most so many customers, drawn; none of those whom every model is judged by. */
  static Sample of(Histories histories, long until, int most, long seed) {
    int[] rows = histories.learntFrom(until);
    int[] happened =
        IntStream.of(rows).map(row -> histories.happened(row, until) ? 1 : 0).toArray();
    int[] drawn =
        rows.length <= most
            ? IntStream.range(0, rows.length).toArray()
            : Folds.drawn(happened, most, seed);
    return new Sample(
        Matrix.of(
            IntStream.of(drawn)
                .mapToObj(i -> histories.facts(rows[i], until))
                .toArray(double[][]::new)),
        Folds.of(happened, drawn));
  }

  /** Some of them. */
  Sample part(int[] rows) {
    return new Sample(facts.rows(rows), Folds.of(happened, rows));
  }

  int size() {
    return happened.length;
  }

  int positives() {
    return IntStream.of(happened).sum();
  }

  double share() {
    return (double) positives() / size();
  }

  boolean[] came() {
    boolean[] came = new boolean[happened.length];
    for (int i = 0; i < came.length; i++) {
      came[i] = happened[i] == 1;
    }
    return came;
  }

  /** What stands for each fact where it is not known: the median, or 0. */
  double[] usual() {
    double[] usual = new double[facts.columns()];
    Arrays.setAll(
        usual,
        column -> {
          double filled = Filling.MEDIAN.fill(known(facts.column(column)))[0];
          return Double.isNaN(filled) ? 0 : filled;
        });
    return usual;
  }

  /** With a gap in front, so that what fills it can be read off. */
  private static double[] known(double[] values) {
    double[] withGap = new double[values.length + 1];
    withGap[0] = Double.NaN;
    System.arraycopy(values, 0, withGap, 1, values.length);
    return withGap;
  }
}
