package soloist.learning.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.learning.predict.MadeUp.MADE_UP;
import static soloist.learning.predict.MadeUp.OF;
import static soloist.learning.predict.MadeUp.ROWS;
import static soloist.learning.predict.MadeUp.came;
import static soloist.learning.predict.MadeUp.of;
import static soloist.learning.predict.MadeUp.rows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import soloist.learning.data.Folds;
import soloist.learning.data.Matrix;
import soloist.learning.measure.Errors;
import soloist.learning.measure.Roc;

/** What holds of every method, and what books say of some, on rows that are made up here. */
class MethodsTest {
  @ParameterizedTest
  @EnumSource(Method.class)
  void ranksRowsThatItHasNotSeen(Method method) {
    Matrix others = rows(2);
    int[] truths = of(others, 2);

    Classifier learnt = method.fit(MADE_UP, OF, 2, 7);

    double area = Roc.of(came(truths), learnt.chances(others, 1)).area();
    assertTrue(area > 0.85, method + ": " + area);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void findsNothingWhereNothingIs(Method method) {
    int[] chance = new Random(4).ints(ROWS, 0, 2).toArray();
    Matrix others = rows(2);

    Classifier learnt = method.fit(MADE_UP, chance, 2, 7);

    int[] truths = new Random(5).ints(ROWS, 0, 2).toArray();
    double area = Roc.of(came(truths), learnt.chances(others, 1)).area();
    assertTrue(area > 0.4 && area < 0.6, method + ": " + area);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void saysTheSameFromItsBytes(Method method) throws IOException {
    Classifier learnt = method.fit(MADE_UP, OF, 2, 7);
    var bytes = new ByteArrayOutputStream();
    Method.write(learnt, new DataOutputStream(bytes));

    Classifier read =
        Method.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    for (int row = 0; row < 50; row++) {
      double[] chances = read.chances(MADE_UP.row(row));
      assertArrayEquals(learnt.chances(MADE_UP.row(row)), chances, 1e-12);
      assertEquals(1, Arrays.stream(chances).sum(), 1e-9);
    }
    byte[] cut = Arrays.copyOf(bytes.toByteArray(), 20);
    assertThrows(
        IOException.class, () -> Method.read(new DataInputStream(new ByteArrayInputStream(cut))));
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void saysWhatMovedAChance(Method method) {
    Classifier learnt = method.fit(MADE_UP, OF, 2, 7);
    double[] usual = {0, 0, 0};

    double[] moved = Moved.by(learnt, new double[] {1.5, 0.1, 0.1}, 1, usual);

    assertTrue(moved[0] > 0.1, method + ": " + Arrays.toString(moved));
    assertTrue(Math.abs(moved[2]) < moved[0] / 2, method + ": " + Arrays.toString(moved));
  }

  @Test
  void whatMovedAddsUpInTreesAndSums() {
    double[] usual = {0, 0, 0};
    double[] row = {1.2, -0.7, 0.3};
    var size = new TreeSize(Purity.ENTROPY, 4, 10, false);
    DecisionTree tree = DecisionTree.fit(MADE_UP, OF, 2, size, 1);
    LogisticRegression linear = LogisticRegression.fit(MADE_UP, OF, 2, 1);

    double top = IntStream.of(OF).average().orElseThrow();
    assertEquals(
        tree.chances(row)[1], top + Arrays.stream(Moved.by(tree, row, 1, usual)).sum(), 1e-9);
    assertEquals(
        linear.chances(row)[1] - linear.chances(usual)[1],
        Arrays.stream(Moved.by(linear, row, 1, usual)).sum(),
        1e-9);
  }

  @Test
  void logisticRegressionEndsWhereTheSlopeIsNothing() {
    double looseness = 0.5;
    LogisticRegression learnt = LogisticRegression.fit(MADE_UP, OF, 2, looseness);

    double[] slope = new double[4];
    for (int row = 0; row < ROWS; row++) {
      double off = learnt.chances(MADE_UP.row(row))[1] - OF[row];
      for (int i = 0; i < 3; i++) {
        slope[i] += off * MADE_UP.at(row, i);
      }
      slope[3] += off;
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(0, looseness * slope[i] + learnt.weights(1)[i], 1e-4);
    }
    assertEquals(0, slope[3], 1e-4);
    assertTrue(learnt.weights(1)[0] > 1 && Math.abs(learnt.weights(1)[2]) < 0.4);
  }

  /** Manning, Raghavan, Schütze, "Introduction to Information Retrieval", 2008, example 13.1. */
  @Test
  void bayesOfWordsIsTheBooks() {
    // Chinese, Beijing, Shanghai, Macao, Tokyo, Japan
    Matrix rows =
        Matrix.of(
            new double[] {2, 1, 0, 0, 0, 0},
            new double[] {2, 0, 1, 0, 0, 0},
            new double[] {1, 0, 0, 1, 0, 0},
            new double[] {1, 0, 0, 0, 1, 1});

    MultinomialBayes learnt = MultinomialBayes.fit(rows, new int[] {1, 1, 1, 0}, 2);

    double in = 3 / 4.0 * Math.pow(3 / 7.0, 3) / 14 / 14;
    double out = 1 / 4.0 * Math.pow(2 / 9.0, 3) * 2 / 9 * 2 / 9;
    assertEquals(in / (in + out), learnt.chances(new double[] {3, 0, 0, 0, 1, 1})[1], 1e-12);
  }

  @Test
  void bayesOfNumbersIsTheFormula() {
    Matrix rows =
        Matrix.of(
            new double[] {1},
            new double[] {3},
            new double[] {6},
            new double[] {8},
            new double[] {10});

    GaussianBayes learnt = GaussianBayes.fit(rows, new int[] {0, 0, 1, 1, 1}, 2);

    double first = 0.4 / Math.sqrt(2 * Math.PI) * Math.exp(-4.5);
    double variance = 8 / 3.0;
    double second = 0.6 / Math.sqrt(2 * Math.PI * variance) * Math.exp(-9 / 2.0 / variance);
    assertEquals(second / (first + second), learnt.chances(new double[] {5})[1], 1e-6);
  }

  @Test
  void neighboursAreTheNearest() {
    Neighbours learnt = Neighbours.fit(MADE_UP, OF, 2, 7);
    double[] row = {0.3, -0.2, 0.9};

    int[] nearest =
        IntStream.range(0, ROWS)
            .boxed()
            .sorted((i, j) -> Double.compare(distance(row, i), distance(row, j)))
            .limit(7)
            .mapToInt(Integer::intValue)
            .toArray();

    assertEquals(
        IntStream.of(nearest).map(i -> OF[i]).average().orElseThrow(),
        learnt.chances(row)[1],
        1e-12);
  }

  private static double distance(double[] row, int other) {
    return IntStream.range(0, 3).mapToDouble(i -> Math.pow(row[i] - MADE_UP.at(other, i), 2)).sum();
  }

  @Test
  void vectorsFollowACurveThatALineCannot() {
    Matrix along = new Matrix(200, 1, IntStream.range(0, 200).mapToDouble(i -> i / 20.0).toArray());
    double[] values = IntStream.range(0, 200).mapToDouble(i -> Math.sin(i / 20.0)).toArray();

    SupportVectorRegression curve = SupportVectorRegression.fit(along, values, 10, 1, 0.05);
    LinearRegression line = LinearRegression.fit(along, values);

    double[] byCurve =
        IntStream.range(0, 200).mapToDouble(i -> curve.value(along.row(i))).toArray();
    double[] byLine = IntStream.range(0, 200).mapToDouble(i -> line.value(along.row(i))).toArray();
    assertTrue(Errors.of(values, byCurve).rootMeanSquare() < 0.06);
    assertTrue(Errors.of(values, byLine).rootMeanSquare() > 0.5);
  }

  @Test
  void lineFindsTheWeightsThatMadeTheValues() {
    double[] values =
        IntStream.range(0, ROWS)
            .mapToDouble(
                row ->
                    1 + 2 * MADE_UP.at(row, 0) - 3 * MADE_UP.at(row, 1) + MADE_UP.at(row, 2) / 100)
            .toArray();

    LinearRegression learnt = LinearRegression.fit(MADE_UP, values);

    assertEquals(1, learnt.offset(), 1e-9);
    assertEquals(-3, learnt.weights().get(1), 1e-9);
    assertEquals(1, learnt.explained(), 1e-9);
    assertEquals(values[3], learnt.value(MADE_UP.row(3)), 1e-9);
    assertThrows(
        IllegalArgumentException.class,
        () -> LinearRegression.fit(MADE_UP.rows(new int[] {0, 1, 2}), new double[3]));
  }

  @Test
  void foldsTestEachRowOnceWithTheSameShareOfClasses() {
    List<Folds.Split> splits = Folds.stratified(OF, 5, 42);

    double share = IntStream.of(OF).average().orElseThrow();
    int[] tested = new int[ROWS];
    for (Folds.Split split : splits) {
      IntStream.of(split.test()).forEach(row -> tested[row]++);
      assertEquals(ROWS, split.learn().length + split.test().length);
      assertEquals(share, IntStream.of(Folds.of(OF, split.test())).average().orElseThrow(), 0.02);
    }
    assertTrue(IntStream.of(tested).allMatch(times -> times == 1));
  }
}
