package soloist.learning.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.learning.predict.MadeUp.MADE_UP;
import static soloist.learning.predict.MadeUp.OF;
import static soloist.learning.predict.MadeUp.ROWS;
import static soloist.learning.predict.MadeUp.came;
import static soloist.learning.predict.MadeUp.of;
import static soloist.learning.predict.MadeUp.rows;

import java.util.List;
import org.junit.jupiter.api.Test;
import soloist.learning.data.Matrix;

class TreesTest {
  @Test
  void treeAsksWhatLeavesTheLeastMixed() {
    Matrix rows =
        Matrix.of(
            new double[] {1, 9},
            new double[] {2, 5},
            new double[] {3, 9},
            new double[] {4, 5},
            new double[] {5, 9},
            new double[] {6, 5});
    int[] of = {0, 0, 0, 1, 1, 1};

    DecisionTree tree = DecisionTree.fit(rows, of, 2, new TreeSize(Purity.GINI, 5, 1, false), 1);

    assertEquals(
        List.of(
            new DecisionTree.Leaf(
                List.of(new DecisionTree.Answer(0, 3.5, true)), List.of(3.0, 0.0)),
            new DecisionTree.Leaf(
                List.of(new DecisionTree.Answer(0, 3.5, false)), List.of(0.0, 3.0))),
        tree.leaves());
    assertEquals(1.0 / 2, Purity.GINI.mixed(new double[] {3, 3}, 6));
    assertEquals(1, Purity.ENTROPY.mixed(new double[] {3, 3}, 6), 1e-12);
  }

  @Test
  void treeTellsWhatOneQuestionCannot() {
    Matrix rows =
        Matrix.of(
            new double[] {0, 0},
            new double[] {0, 1},
            new double[] {1, 0},
            new double[] {1, 1},
            new double[] {1, 1});
    int[] of = {0, 1, 1, 0, 0};

    DecisionTree tree = DecisionTree.fit(rows, of, 2, new TreeSize(Purity.GINI, 5, 1, false), 1);

    assertArrayEquals(of, tree.mostLikely(rows));
    assertEquals(2, tree.depth());
  }

  @Test
  void pruningTakesLeavesBackTheWeakestFirst() {
    var size = new TreeSize(Purity.GINI, 12, 1, false);
    DecisionTree whole = DecisionTree.fit(MADE_UP, OF, 2, size, 1);

    List<Double> costs = Pruning.costs(whole, Purity.GINI);
    DecisionTree pruned = Pruning.best(MADE_UP, OF, 2, size, 1);

    assertTrue(whole.leafCount() > 40, whole.leafCount() + " leaves");
    assertEquals(1, Pruning.at(whole, Purity.GINI, 1).leafCount());
    int last = whole.leafCount();
    for (double cost : costs) {
      int leaves = Pruning.at(whole, Purity.GINI, cost).leafCount();
      assertTrue(leaves <= last);
      last = leaves;
    }
    assertEquals(1, last);
    assertTrue(
        pruned.leafCount() >= 2 && pruned.leafCount() < whole.leafCount() / 3,
        pruned.leafCount() + " leaves are left");
    double sum =
        pruned.leaves().stream()
            .flatMap(leaf -> leaf.counts().stream())
            .mapToDouble(each -> each)
            .sum();
    assertEquals(ROWS, sum);
  }

  @Test
  void importanceNamesTheColumnThatMatters() {
    Matrix others = rows(2);
    int[] truths = of(others, 2);

    List<Importance> importance =
        Importance.of(RandomForest.fit(MADE_UP, OF, 2, 50, 5, 1), others, came(truths), 5, 1);

    assertEquals(List.of(0, 1, 2), importance.stream().map(Importance::column).toList());
    assertTrue(importance.get(0).interval().low() > 0.1, importance.toString());
    assertTrue(importance.get(2).interval().low() < 0.01, importance.toString());
  }
}
