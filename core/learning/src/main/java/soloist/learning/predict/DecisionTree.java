package soloist.learning.predict;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;

/** Asks one question after the other, each whether one column is at most some value. */
public final class DecisionTree implements Classifier {
  static final int LEAF = -1;

  private final int classes;
  private final int[] column; // by node, the first is the top; LEAF in a leaf
  private final double[] bound;
  private final int[] below;
  private final int[] above;
  private final double[] counts; // by node and class

  DecisionTree(
      int classes, int[] column, double[] bound, int[] below, int[] above, double[] counts) {
    this.classes = classes;
    this.column = column;
    this.bound = bound;
    this.below = below;
    this.above = above;
    this.counts = counts;
  }

  /**
   * @param of the class of each row, from 0
   */
  public static DecisionTree fit(Matrix rows, int[] of, int classes, TreeSize size, long seed) {
    int[] weights = new int[rows.rows()];
    Arrays.fill(weights, 1);
    return new TreeGrower(new Steps(rows), of, weights, classes, size, new Random(seed)).grow();
  }

  @Override
  public double[] chances(double[] row) {
    return chances(leaf(row));
  }

  private int leaf(double[] row) {
    int node = 0;
    while (column[node] != LEAF) {
      node = next(node, row);
    }
    return node;
  }

  private int next(int node, double[] row) {
    return row[column[node]] <= bound[node] ? below[node] : above[node];
  }

  private double[] chances(int node) {
    double all = all(node);
    return IntStream.range(0, classes).mapToDouble(of -> count(node, of) / all).toArray();
  }

  double count(int node, int of) {
    return counts[node * classes + of];
  }

  double all(int node) {
    return IntStream.range(0, classes).mapToDouble(of -> count(node, of)).sum();
  }

  double mixed(int node, Purity purity) {
    return purity.mixed(
        IntStream.range(0, classes).mapToDouble(of -> count(node, of)).toArray(), all(node));
  }

  int size() {
    return column.length;
  }

  boolean isLeaf(int node) {
    return column[node] == LEAF;
  }

  int below(int node) {
    return below[node];
  }

  int above(int node) {
    return above[node];
  }

  public int leafCount() {
    return (int) IntStream.of(column).filter(each -> each == LEAF).count();
  }

  public int depth() {
    return depth(0);
  }

  private int depth(int node) {
    return isLeaf(node) ? 0 : 1 + Math.max(depth(below[node]), depth(above[node]));
  }

  /**
   * What each column on the way to the leaf changed in the chance of a class (Saabas, "Interpreting
   * random forests", 2014): together with the chance at the top it is the chance in the leaf.
   */
  double[] moved(double[] row, int of) {
    double[] moved = new double[row.length];
    int node = 0;
    while (column[node] != LEAF) {
      int next = next(node, row);
      moved[column[node]] += count(next, of) / all(next) - count(node, of) / all(node);
      node = next;
    }
    return moved;
  }

  /** An answer on the way to a leaf: the column is at most the bound, or above it. */
  public record Answer(int column, double bound, boolean isAtMost) {}

  /** Where rows with these answers end, and how many of each class were there. */
  public record Leaf(List<Answer> way, List<Double> counts) {
    public double chance(int of) {
      return counts.get(of) / counts.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  public List<Leaf> leaves() {
    List<Leaf> leaves = new ArrayList<>();
    leaves(0, List.of(), leaves);
    return leaves;
  }

  private void leaves(int node, List<Answer> way, List<Leaf> to) {
    if (isLeaf(node)) {
      to.add(new Leaf(way, IntStream.range(0, classes).mapToObj(of -> count(node, of)).toList()));
      return;
    }
    for (boolean isAtMost : new boolean[] {true, false}) {
      List<Answer> further = new ArrayList<>(way);
      further.add(new Answer(column[node], bound[node], isAtMost));
      leaves(isAtMost ? below[node] : above[node], List.copyOf(further), to);
    }
  }

  /** The same tree, cut where it is told to. */
  DecisionTree cut(boolean[] isCut) {
    var nodes = new Nodes(classes);
    copy(0, isCut, nodes);
    return nodes.tree();
  }

  private int copy(int node, boolean[] isCut, Nodes to) {
    int copied = to.add(IntStream.range(0, classes).mapToDouble(of -> count(node, of)).toArray());
    if (!isLeaf(node) && !isCut[node]) {
      int left = copy(below[node], isCut, to);
      int right = copy(above[node], isCut, to);
      to.ask(copied, column[node], bound[node], left, right);
    }
    return copied;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(classes);
    Numbers.write(out, column);
    Numbers.write(out, bound);
    Numbers.write(out, below);
    Numbers.write(out, above);
    Numbers.write(out, counts);
  }

  static DecisionTree read(DataInput in) throws IOException {
    return new DecisionTree(
        in.readInt(),
        Numbers.ints(in),
        Numbers.doubles(in),
        Numbers.ints(in),
        Numbers.ints(in),
        Numbers.doubles(in));
  }
}
