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

  /** Of the offsets, which are not kept small: only so that there is one answer. */
  private static final double TINY = 1e-9;

  private final double[][] weights; // the last of each row is the offset

  private LogisticRegression(double[][] weights) {
    this.weights = weights;
  }

  /**
   * @param looseness how little the weights are kept small, scikit-learn's {@code C}
   */
  public static LogisticRegression fit(Matrix rows, int[] of, int classes, double looseness) {
    int sets = classes == 2 ? 1 : classes;
    var learnt = new LogisticRegression(new double[sets][rows.columns() + 1]);
    double before = learnt.cost(rows, of, looseness);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] way = learnt.way(rows, of, looseness);
      double part = 1;
      LogisticRegression next = learnt.moved(way, part);
      double after = next.cost(rows, of, looseness);
      while (after > before && part > 1e-6) {
        part /= 2;
        next = learnt.moved(way, part);
        after = next.cost(rows, of, looseness);
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

  private double cost(Matrix rows, int[] of, double looseness) {
    double cost = 0;
    for (int row = 0; row < rows.rows(); row++) {
      cost -= looseness * Math.log(Math.max(1e-300, chances(rows.row(row))[of[row]]));
    }
    for (double[] set : weights) {
      for (int i = 0; i < set.length - 1; i++) {
        cost += set[i] * set[i] / 2;
      }
    }
    return cost;
  }

  /** Newton's step: the slope of the cost through its curvature. */
  private double[] way(Matrix rows, int[] of, double looseness) {
    int sets = weights.length;
    int wide = rows.columns() + 1;
    double[] slope = new double[sets * wide];
    double[][] curvature = new double[sets * wide][sets * wide];
    for (int row = 0; row < rows.rows(); row++) {
      double[] x = rows.row(row);
      double[] chances = chances(x);
      for (int set = 0; set < sets; set++) {
        int meant = sets == 1 ? 1 : set;
        double off = looseness * (chances[meant] - (of[row] == meant ? 1 : 0));
        for (int i = 0; i < wide; i++) {
          slope[set * wide + i] += off * (i < x.length ? x[i] : 1);
        }
        for (int other = 0; other <= set; other++) {
          double weight =
              looseness
                  * (other == set
                      ? chances[meant] * (1 - chances[meant])
                      : -chances[meant] * chances[other]);
          addSquares(curvature, set * wide, other * wide, x, weight);
        }
      }
    }
    for (int set = 0; set < sets; set++) {
      for (int i = 0; i < wide; i++) {
        int at = set * wide + i;
        boolean isOffset = i == wide - 1;
        slope[at] += isOffset ? 0 : weights[set][i];
        curvature[at][at] += isOffset ? TINY : 1;
      }
    }
    for (int i = 0; i < curvature.length; i++) {
      for (int j = i + 1; j < curvature.length; j++) {
        curvature[i][j] = curvature[j][i];
      }
    }
    return new LUDecomposition(new Array2DRowRealMatrix(curvature, false), 1e-14)
        .getSolver()
        .solve(new ArrayRealVector(slope, false))
        .toArray();
  }

  /** The lower left triangle only. */
  private static void addSquares(double[][] to, int down, int along, double[] x, double weight) {
    int wide = x.length + 1;
    for (int i = 0; i < wide; i++) {
      double scaled = weight * (i < x.length ? x[i] : 1);
      double[] row = to[down + i];
      int end = down == along ? i : wide - 1;
      for (int j = 0; j <= end; j++) {
        row[along + j] += scaled * (j < x.length ? x[j] : 1);
      }
    }
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
