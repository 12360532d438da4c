package soloist.learning.predict;

import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;
import soloist.learning.data.Matrix;

/** LIBSVM's words. */
final class Svm {
  private static final double MEGABYTES = 50;
  private static final double CLOSE = 1e-3;

  static {
    svm.svm_set_print_string_function(_ -> {});
  }

  private Svm() {}

  static svm_parameter parameters(int type, double cost, double gamma) {
    var parameters = new svm_parameter();
    parameters.svm_type = type;
    parameters.kernel_type = svm_parameter.RBF;
    parameters.C = cost;
    parameters.gamma = gamma;
    parameters.cache_size = MEGABYTES;
    parameters.eps = CLOSE;
    parameters.shrinking = 1;
    parameters.weight_label = new int[0];
    parameters.weight = new double[0];
    return parameters;
  }

  static svm_model train(Matrix rows, double[] of, svm_parameter parameters) {
    var problem = new svm_problem();
    problem.l = rows.rows();
    problem.y = of;
    problem.x = new svm_node[rows.rows()][];
    for (int row = 0; row < rows.rows(); row++) {
      problem.x[row] = nodes(rows.row(row));
    }
    return svm.svm_train(problem, parameters);
  }

  static svm_node[] nodes(double[] row) {
    svm_node[] nodes = new svm_node[row.length];
    for (int i = 0; i < row.length; i++) {
      nodes[i] = new svm_node();
      nodes[i].index = i + 1;
      nodes[i].value = row[i];
    }
    return nodes;
  }
}
