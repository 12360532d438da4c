package soloist.learning.predict;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import soloist.learning.data.Matrix;

/**
 * Bayes' formula for counts, such as words: each class draws them with chances of its own. One of
 * each is added (Laplace), or what was never seen in a class could not come there.
 */
public final class MultinomialBayes implements Classifier {
  private final double[] shares; // logarithms
  private final double[][] each; // logarithms of the chances, by class and column

  private MultinomialBayes(double[] shares, double[][] each) {
    this.shares = shares;
    this.each = each;
  }

  /** No count may be negative, and each class must have a row. */
  public static MultinomialBayes fit(Matrix rows, int[] of, int classes) {
    double[] shares = new double[classes];
    double[][] each = new double[classes][rows.columns()];
    double[] all = new double[classes];
    for (int row = 0; row < rows.rows(); row++) {
      shares[of[row]]++;
      for (int i = 0; i < rows.columns(); i++) {
        each[of[row]][i] += rows.at(row, i);
        all[of[row]] += rows.at(row, i);
      }
    }
    for (int i = 0; i < classes; i++) {
      shares[i] = Math.log(shares[i] / rows.rows());
      for (int column = 0; column < rows.columns(); column++) {
        each[i][column] = Math.log((each[i][column] + 1) / (all[i] + rows.columns()));
      }
    }
    return new MultinomialBayes(shares, each);
  }

  @Override
  public double[] chances(double[] row) {
    double[] logs = shares.clone();
    for (int i = 0; i < logs.length; i++) {
      for (int column = 0; column < row.length; column++) {
        logs[i] += row[column] * each[i][column];
      }
    }
    return Softmax.of(logs);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Numbers.write(out, shares);
    Numbers.write(out, each);
  }

  static MultinomialBayes read(DataInput in) throws IOException {
    return new MultinomialBayes(Numbers.doubles(in), Numbers.table(in));
  }
}
