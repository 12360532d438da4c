package soloist.learning.predict;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import soloist.learning.data.Matrix;

/**
 * The log odds of each class are a sum of the columns times weights (Cox, 1958), found by Newton's
 * method. Weights are kept small by half their square, as scikit-learn's {@code C} has it; columns
 * should have about the same spread. Two classes have one row of weights, of the second class.
 */
public final class LogisticRegression implements Classifier {
  private static final int MOST_STEPS = 50;
  private static final double CLOSE = 1e-9;

  private final double[][] weights; // the last of each row is the offset

  private LogisticRegression(double[][] weights) {
    this.weights = weights;
  }

  /**
   * @param looseness how little the weights are kept small, scikit-learn's {@code C}
   */
  public static LogisticRegression fit(Matrix rows, int[] of, int classes, double looseness) {
    int sets = classes == 2 ? 1 : classes;
    var sums = new LogisticSums(rows, of, sets, looseness);
    var learnt = new LogisticRegression(new double[sets][rows.columns() + 1]);
    double before = sums.cost(learnt.weights);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] way = way(sums.slope(learnt.weights), sums.curvature());
      double part = 1;
      LogisticRegression next = learnt.moved(way, part);
      double after = sums.cost(next.weights);
      while (after > before && part > 1e-6) {
        part /= 2;
        next = learnt.moved(way, part);
        after = sums.cost(next.weights);
      }
      if (after >= before) {
        return learnt;
      }
      learnt = next;
      if (before - after < CLOSE * (1 + before)) {
        return learnt;
      }
      before = after;
    }
    return learnt;
  }

  /** Newton's step: the slope of the cost through its curvature. */
  private static double[] way(double[] slope, double[][] curvature) {
    return new LUDecomposition(new Array2DRowRealMatrix(curvature, false), 1e-14)
        .getSolver()
        .solve(new ArrayRealVector(slope, false))
        .toArray();
  }

  private LogisticRegression moved(double[] way, double part) {
    double[][] moved = new double[weights.length][];
    int at = 0;
    for (int set = 0; set < weights.length; set++) {
      moved[set] = weights[set].clone();
      for (int i = 0; i < moved[set].length; i++) {
        moved[set][i] -= part * way[at++];
      }
    }
    return new LogisticRegression(moved);
  }

  @Override
  public double[] chances(double[] row) {
    if (weights.length == 1) {
      double chance = 1 / (1 + Math.exp(-logOdds(0, row)));
      return new double[] {1 - chance, chance};
    }
    double[] odds = new double[weights.length];
    for (int set = 0; set < odds.length; set++) {
      odds[set] = logOdds(set, row);
    }
    return Softmax.of(odds);
  }

  private double logOdds(int set, double[] row) {
    double sum = weights[set][row.length];
    for (int i = 0; i < row.length; i++) {
      sum += weights[set][i] * row[i];
    }
    return sum;
  }

  /** By which the log odds of a class grow with each column. */
  public double[] weights(int of) {
    double sign = weights.length == 1 && of == 0 ? -1 : 1;
    double[] set = weights[weights.length == 1 ? 0 : of];
    double[] signed = new double[set.length - 1];
    for (int i = 0; i < signed.length; i++) {
      signed[i] = sign * set[i];
    }
    return signed;
  }

  /** The log odds of a class where all columns are 0. */
  public double offset(int of) {
    double[] set = weights[weights.length == 1 ? 0 : of];
    return (weights.length == 1 && of == 0 ? -1 : 1) * set[set.length - 1];
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Numbers.write(out, weights);
  }

  static LogisticRegression read(DataInput in) throws IOException {
    return new LogisticRegression(Numbers.table(in));
  }
}
