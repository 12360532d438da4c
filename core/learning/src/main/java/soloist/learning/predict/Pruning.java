package soloist.learning.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import soloist.learning.data.Folds;
import soloist.learning.data.Matrix;
import soloist.learning.measure.Chances;

/**
 * Takes back questions that bring less than they cost (weakest link; Breiman and others,
 * "Classification and Regression Trees", 1984, 3.3). A cost is what a leaf has to take off the mean
 * mixture of the leaves.
 */
public final class Pruning {
  private static final int FOLDS = 5;

  private Pruning() {}

  /** A tree in which each leaf is worth a cost. */
  public static DecisionTree at(DecisionTree tree, Purity purity, double cost) {
    boolean[] isCut = new boolean[tree.size()];
    double[] mixed = mixed(tree, purity);
    while (true) {
      Weakest weakest = weakest(tree, mixed, isCut);
      if (weakest.node < 0 || weakest.cost > cost) {
        return tree.cut(isCut);
      }
      isCut[weakest.node] = true;
    }
  }

  /** The costs at which a tree loses leaves, rising. */
  public static List<Double> costs(DecisionTree tree, Purity purity) {
    boolean[] isCut = new boolean[tree.size()];
    double[] mixed = mixed(tree, purity);
    List<Double> costs = new ArrayList<>();
    double last = 0;
    while (true) {
      Weakest weakest = weakest(tree, mixed, isCut);
      if (weakest.node < 0) {
        return costs;
      }
      isCut[weakest.node] = true;
      last = Math.max(last, weakest.cost);
      costs.add(last);
    }
  }

  /** The tree with the cost that does best in rows left out in turn. */
  public static DecisionTree best(Matrix rows, int[] of, int classes, TreeSize size, long seed) {
    DecisionTree whole = DecisionTree.fit(rows, of, classes, size, seed);
    double[] costs = tried(costs(whole, size.purity()));
    double[] losses = new double[costs.length];
    for (Folds.Split split : Folds.stratified(of, FOLDS, seed)) {
      Matrix learnt = rows.rows(split.learn());
      DecisionTree tree =
          DecisionTree.fit(learnt, Folds.of(of, split.learn()), classes, size, seed);
      int[] truths = Folds.of(of, split.test());
      for (int i = 0; i < costs.length; i++) {
        DecisionTree pruned = at(tree, size.purity(), costs[i]);
        double[][] stated =
            IntStream.of(split.test())
                .mapToObj(row -> smoothed(pruned.chances(rows.row(row))))
                .toArray(double[][]::new);
        losses[i] += truths.length * Chances.logLoss(truths, stated);
      }
    }
    int best = 0;
    for (int i = 1; i < costs.length; i++) {
      best = losses[i] <= losses[best] ? i : best;
    }
    return at(whole, size.purity(), costs[best]);
  }

  /** A leaf that has never seen a class does not know that it never comes. */
  private static double[] smoothed(double[] chances) {
    return Arrays.stream(chances).map(each -> 0.99 * each + 0.01 / chances.length).toArray();
  }

  /** At most ten of the costs, each half way (on the scale of logarithms) to the next. */
  private static double[] tried(List<Double> costs) {
    double[] positive =
        costs.stream().mapToDouble(Double::doubleValue).filter(cost -> cost > 0).toArray();
    int n = positive.length;
    double[] tried =
        IntStream.range(0, Math.min(n, 10))
            .map(i -> (int) ((long) i * n / Math.min(n, 10)))
            .mapToDouble(i -> Math.sqrt(positive[i] * positive[Math.min(i + 1, n - 1)]))
            .toArray();
    return IntStream.rangeClosed(0, tried.length)
        .mapToDouble(i -> i == 0 ? 0 : tried[i - 1])
        .toArray();
  }

  private static double[] mixed(DecisionTree tree, Purity purity) {
    return IntStream.range(0, tree.size())
        .mapToDouble(node -> tree.mixed(node, purity) * tree.all(node) / tree.all(0))
        .toArray();
  }

  private record Weakest(int node, double cost) {}

  private static Weakest weakest(DecisionTree tree, double[] mixed, boolean[] isCut) {
    int n = tree.size();
    double[] under = new double[n];
    int[] leaves = new int[n];
    // Nodes come after those above them.
    for (int node = n - 1; node >= 0; node--) {
      boolean isLeaf = tree.isLeaf(node) || isCut[node];
      under[node] = isLeaf ? mixed[node] : under[tree.below(node)] + under[tree.above(node)];
      leaves[node] = isLeaf ? 1 : leaves[tree.below(node)] + leaves[tree.above(node)];
    }
    boolean[] isReached = new boolean[n];
    isReached[0] = true;
    var weakest = new Weakest(-1, Double.POSITIVE_INFINITY);
    for (int node = 0; node < n; node++) {
      if (isReached[node] && leaves[node] > 1) {
        isReached[tree.below(node)] = true;
        isReached[tree.above(node)] = true;
        double cost = (mixed[node] - under[node]) / (leaves[node] - 1);
        if (cost < weakest.cost) {
          weakest = new Weakest(node, cost);
        }
      }
    }
    return weakest;
  }
}
