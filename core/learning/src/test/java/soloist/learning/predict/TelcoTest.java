package soloist.learning.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.learning.data.Filling;
import soloist.learning.data.Folds;
import soloist.learning.data.Summary;
import soloist.learning.measure.Chances;
import soloist.learning.measure.Confusion;
import soloist.learning.measure.Roc;

/** 7,043 customers of a telephone company, against scikit-learn 1.2.1. Every fifth is tested on. */
class TelcoTest {

  @Test
  void fillsWhatIsMissing() {
    double[] charges = Telco.read().totalCharges();

    assertEquals(11, Arrays.stream(charges).filter(Double::isNaN).count());
    assertEquals(1397.475, Summary.of(charges).median(), 1e-9);
    assertEquals(2283.3004408, Summary.of(charges).mean(), 1e-6);
    assertEquals(1397.475, Filling.MEDIAN.fill(charges)[488], 1e-9);
    assertEquals(2283.3004408, Filling.MEAN.fill(charges)[488], 1e-6);
  }

  @Test
  void logisticRegressionIsScikitLearns() {
    Telco telco = Telco.read();

    LogisticRegression learnt = LogisticRegression.fit(telco.learn(), telco.learnt(), 2, 1);

    double[] chances = learnt.chances(telco.test(), 1);
    assertEquals(List.of(List.of(923, 114), List.of(170, 202)), confusion(learnt, telco).counts());
    assertEquals(0.8353215956, Roc.of(telco.came(), chances).area(), 5e-5);
    assertEquals(0.4260286713, Chances.logLoss(telco.came(), chances), 1e-5);
    // Columns that always go together leave a flat valley, in which scikit-learn stops early.
    assertEquals(-1.567516910, learnt.offset(1), 1e-2);
    assertArrayEquals(
        new double[] {-1.374414, -0.178477, 0.610348, -0.071345, 0.206118, 0.030675},
        Arrays.copyOf(learnt.weights(1), 6),
        5e-3);
  }

  @Test
  void bayesIsScikitLearns() {
    Telco telco = Telco.read().numbersOnly();

    GaussianBayes learnt = GaussianBayes.fit(telco.learn(), telco.learnt(), 2);

    assertEquals(List.of(List.of(858, 179), List.of(175, 197)), confusion(learnt, telco).counts());
    assertEquals(0.7534969567, Roc.of(telco.came(), learnt.chances(telco.test(), 1)).area(), 1e-6);
  }

  @Test
  void neighboursAreScikitLearnsButForTies() {
    Telco telco = Telco.read();

    Neighbours learnt = Neighbours.fit(telco.learn(), telco.learnt(), 2, 15);

    assertEquals(0.7707594, confusion(learnt, telco).accuracy(), 0.003);
    assertEquals(0.8063310729, Roc.of(telco.came(), learnt.chances(telco.test(), 1)).area(), 0.003);
  }

  @Test
  void treeDoesAsWellAsScikitLearns() {
    Telco telco = Telco.read();

    DecisionTree learnt =
        DecisionTree.fit(
            telco.learn(), telco.learnt(), 2, new TreeSize(Purity.GINI, 5, 1, false), 1);

    assertEquals(0.7835344, confusion(learnt, telco).accuracy(), 0.005);
    assertEquals(0.8154623034, Roc.of(telco.came(), learnt.chances(telco.test(), 1)).area(), 0.005);
  }

  @Test
  void forestDoesAsWellAsScikitLearns() {
    Telco telco = Telco.read();

    RandomForest learnt = RandomForest.fit(telco.learn(), telco.learnt(), 2, 60, 5, 1);

    assertEquals(0.8298, Roc.of(telco.came(), learnt.chances(telco.test(), 1)).area(), 0.005);
  }

  @Test
  void networkDoesAsWellAsScikitLearns() {
    Telco telco = Telco.read();

    Perceptron learnt = Perceptron.fit(telco.learn(), telco.learnt(), 2, 16, 10, 1);

    assertEquals(0.8339, Roc.of(telco.came(), learnt.chances(telco.test(), 1)).area(), 0.008);
  }

  @Test
  void vectorsAreWorthTheirPlace() {
    Telco telco = Telco.read();
    int[] part = IntStream.range(0, 1_000).toArray();

    SupportVectors learnt =
        SupportVectors.fit(telco.learn().rows(part), Folds.of(telco.learnt(), part), 1, 1.0 / 30);

    assertTrue(Roc.of(telco.came(), learnt.chances(telco.test(), 1)).area() > 0.76);
  }

  private static Confusion confusion(Classifier learnt, Telco telco) {
    return Confusion.of(telco.tested(), learnt.mostLikely(telco.test()), 2);
  }
}
