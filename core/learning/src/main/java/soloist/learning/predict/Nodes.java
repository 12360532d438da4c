package soloist.learning.predict;

import java.util.ArrayList;
import java.util.List;

/** The nodes of a tree while it grows. */
final class Nodes {
  private final int classes;
  private final List<double[]> counts = new ArrayList<>();
  private final List<int[]> questions = new ArrayList<>(); // column, below, above
  private final List<Double> bounds = new ArrayList<>();

  Nodes(int classes) {
    this.classes = classes;
  }

  int add(double[] of) {
    counts.add(of);
    questions.add(new int[] {DecisionTree.LEAF, DecisionTree.LEAF, DecisionTree.LEAF});
    bounds.add(0.0);
    return counts.size() - 1;
  }

  void ask(int node, int column, double bound, int below, int above) {
    questions.set(node, new int[] {column, below, above});
    bounds.set(node, bound);
  }

  DecisionTree tree() {
    return new DecisionTree(
        classes,
        questions.stream().mapToInt(each -> each[0]).toArray(),
        bounds.stream().mapToDouble(Double::doubleValue).toArray(),
        questions.stream().mapToInt(each -> each[1]).toArray(),
        questions.stream().mapToInt(each -> each[2]).toArray(),
        counts.stream().flatMapToDouble(java.util.Arrays::stream).toArray());
  }
}
