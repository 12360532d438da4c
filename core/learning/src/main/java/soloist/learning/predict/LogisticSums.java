package soloist.learning.predict;

import java.util.Arrays;
import soloist.learning.data.Matrix;

/**
 * The cost of weights, its slope and its curvature, summed over all rows. Rows are taken four at a
 * time: a sum is then loaded and stored once for four products, which is where the time goes.
 */
final class LogisticSums {
  private static final int AT_ONCE = 4;

  /** Of the offsets, which are not kept small: only so that there is one answer. */
  private static final double TINY = 1e-9;

  private final Matrix rows;
  private final int[] of;
  private final double looseness;
  private final int sets;
  private final int wide;
  private final double[] chances; // by row and set, at the weights whose cost was asked last
  private final double[][] taken; // rows with a 1 behind

  LogisticSums(Matrix rows, int[] of, int sets, double looseness) {
    this.rows = rows;
    this.of = of;
    this.sets = sets;
    this.looseness = looseness;
    wide = rows.columns() + 1;
    chances = new double[rows.rows() * sets];
    taken = new double[AT_ONCE][wide];
  }

  /**
   * @param weights a row for each set, the last of each is the offset
   */
  double cost(double[][] weights) {
    double cost = 0;
    double[] odds = new double[sets];
    for (int row = 0; row < rows.rows(); row++) {
      for (int set = 0; set < sets; set++) {
        odds[set] = logOdds(weights[set], row);
      }
      cost -= looseness * Math.log(Math.max(1e-300, chanceOfItsOwn(row, odds)));
    }
    for (double[] set : weights) {
      for (int i = 0; i < wide - 1; i++) {
        cost += set[i] * set[i] / 2;
      }
    }
    return cost;
  }

  private double logOdds(double[] weights, int row) {
    double[] values = rows.values();
    int first = row * (wide - 1);
    double sum = weights[wide - 1];
    for (int i = 0; i < wide - 1; i++) {
      sum += weights[i] * values[first + i];
    }
    return sum;
  }

  private double chanceOfItsOwn(int row, double[] odds) {
    if (sets == 1) {
      double chance = 1 / (1 + Math.exp(-odds[0]));
      chances[row] = chance;
      return of[row] == 1 ? chance : 1 - chance;
    }
    double[] all = Softmax.of(odds);
    System.arraycopy(all, 0, chances, row * sets, sets);
    return all[of[row]];
  }

  /** The slope at the weights whose cost was asked last. */
  double[] slope(double[][] weights) {
    double[] slope = new double[sets * wide];
    for (int row = 0; row < rows.rows(); row += AT_ONCE) {
      take(row);
      for (int set = 0; set < sets; set++) {
        int meant = sets == 1 ? 1 : set;
        double[] off = new double[AT_ONCE];
        for (int i = 0; i < AT_ONCE && row + i < rows.rows(); i++) {
          off[i] = looseness * (chances[(row + i) * sets + set] - (of[row + i] == meant ? 1 : 0));
        }
        add(slope, set * wide, wide, off);
      }
    }
    for (int set = 0; set < sets; set++) {
      for (int i = 0; i < wide - 1; i++) {
        slope[set * wide + i] += weights[set][i];
      }
    }
    return slope;
  }

  /** The curvature at the weights whose cost was asked last. */
  double[][] curvature() {
    double[][] curvature = new double[sets * wide][sets * wide];
    for (int row = 0; row < rows.rows(); row += AT_ONCE) {
      take(row);
      for (int set = 0; set < sets; set++) {
        for (int other = 0; other <= set; other++) {
          addSquares(curvature, row, set, other);
        }
      }
    }
    for (int i = 0; i < curvature.length; i++) {
      curvature[i][i] += i % wide == wide - 1 ? TINY : 1;
      for (int j = i + 1; j < curvature.length; j++) {
        curvature[i][j] = curvature[j][i];
      }
    }
    return curvature;
  }

  /** The lower left triangle only. */
  private void addSquares(double[][] to, int row, int set, int other) {
    double[] weights = new double[AT_ONCE];
    double[] scaled = new double[AT_ONCE];
    for (int i = 0; i < AT_ONCE && row + i < rows.rows(); i++) {
      double chance = chances[(row + i) * sets + set];
      double also = chances[(row + i) * sets + other];
      weights[i] = looseness * chance * (set == other ? 1 - chance : -also);
    }
    for (int down = 0; down < wide; down++) {
      for (int i = 0; i < AT_ONCE; i++) {
        scaled[i] = weights[i] * taken[i][down];
      }
      add(to[set * wide + down], other * wide, set == other ? down + 1 : wide, scaled);
    }
  }

  /** Adds the rows that are taken, each by its weight. */
  private void add(double[] to, int at, int count, double[] weights) {
    double[] first = taken[0];
    double[] second = taken[1];
    double[] third = taken[2];
    double[] fourth = taken[3];
    double one = weights[0];
    double two = weights[1];
    double three = weights[2];
    double four = weights[3];
    for (int i = 0; i < count; i++) {
      to[at + i] += one * first[i] + two * second[i] + (three * third[i] + four * fourth[i]);
    }
  }

  /** Behind the last row there are rows of nothing. */
  private void take(int from) {
    for (int i = 0; i < AT_ONCE; i++) {
      if (from + i < rows.rows()) {
        System.arraycopy(rows.values(), (from + i) * (wide - 1), taken[i], 0, wide - 1);
        taken[i][wide - 1] = 1;
      } else {
        Arrays.fill(taken[i], 0);
      }
    }
  }
}
