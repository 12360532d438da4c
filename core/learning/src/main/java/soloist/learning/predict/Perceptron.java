package soloist.learning.predict;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Random;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;

/**
 * A neural network with one hidden layer of rectified units, learnt by Adam (Kingma, Ba, ICLR 2015)
 * in small batches. Columns should have about the same spread.
 */
public final class Perceptron implements Classifier {
  private static final int BATCH = 64;
  private static final double RATE = 2e-3;

  /** Part of each weight that is taken away, so that few rows do not make large ones. */
  private static final double DECAY = 1e-4;

  private final int columns;
  private final int hidden;
  private final int classes;
  private final double[] weights; // hidden rows of columns + 1, then class rows of hidden + 1

  private Perceptron(int columns, int hidden, int classes, double[] weights) {
    this.columns = columns;
    this.hidden = hidden;
    this.classes = classes;
    this.weights = weights;
  }

  /**
   * @param rounds how often it sees each row
   */
  public static Perceptron fit(
      Matrix rows, int[] of, int classes, int hidden, int rounds, long seed) {
    Random random = new Random(seed);
    int columns = rows.columns();
    int second = hidden * (columns + 1);
    double[] weights = new double[second + classes * (hidden + 1)];
    for (int i = 0; i < weights.length; i++) {
      // Starts so that each layer passes on about the spread it gets (He and others, ICCV 2015).
      weights[i] = random.nextGaussian() * Math.sqrt(2.0 / (i < second ? columns : hidden));
    }
    var learnt = new Perceptron(columns, hidden, classes, weights);
    var adam = new Adam(weights, RATE);
    int[] order = IntStream.range(0, rows.rows()).toArray();
    for (int round = 0; round < rounds; round++) {
      shuffle(order, random);
      for (int from = 0; from < order.length; from += BATCH) {
        int to = Math.min(order.length, from + BATCH);
        double[] slope = new double[weights.length];
        for (int i = from; i < to; i++) {
          learnt.addSlope(rows.row(order[i]), of[order[i]], slope);
        }
        for (int i = 0; i < slope.length; i++) {
          slope[i] = slope[i] / (to - from) + DECAY * weights[i];
        }
        adam.step(slope);
      }
    }
    return learnt;
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
  }

  private double[] hidden(double[] row) {
    double[] out = new double[hidden];
    for (int unit = 0; unit < hidden; unit++) {
      int at = unit * (columns + 1);
      double sum = weights[at + columns];
      for (int i = 0; i < columns; i++) {
        sum += weights[at + i] * row[i];
      }
      out[unit] = Math.max(0, sum);
    }
    return out;
  }

  private double[] outer(double[] hiddenOut) {
    double[] logs = new double[classes];
    for (int of = 0; of < classes; of++) {
      int at = hidden * (columns + 1) + of * (hidden + 1);
      logs[of] = weights[at + hidden];
      for (int i = 0; i < hidden; i++) {
        logs[of] += weights[at + i] * hiddenOut[i];
      }
    }
    return Softmax.of(logs);
  }

  /** Back through the layers (Rumelhart, Hinton, Williams, Nature 323, 1986). */
  private void addSlope(double[] row, int truth, double[] slope) {
    double[] inner = hidden(row);
    double[] chances = outer(inner);
    double[] back = new double[hidden];
    for (int of = 0; of < classes; of++) {
      double off = chances[of] - (of == truth ? 1 : 0);
      int at = hidden * (columns + 1) + of * (hidden + 1);
      for (int i = 0; i < hidden; i++) {
        slope[at + i] += off * inner[i];
        back[i] += off * weights[at + i];
      }
      slope[at + hidden] += off;
    }
    for (int unit = 0; unit < hidden; unit++) {
      if (inner[unit] > 0) {
        int at = unit * (columns + 1);
        for (int i = 0; i < columns; i++) {
          slope[at + i] += back[unit] * row[i];
        }
        slope[at + columns] += back[unit];
      }
    }
  }

  @Override
  public double[] chances(double[] row) {
    return outer(hidden(row));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(columns);
    out.writeInt(hidden);
    out.writeInt(classes);
    Numbers.write(out, weights);
  }

  static Perceptron read(DataInput in) throws IOException {
    return new Perceptron(in.readInt(), in.readInt(), in.readInt(), Numbers.doubles(in));
  }
}
