package soloist.learning.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.learning.Shared;
import soloist.learning.data.Matrix;
import soloist.learning.data.PrincipalComponents;
import soloist.learning.data.Scaling;
import soloist.learning.measure.Chances;
import soloist.learning.measure.Confusion;

/**
 * 150 irises of three kinds (Fisher, 1936), against scikit-learn 1.2.1. Every fifth is tested on.
 */
class IrisTest {
  private static final List<List<Integer>> ONE_WRONG =
      List.of(List.of(10, 0, 0), List.of(0, 9, 1), List.of(0, 0, 10));

  private record Irises(Matrix learn, int[] learnt, Matrix test, int[] tested, Matrix all) {
    static Irises read() {
      List<List<String>> lines = Shared.lines("iris.csv", ",");
      Matrix all =
          Matrix.of(
              lines.stream()
                  .skip(1)
                  .map(
                      cells ->
                          cells.subList(0, 4).stream().mapToDouble(Double::parseDouble).toArray())
                  .toArray(double[][]::new));
      int[] of = lines.stream().skip(1).mapToInt(cells -> Integer.parseInt(cells.get(4))).toArray();
      int[] test = IntStream.range(0, 150).filter(i -> i % 5 == 0).toArray();
      int[] learn = IntStream.range(0, 150).filter(i -> i % 5 != 0).toArray();
      return new Irises(
          all.rows(learn),
          IntStream.of(learn).map(i -> of[i]).toArray(),
          all.rows(test),
          IntStream.of(test).map(i -> of[i]).toArray(),
          all);
    }

    Irises scaled() {
      Scaling scaling = Scaling.standard(learn);
      return new Irises(scaling.apply(learn), learnt, scaling.apply(test), tested, all);
    }

    List<List<Integer>> confusion(Classifier method) {
      return Confusion.of(tested, method.mostLikely(test), 3).counts();
    }
  }

  @Test
  void bayesIsScikitLearns() {
    Irises irises = Irises.read();

    GaussianBayes learnt = GaussianBayes.fit(irises.learn, irises.learnt, 3);

    assertEquals(ONE_WRONG, irises.confusion(learnt));
    assertEquals(4.9675, learnt.mean(0, 0), 1e-9);
    assertEquals(1.985, learnt.mean(2, 3), 1e-9);
  }

  @Test
  void neighboursAreScikitLearns() {
    Irises irises = Irises.read().scaled();

    assertEquals(ONE_WRONG, irises.confusion(Neighbours.fit(irises.learn, irises.learnt, 3, 5)));
  }

  @Test
  void logisticRegressionIsScikitLearns() {
    Irises irises = Irises.read().scaled();

    LogisticRegression learnt = LogisticRegression.fit(irises.learn, irises.learnt, 3, 1);

    assertEquals(ONE_WRONG, irises.confusion(learnt));
    assertArrayEquals(
        new double[] {-1.010106, 1.087704, -1.762094, -1.67188}, learnt.weights(0), 1e-3);
    assertArrayEquals(
        new double[] {0.363057, -0.656884, 2.14057, 2.462665}, learnt.weights(2), 1e-3);
    double[][] stated =
        IntStream.range(0, 30)
            .mapToObj(row -> learnt.chances(irises.test.row(row)))
            .toArray(double[][]::new);
    assertEquals(0.1122558421, Chances.logLoss(irises.tested, stated), 1e-4);
  }

  @Test
  void supportVectorsAreScikitLearns() {
    Irises irises = Irises.read().scaled();

    SupportVectors learnt = SupportVectors.fit(irises.learn, irises.learnt, 1, 0.25);

    assertEquals(ONE_WRONG, irises.confusion(learnt));
    assertArrayEquals(new int[] {7, 19, 21}, learnt.vectors());
  }

  @Test
  void treeAndForestDoAsWellAsScikitLearns() {
    Irises irises = Irises.read();
    var size = new TreeSize(Purity.GINI, 20, 1, false);

    DecisionTree tree = DecisionTree.fit(irises.learn, irises.learnt, 3, size, 1);
    RandomForest forest = RandomForest.fit(irises.learn, irises.learnt, 3, 100, 1, 1);

    assertEquals(29 / 30.0, accuracy(irises, tree), 1 / 30.0 + 1e-9);
    assertEquals(7, tree.leafCount(), 2);
    assertEquals(29 / 30.0, accuracy(irises, forest), 1e-9);
  }

  private static double accuracy(Irises irises, Classifier method) {
    return Confusion.of(irises.tested, method.mostLikely(irises.test), 3).accuracy();
  }

  @Test
  void componentsAreScikitLearns() {
    Irises irises = Irises.read();

    PrincipalComponents raw = PrincipalComponents.of(irises.all);

    assertArrayEquals(
        new double[] {4.22824171, 0.24267075, 0.0782095, 0.02383509}, raw.variances(), 1e-7);
    assertArrayEquals(
        new double[] {0.92461872, 0.05306648, 0.01710261, 0.00521218}, raw.explained(), 1e-7);
    assertEquals(2, raw.enoughFor(0.95));
    assertEquals(
        0.72962445,
        PrincipalComponents.of(Scaling.standard(irises.all).apply(irises.all)).explained()[0],
        1e-7);
  }
}
