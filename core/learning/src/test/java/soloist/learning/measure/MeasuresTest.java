package soloist.learning.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuresTest {
  private static final int[] TRUTHS = {1, 1, 1, 1, 0, 0, 0, 0, 0, 0};
  private static final int[] SAID = {1, 1, 1, 0, 1, 1, 0, 0, 0, 0};

  @Test
  void countsWhatWasConfused() {
    Confusion confusion = Confusion.of(TRUTHS, SAID, 2);

    assertEquals(List.of(List.of(4, 2), List.of(1, 3)), confusion.counts());
    assertEquals(0.7, confusion.accuracy());
    assertEquals(3.0 / 5, confusion.precision(1));
    assertEquals(3.0 / 4, confusion.recall(1));
    assertEquals(2 * 0.6 * 0.75 / 1.35, confusion.f1(1), 1e-12);
    assertTrue(confusion.precision(1, 0.95).holds(0.6));
    assertTrue(Double.isNaN(Confusion.of(TRUTHS, new int[10], 2).precision(1)));
  }

  /** Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void givesWilsonsIntervals(int hits, int of, double low, double high) {
    Interval interval = Interval.wilson(hits, of, 0.95);

    assertEquals(low, interval.low(), 5e-5);
    assertEquals(high, interval.high(), 5e-5);
  }

  @Test
  void theAreaIsTheShareOfPairsInTheRightOrder() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      int n = 10 + random.nextInt(60);
      boolean[] positive = new boolean[n];
      double[] scores = new double[n];
      for (int i = 0; i < n; i++) {
        positive[i] = i < 3 || i > 5 && random.nextBoolean();
        scores[i] = random.nextInt(8) + (positive[i] ? 1 : 0);
      }

      Roc roc = Roc.of(positive, scores);

      double right = 0;
      double pairs = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          if (positive[i] && !positive[j]) {
            pairs++;
            right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          }
        }
      }
      assertEquals(right / pairs, roc.area(), 1e-12);
      double under = 0;
      for (int i = 1; i < roc.points().size(); i++) {
        Roc.Point from = roc.points().get(i - 1);
        Roc.Point to = roc.points().get(i);
        under +=
            (to.falsePositives() - from.falsePositives())
                * (to.truePositives() + from.truePositives())
                / 2;
      }
      assertEquals(roc.area(), under, 1e-12);
    }
  }

  @Test
  void theErrorOfTheAreaIsTheOneSeenInCasesDrawnAnew() {
    Random random = new Random(5);
    double[] areas = new double[400];
    double[] errors = new double[areas.length];
    for (int round = 0; round < areas.length; round++) {
      boolean[] positive = new boolean[120];
      double[] scores = new double[120];
      for (int i = 0; i < 120; i++) {
        positive[i] = i < 40;
        scores[i] = random.nextGaussian() + (positive[i] ? 1 : 0);
      }
      Roc roc = Roc.of(positive, scores);
      areas[round] = roc.area();
      errors[round] = roc.error();
    }

    double mean = Arrays.stream(areas).average().orElseThrow();
    double seen =
        Math.sqrt(Arrays.stream(areas).map(area -> (area - mean) * (area - mean)).sum() / 399);

    assertEquals(0.7602, mean, 0.01); // Phi(1/sqrt 2)
    assertEquals(seen, Arrays.stream(errors).average().orElseThrow(), 0.004);
  }

  @Test
  void knowsNoCertaintyWhereFewWereRankedWithoutFault() {
    boolean[] positive = {true, true, true, false, false, false};
    Roc roc = Roc.of(positive, new double[] {6, 5, 4, 3, 2, 1});

    Interval interval = roc.area(0.9, 3, 3);

    assertEquals(1, roc.area());
    assertTrue(interval.low() < 0.85, interval.toString());
  }

  @Test
  void punishesChancesThatWereWrong() {
    boolean[] came = {true, false};

    assertEquals(
        -Math.log(0.8) / 2 - Math.log(0.5) / 2,
        Chances.logLoss(came, new double[] {0.8, 0.5}),
        1e-12);
    assertEquals((0.04 + 0.25) / 2, Chances.brier(came, new double[] {0.8, 0.5}), 1e-12);
    assertEquals(
        -Math.log(0.7), Chances.logLoss(new int[] {2}, new double[][] {{0.1, 0.2, 0.7}}), 1e-12);
  }

  @Test
  void mendsChancesThatAreTooExtreme() {
    Random random = new Random(9);
    int n = 20_000;
    double[] truths = random.doubles(n).map(each -> 0.05 + 0.9 * each).toArray();
    boolean[] came = new boolean[n];
    double[] stated = new double[n];
    for (int i = 0; i < n; i++) {
      came[i] = random.nextDouble() < truths[i];
      double odds = Math.log(truths[i] / (1 - truths[i]));
      stated[i] = 1 / (1 + Math.exp(-3 * odds - 1));
    }

    Calibration learnt = Calibration.of(came, stated);

    assertEquals(1 / 3.0, learnt.slope(), 0.03);
    for (int i = 0; i < n; i += 500) {
      assertEquals(truths[i], learnt.apply(stated[i]), 0.03);
    }
    double[] mended = Arrays.stream(stated).map(learnt::apply).toArray();
    assertTrue(Chances.logLoss(came, mended) < Chances.logLoss(came, stated) - 0.05);
    for (Chances.Bin bin : Chances.bins(came, mended, 10)) {
      assertEquals(2_000, bin.cases());
      assertEquals(bin.stated(), bin.came(), 0.05);
    }
  }

  @Test
  void neverTurnsAMethodRound() {
    boolean[] came = {false, false, false, true, true, true, false, true};
    double[] stated = {0.9, 0.8, 0.9, 0.1, 0.2, 0.1, 0.5, 0.5};

    Calibration learnt = Calibration.of(came, stated);

    assertEquals(0.5, learnt.apply(0.9), 1e-9);
    assertEquals(0.5, learnt.apply(0.1), 1e-9);
  }

  @Test
  void measuresValues() {
    double[] truths = {1, 2, 3, 4};
    double[] predicted = {1, 2, 3, 6};

    Errors errors = Errors.of(truths, predicted);

    assertEquals(1, errors.rootMeanSquare());
    assertEquals(0.5, errors.meanAbsolute());
    assertEquals(1 - 4 / 5.0, errors.explained(), 1e-12);
    Interval interval = Errors.rootMeanSquare(truths, predicted, 0.9, 1);
    assertTrue(interval.low() >= 0 && interval.holds(1), interval.toString());
  }

  @Test
  void aMeanDrawnAnewLiesWhereTheFormulaSays() {
    double[] values = new Random(2).doubles(200).toArray();

    Interval drawn =
        Interval.bootstrap(
            cases -> IntStream.of(cases).mapToDouble(i -> values[i]).average().orElseThrow(),
            200,
            2_000,
            0.9,
            1);
    Interval formula = Interval.ofMean(values, 0.9);

    assertEquals(formula.low(), drawn.low(), 0.004);
    assertEquals(formula.high(), drawn.high(), 0.004);
  }
}
