package soloist.learning.predict;

import java.io.DataOutput;
import java.io.IOException;
import java.util.stream.IntStream;
import soloist.learning.data.Matrix;

/** Says how likely each class is. What it has learnt does not change. */
public sealed interface Classifier
    permits DecisionTree,
        RandomForest,
        LogisticRegression,
        GaussianBayes,
        MultinomialBayes,
        Neighbours,
        SupportVectors,
        Perceptron {

  /** The chance of each class, together 1. */
  double[] chances(double[] row);

  /** In a form that {@link Method#read} reads. */
  void write(DataOutput out) throws IOException;

  /** The class that is most likely, the first of those equally likely. */
  default int mostLikely(double[] row) {
    double[] chances = chances(row);
    int best = 0;
    for (int i = 1; i < chances.length; i++) {
      best = chances[i] > chances[best] ? i : best;
    }
    return best;
  }

  /** Of each row the chance of one class. */
  default double[] chances(Matrix rows, int of) {
    return IntStream.range(0, rows.rows()).mapToDouble(row -> chances(rows.row(row))[of]).toArray();
  }

  /** Of each row the class that is most likely. */
  default int[] mostLikely(Matrix rows) {
    return IntStream.range(0, rows.rows()).map(row -> mostLikely(rows.row(row))).toArray();
  }
}
