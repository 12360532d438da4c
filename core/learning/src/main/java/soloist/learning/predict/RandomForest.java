package soloist.learning.predict;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import soloist.learning.data.Matrix;

/**
 * Many trees, each grown from rows drawn anew and from parts of the columns, and their mean
 * (Breiman, "Random Forests", Machine Learning 45, 2001).
 */
public final class RandomForest implements Classifier {
  private final List<DecisionTree> trees;

  private RandomForest(List<DecisionTree> trees) {
    this.trees = List.copyOf(trees);
  }

  public static RandomForest fit(
      Matrix rows, int[] of, int classes, int trees, int leaf, long seed) {
    var steps = new Steps(rows);
    var size = new TreeSize(Purity.GINI, Integer.MAX_VALUE, leaf, true);
    List<DecisionTree> grown = new ArrayList<>();
    Random seeds = new Random(seed);
    for (int tree = 0; tree < trees; tree++) {
      Random random = new Random(seeds.nextLong());
      int[] weights = new int[rows.rows()];
      random.ints(rows.rows(), 0, rows.rows()).forEach(row -> weights[row]++);
      grown.add(new TreeGrower(steps, of, weights, classes, size, random).grow());
    }
    return new RandomForest(grown);
  }

  @Override
  public double[] chances(double[] row) {
    return mean(trees.stream().map(tree -> tree.chances(row)).toList());
  }

  /** As of its trees, on average. */
  double[] moved(double[] row, int of) {
    return mean(trees.stream().map(tree -> tree.moved(row, of)).toList());
  }

  private static double[] mean(List<double[]> all) {
    double[] mean = new double[all.getFirst().length];
    for (double[] each : all) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += each[i] / all.size();
      }
    }
    return mean;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(trees.size());
    for (DecisionTree tree : trees) {
      tree.write(out);
    }
  }

  static RandomForest read(DataInput in) throws IOException {
    int count = Numbers.length(in);
    List<DecisionTree> trees = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      trees.add(DecisionTree.read(in));
    }
    return new RandomForest(trees);
  }
}
