package soloist.learning.predict;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.learning.data.Folds;
import soloist.learning.data.Matrix;
import soloist.learning.measure.Confusion;
import soloist.learning.measure.Interval;
import soloist.learning.measure.Roc;

/**
 * Whether stated intervals hold what they should as often as they say, for few customers and many.
 */
class MeasureCoverageTest {
  private static final int ROUNDS = 200;
  private static final double CONFIDENCE = 0.9;

  @ParameterizedTest
  @ValueSource(ints = {30, 100, 300, 1000})
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "800 samples are drawn with -Dsoloist.slow=true")
  void intervalsHoldTheTruthAsOftenAsTheySay(int customers) {
    Telco telco = Telco.read();
    // Learnt from a few hundred, so that thousands are left to be all there are.
    int[] learn = IntStream.range(0, 600).toArray();
    int[] rest = IntStream.range(600, telco.learn().rows()).toArray();
    LogisticRegression learnt =
        LogisticRegression.fit(telco.learn().rows(learn), Folds.of(telco.learnt(), learn), 2, 1);
    Matrix others = telco.learn().rows(rest);
    int[] truths = Folds.of(telco.learnt(), rest);
    double[] chances = learnt.chances(others, 1);
    double area = roc(truths, chances).area();
    Confusion whole = confusion(truths, chances);
    double brier = Arrays.stream(squares(truths, chances)).average().orElseThrow();
    int[] holds = new int[5];
    for (int round = 0; round < ROUNDS; round++) {
      int[] drawn = new Random(round).ints(customers, 0, truths.length).toArray();
      int[] of = Folds.of(truths, drawn);
      double[] stated = IntStream.of(drawn).mapToDouble(i -> chances[i]).toArray();
      int positives = IntStream.of(of).sum();
      Confusion confusion = confusion(of, stated);
      double[] squares = squares(of, stated);
      Interval[] intervals = {
        roc(of, stated).area(CONFIDENCE, positives, customers - positives),
        confusion.accuracy(CONFIDENCE),
        confusion.precision(1, CONFIDENCE),
        confusion.recall(1, CONFIDENCE),
        Interval.ofMean(squares, CONFIDENCE)
      };
      double[] values = {area, whole.accuracy(), whole.precision(1), whole.recall(1), brier};
      for (int i = 0; i < holds.length; i++) {
        holds[i] += intervals[i].holds(values[i]) ? 1 : 0;
      }
    }
    System.out.printf(
        "%d customers of Telco, 90 %% intervals hold: AUC %.3f, accuracy %.3f, precision %.3f, recall"
            + " %.3f, Brier %.3f%n",
        customers,
        (double) holds[0] / ROUNDS,
        (double) holds[1] / ROUNDS,
        (double) holds[2] / ROUNDS,
        (double) holds[3] / ROUNDS,
        (double) holds[4] / ROUNDS);
    for (int each : holds) {
      assertTrue(each >= 0.84 * ROUNDS, each + " of " + ROUNDS);
    }
  }

  private static double[] squares(int[] truths, double[] chances) {
    return IntStream.range(0, truths.length)
        .mapToDouble(i -> Math.pow(chances[i] - truths[i], 2))
        .toArray();
  }

  private static Roc roc(int[] truths, double[] chances) {
    boolean[] positive = new boolean[truths.length];
    for (int i = 0; i < truths.length; i++) {
      positive[i] = truths[i] == 1;
    }
    return Roc.of(positive, chances);
  }

  private static Confusion confusion(int[] truths, double[] chances) {
    return Confusion.of(
        truths, IntStream.range(0, truths.length).map(i -> chances[i] >= 0.5 ? 1 : 0).toArray(), 2);
  }
}
