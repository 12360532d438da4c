package soloist.learning.predict;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Grows one tree from the top, each time by the question that leaves the least mixed. */
final class TreeGrower {
  private final Steps steps;
  private final int[] classes;
  private final int[] weights; // how often each row counts
  private final TreeSize size;
  private final Random random;
  private final int[] order; // of the columns; shuffled where not all are tried
  private final Nodes nodes;
  private final double[][] histogram;
  private final int[] rowsIn; // by step
  private final double[] left;
  private final double[] right;

  TreeGrower(Steps steps, int[] classes, int[] weights, int count, TreeSize size, Random random) {
    this.steps = steps;
    this.classes = classes;
    this.weights = weights;
    this.size = size;
    this.random = random;
    order = new int[steps.columns()];
    Arrays.setAll(order, i -> i);
    int most = 1;
    for (int column = 0; column < steps.columns(); column++) {
      most = Math.max(most, steps.count(column));
    }
    histogram = new double[most][count];
    rowsIn = new int[most];
    left = new double[count];
    right = new double[count];
    nodes = new Nodes(count);
  }

  /** From the rows that count. */
  DecisionTree grow() {
    int[] rows = IntStream.range(0, weights.length).filter(row -> weights[row] > 0).toArray();
    grow(rows, 0, rows.length, 0);
    return nodes.tree();
  }

  private int grow(int[] rows, int from, int to, int depth) {
    double[] counts = new double[left.length];
    for (int i = from; i < to; i++) {
      counts[classes[rows[i]]] += weights[rows[i]];
    }
    int node = nodes.add(counts);
    double mixed = size.purity().mixed(counts, Arrays.stream(counts).sum());
    if (depth == size.depth() || to - from < 2 * size.leaf() || mixed == 0) {
      return node;
    }
    Question best = best(rows, from, to, counts, mixed);
    if (best.gain <= 0) {
      return node;
    }
    int middle = from;
    for (int i = from; i < to; i++) {
      if (steps.of(best.column, rows[i]) <= best.step) {
        int row = rows[i];
        rows[i] = rows[middle];
        rows[middle++] = row;
      }
    }
    int below = grow(rows, from, middle, depth + 1);
    int above = grow(rows, middle, to, depth + 1);
    nodes.ask(node, best.column, steps.bound(best.column, best.step), below, above);
    return node;
  }

  private record Question(int column, int step, double gain) {}

  private Question best(int[] rows, int from, int to, double[] counts, double mixed) {
    var best = new Question(-1, -1, 0);
    int part = size.columns(order.length);
    boolean varied = false;
    // Columns with one value here count as tried, but one that varies there must be.
    for (int i = 0; i < order.length && (i < part || !varied); i++) {
      if (part < order.length) {
        int other = i + random.nextInt(order.length - i);
        int column = order[i];
        order[i] = order[other];
        order[other] = column;
      }
      Question question = best(order[i], rows, from, to, counts, mixed);
      varied |= question.column >= 0;
      // A hair more, or rounding would choose among equal questions.
      if (question.gain > best.gain * (1 + 1e-9) + 1e-12) {
        best = question;
      }
    }
    return best;
  }

  private Question best(int column, int[] rows, int from, int to, double[] counts, double mixed) {
    int count = steps.count(column);
    for (int step = 0; step < count; step++) {
      Arrays.fill(histogram[step], 0);
      rowsIn[step] = 0;
    }
    for (int i = from; i < to; i++) {
      int step = steps.of(column, rows[i]);
      histogram[step][classes[rows[i]]] += weights[rows[i]];
      rowsIn[step]++;
    }
    double all = Arrays.stream(counts).sum();
    double below = 0;
    int rowsBelow = 0;
    int found = -1;
    double most = 0;
    boolean varies = false;
    Arrays.fill(left, 0);
    for (int step = 0; step < count - 1; step++) {
      double here = 0;
      for (int of = 0; of < left.length; of++) {
        here += histogram[step][of];
        left[of] += histogram[step][of];
        right[of] = counts[of] - left[of];
      }
      below += here;
      rowsBelow += rowsIn[step];
      double above = all - below;
      int rowsAbove = to - from - rowsBelow;
      varies |= rowsBelow > 0 && rowsAbove > 0;
      if (here == 0 || rowsBelow < size.leaf() || rowsAbove < size.leaf()) {
        continue;
      }
      double gain =
          mixed
              - below / all * size.purity().mixed(left, below)
              - above / all * size.purity().mixed(right, above);
      if (gain > most + 1e-12) {
        most = gain;
        found = step;
      }
    }
    return new Question(varies ? column : -1, found, found < 0 ? 0 : most);
  }
}
