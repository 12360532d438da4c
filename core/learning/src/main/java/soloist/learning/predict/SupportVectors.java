package soloist.learning.predict;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import soloist.learning.data.Matrix;

/**
 * Puts the widest empty street between two classes, by LIBSVM with a radial kernel (Chang, Lin, ACM
 * TIST 2(3), 2011). It says no chances: those given here are the logistic of the distance from the
 * middle of the street, or shares of the votes where there are more than two classes, and need
 * calibration.
 */
public final class SupportVectors implements Classifier {
  private final svm_model model;

  private SupportVectors(svm_model model) {
    this.model = model;
  }

  /**
   * @param cost of a row on the wrong side
   * @param gamma how fast rows lose their influence with the square of the distance
   */
  public static SupportVectors fit(Matrix rows, int[] of, double cost, double gamma) {
    double[] truths = Arrays.stream(of).asDoubleStream().toArray();
    return new SupportVectors(
        Svm.train(rows, truths, Svm.parameters(svm_parameter.C_SVC, cost, gamma)));
  }

  /** How many rows of each class hold the street. */
  public int[] vectors() {
    int[] byClass = new int[model.nr_class];
    for (int i = 0; i < byClass.length; i++) {
      byClass[model.label[i]] = model.nSV[i];
    }
    return byClass;
  }

  @Override
  public double[] chances(double[] row) {
    int classes = model.nr_class;
    double[] sides = new double[classes * (classes - 1) / 2];
    svm.svm_predict_values(model, Svm.nodes(row), sides);
    double[] chances = new double[classes];
    if (classes == 2) {
      double chance = 1 / (1 + Math.exp(-sides[0]));
      chances[model.label[0]] = chance;
      chances[model.label[1]] = 1 - chance;
      return chances;
    }
    int at = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = i + 1; j < classes; j++) {
        chances[model.label[sides[at++] > 0 ? i : j]] += 1.0 / sides.length;
      }
    }
    return chances;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeDouble(model.param.C);
    out.writeDouble(model.param.gamma);
    out.writeInt(model.nr_class);
    Numbers.write(out, model.rho);
    Numbers.write(out, model.label);
    Numbers.write(out, model.nSV);
    Numbers.write(out, model.sv_coef);
    out.writeInt(model.SV.length);
    for (svm_node[] vector : model.SV) {
      Numbers.write(out, Arrays.stream(vector).mapToDouble(node -> node.value).toArray());
    }
  }

  static SupportVectors read(DataInput in) throws IOException {
    var model = new svm_model();
    model.param = Svm.parameters(svm_parameter.C_SVC, in.readDouble(), in.readDouble());
    model.nr_class = in.readInt();
    model.rho = Numbers.doubles(in);
    model.label = Numbers.ints(in);
    model.nSV = Numbers.ints(in);
    model.sv_coef = Numbers.table(in);
    model.SV = new svm_node[Numbers.length(in)][];
    for (int i = 0; i < model.SV.length; i++) {
      model.SV[i] = Svm.nodes(Numbers.doubles(in));
    }
    model.l = model.SV.length;
    return new SupportVectors(model);
  }
}
