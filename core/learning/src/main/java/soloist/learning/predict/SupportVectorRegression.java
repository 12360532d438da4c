package soloist.learning.predict;

import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_parameter;
import soloist.learning.data.Matrix;

/**
 * Lays the flattest tube around values, by LIBSVM with a radial kernel (Drucker and others, NIPS 9,
 * 1997); what lies within the tube costs nothing.
 */
public final class SupportVectorRegression {
  private final svm_model model;

  private SupportVectorRegression(svm_model model) {
    this.model = model;
  }

  /**
   * @param cost of a unit outside of the tube
   * @param gamma how fast rows lose their influence with the square of the distance
   * @param tube half its width, in the unit of the values
   */
  public static SupportVectorRegression fit(
      Matrix rows, double[] values, double cost, double gamma, double tube) {
    svm_parameter parameters = Svm.parameters(svm_parameter.EPSILON_SVR, cost, gamma);
    parameters.p = tube;
    return new SupportVectorRegression(Svm.train(rows, values, parameters));
  }

  public double value(double[] row) {
    return svm.svm_predict(model, Svm.nodes(row));
  }
}
