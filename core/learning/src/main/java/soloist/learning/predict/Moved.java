package soloist.learning.predict;

import java.util.Arrays;

/** What moved the chance of one row away from that of all, column by column. */
public final class Moved {
  private Moved() {}

  /**
   * Trees and forests: exactly, as {@link DecisionTree#moved} says. Logistic regression: exactly on
   * the scale of log odds, shared out on that of chances. Other methods: by how much the chance
   * changes when the column alone takes its usual value.
   *
   * @param usual of each column, such as the mean
   */
  public static double[] by(Classifier method, double[] row, int of, double[] usual) {
    return switch (method) {
      case DecisionTree tree -> tree.moved(row, of);
      case RandomForest forest -> forest.moved(row, of);
      case LogisticRegression linear -> shared(linear, row, of, usual);
      case GaussianBayes _, MultinomialBayes _, Neighbours _, SupportVectors _, Perceptron _ ->
          replaced(method, row, of, usual);
    };
  }

  private static double[] shared(LogisticRegression linear, double[] row, int of, double[] usual) {
    double[] weights = linear.weights(of);
    double[] moved = new double[row.length];
    Arrays.setAll(moved, i -> weights[i] * (row[i] - usual[i]));
    double all = Arrays.stream(moved).sum();
    double chance = linear.chances(row)[of] - linear.chances(usual)[of];
    // Where the parts undo each other there is no share: the slope at the middle then.
    double scale = Math.abs(all) < 1e-9 ? 0.25 : chance / all;
    return Arrays.stream(moved).map(each -> each * scale).toArray();
  }

  private static double[] replaced(Classifier method, double[] row, int of, double[] usual) {
    double chance = method.chances(row)[of];
    double[] moved = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      double[] other = row.clone();
      other[i] = usual[i];
      moved[i] = chance - method.chances(other)[of];
    }
    return moved;
  }
}
