package soloist.learning.data;

/** How columns go together. */
public final class Covariance {
  private Covariance() {}

  /** Of a sample: divided by one less than the count. */
  public static Matrix of(Matrix rows) {
    int wide = rows.columns();
    double[] means = Scaling.standard(rows).offsets();
    double[] sums = new double[wide * wide];
    for (int row = 0; row < rows.rows(); row++) {
      for (int i = 0; i < wide; i++) {
        double off = rows.at(row, i) - means[i];
        for (int j = 0; j <= i; j++) {
          sums[i * wide + j] += off * (rows.at(row, j) - means[j]);
        }
      }
    }
    double[] values = new double[wide * wide];
    for (int i = 0; i < wide; i++) {
      for (int j = 0; j < wide; j++) {
        values[i * wide + j] = sums[Math.max(i, j) * wide + Math.min(i, j)] / (rows.rows() - 1);
      }
    }
    return new Matrix(wide, wide, values);
  }

  /** From -1 to 1 (Pearson); 0 with a column that has one value. */
  public static Matrix correlation(Matrix rows) {
    return normal(of(Scaling.standard(rows).apply(rows)), rows.rows());
  }

  private static Matrix normal(Matrix covariance, int rows) {
    double[] values = covariance.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= (rows - 1.0) / rows;
    }
    return new Matrix(covariance.rows(), covariance.columns(), values);
  }
}
