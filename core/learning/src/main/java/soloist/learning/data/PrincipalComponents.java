package soloist.learning.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * The directions along which rows differ most (Pearson, 1901): the eigenvectors of the covariance
 * matrix, the longest first.
 *
 * @param means of the columns, taken off before
 * @param directions a row each, of length 1; the largest part of each is positive
 * @param variances along them
 */
@SuppressWarnings("ArrayRecordComponent")
public record PrincipalComponents(double[] means, Matrix directions, double[] variances) {

  public static PrincipalComponents of(Matrix rows) {
    int wide = rows.columns();
    Matrix covariance = Covariance.of(rows);
    double[][] square =
        IntStream.range(0, wide)
            .mapToObj(i -> Arrays.copyOfRange(covariance.values(), i * wide, (i + 1) * wide))
            .toArray(double[][]::new);
    var parts = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(square, false));
    double[] directions = new double[wide * wide];
    double[] variances = new double[wide];
    for (int i = 0; i < wide; i++) {
      double[] direction = parts.getEigenvector(i).toArray();
      double sign = Math.signum(largest(direction));
      for (int j = 0; j < wide; j++) {
        directions[i * wide + j] = sign * direction[j];
      }
      variances[i] = Math.max(0, parts.getEigenvalue(i));
    }
    return new PrincipalComponents(
        Scaling.standard(rows).offsets(), new Matrix(wide, wide, directions), variances);
  }

  private static double largest(double[] direction) {
    return Arrays.stream(direction)
        .reduce(0, (most, each) -> Math.abs(each) > Math.abs(most) ? each : most);
  }

  /** The part of all variance that lies along each direction. */
  public double[] explained() {
    double all = Arrays.stream(variances).sum();
    return Arrays.stream(variances).map(each -> each / all).toArray();
  }

  /** How many directions explain at least a part of the variance. */
  public int enoughFor(double part) {
    double sum = 0;
    double[] explained = explained();
    for (int i = 0; i < explained.length; i++) {
      sum += explained[i];
      if (sum >= part) {
        return i + 1;
      }
    }
    return explained.length;
  }

  /** Rows along the first directions. */
  public Matrix project(Matrix rows, int count) {
    double[] values = new double[rows.rows() * count];
    for (int row = 0; row < rows.rows(); row++) {
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < rows.columns(); j++) {
          values[row * count + i] += (rows.at(row, j) - means[j]) * directions.at(i, j);
        }
      }
    }
    return new Matrix(rows.rows(), count, values);
  }
}
