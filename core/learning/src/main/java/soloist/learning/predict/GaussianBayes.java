package soloist.learning.predict;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;

/**
 * Bayes' formula with columns taken as normal and independent of each other within a class. They
 * seldom are, so its chances lie too near 0 and 1 until they are calibrated; their order is often
 * right (Domingos, Pazzani, Machine Learning 29, 1997).
 */
public final class GaussianBayes implements Classifier {
  /** Part of the largest variance that is added to each, so that none is 0. */
  private static final double LEAST = 1e-9;

  private final double[] shares;
  private final double[][] means;
  private final double[][] variances;

  private GaussianBayes(double[] shares, double[][] means, double[][] variances) {
    this.shares = shares;
    this.means = means;
    this.variances = variances;
  }

  /** Each class must have a row. */
  public static GaussianBayes fit(Matrix rows, int[] of, int classes) {
    double[] shares = new double[classes];
    double[][] means = new double[classes][rows.columns()];
    double[][] variances = new double[classes][rows.columns()];
    for (int row = 0; row < rows.rows(); row++) {
      shares[of[row]]++;
      for (int i = 0; i < rows.columns(); i++) {
        means[of[row]][i] += rows.at(row, i);
      }
    }
    for (int each = 0; each < classes; each++) {
      for (int i = 0; i < rows.columns(); i++) {
        means[each][i] /= shares[each];
      }
    }
    for (int row = 0; row < rows.rows(); row++) {
      for (int i = 0; i < rows.columns(); i++) {
        double off = rows.at(row, i) - means[of[row]][i];
        variances[of[row]][i] += off * off / shares[of[row]];
      }
    }
    double least = Math.max(Double.MIN_NORMAL, LEAST * widest(rows));
    for (double[] variance : variances) {
      Arrays.setAll(variance, i -> variance[i] + least);
    }
    return new GaussianBayes(
        Arrays.stream(shares).map(share -> share / rows.rows()).toArray(), means, variances);
  }

  private static double widest(Matrix rows) {
    return IntStream.range(0, rows.columns())
        .mapToDouble(
            column -> {
              double mean =
                  IntStream.range(0, rows.rows())
                      .mapToDouble(row -> rows.at(row, column))
                      .average()
                      .orElseThrow();
              return IntStream.range(0, rows.rows())
                  .mapToDouble(row -> Math.pow(rows.at(row, column) - mean, 2))
                  .average()
                  .orElseThrow();
            })
        .max()
        .orElseThrow();
  }

  @Override
  public double[] chances(double[] row) {
    double[] logs = new double[shares.length];
    for (int each = 0; each < logs.length; each++) {
      logs[each] = Math.log(shares[each]);
      for (int i = 0; i < row.length; i++) {
        double off = row[i] - means[each][i];
        logs[each] -=
            (Math.log(2 * Math.PI * variances[each][i]) + off * off / variances[each][i]) / 2;
      }
    }
    return Softmax.of(logs);
  }

  /** The mean of a column in a class. */
  public double mean(int of, int column) {
    return means[of][column];
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Numbers.write(out, shares);
    Numbers.write(out, means);
    Numbers.write(out, variances);
  }

  static GaussianBayes read(DataInput in) throws IOException {
    return new GaussianBayes(Numbers.doubles(in), Numbers.table(in), Numbers.table(in));
  }
}
