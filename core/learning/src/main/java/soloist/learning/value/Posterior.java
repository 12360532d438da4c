package soloist.learning.value;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.analysis.MultivariateFunction;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Where a function of the logarithms of some positive parameters is highest, and a normal
 * distribution around it that has the same curvature there (Laplace; see Gelman and others,
 * "Bayesian Data Analysis", 3rd ed., 13.3).
 *
 * @param peak the logarithms at the maximum
 * @param height the function there
 * @param spread a factor of the covariance: a column times a standard normal number is a step
 */
@SuppressWarnings("ArrayRecordComponent")
record Posterior(double[] peak, double height, double[][] spread) {
  private static final int MOST_EVALUATIONS = 20_000;
  private static final int RESTARTS = 2;

  /** Far enough that rounding does not show, near enough that the fourth derivative does not. */
  private static final double STEP = 1e-3;

  /** A direction that the data say nothing of still has an end: e to the 3 up or down. */
  private static final double LEAST_CURVATURE = 1.0 / 9;

  static Posterior of(MultivariateFunction density, double[] start) {
    double[] best = start;
    for (int i = 0; i < RESTARTS; i++) {
      best =
          new SimplexOptimizer(1e-12, 1e-12)
              .optimize(
                  new MaxEval(MOST_EVALUATIONS),
                  new ObjectiveFunction(density),
                  GoalType.MAXIMIZE,
                  new InitialGuess(best),
                  new NelderMeadSimplex(best.length, i == 0 ? 0.5 : 0.05))
              .getPoint();
    }
    return new Posterior(best, density.value(best), spread(density, best));
  }

  private static double[][] spread(MultivariateFunction density, double[] at) {
    int n = at.length;
    double[][] curvature = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double mixed =
            moved(density, at, i, STEP, j, STEP)
                - moved(density, at, i, STEP, j, -STEP)
                - moved(density, at, i, -STEP, j, STEP)
                + moved(density, at, i, -STEP, j, -STEP);
        curvature[i][j] = -mixed / (4 * STEP * STEP);
        curvature[j][i] = curvature[i][j];
      }
    }
    var parts = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(curvature));
    double[][] spread = new double[n][n];
    for (int k = 0; k < n; k++) {
      double scale = 1 / Math.sqrt(Math.max(parts.getEigenvalue(k), LEAST_CURVATURE));
      for (int i = 0; i < n; i++) {
        spread[i][k] = parts.getEigenvector(k).getEntry(i) * scale;
      }
    }
    return spread;
  }

  private static double moved(
      MultivariateFunction density, double[] at, int i, double byI, int j, double byJ) {
    double[] there = at.clone();
    there[i] += byI;
    there[j] += byJ;
    return density.value(there);
  }

  /** Parameters as they may be as well. */
  double[] draw(Random random) {
    double[] drawn = peak.clone();
    for (int k = 0; k < drawn.length; k++) {
      double step = random.nextGaussian();
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] += spread[i][k] * step;
      }
    }
    return natural(drawn);
  }

  /** The parameters at the maximum. */
  double[] best() {
    return natural(peak);
  }

  private static double[] natural(double[] logarithms) {
    return Arrays.stream(logarithms).map(Math::exp).toArray();
  }
}
