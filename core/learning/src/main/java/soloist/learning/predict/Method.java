package soloist.learning.predict;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.stream.IntStream;
import soloist.learning.data.Folds;
import soloist.learning.data.Matrix;

/** The methods for classes of columns of about the same spread, with sizes that fit few rows. */
public enum Method {
  LOGISTIC {
    @Override
    public Classifier fit(Matrix rows, int[] of, int classes, long seed) {
      return LogisticRegression.fit(rows, of, classes, 1);
    }
  },
  TREE {
    @Override
    public Classifier fit(Matrix rows, int[] of, int classes, long seed) {
      int leaf = Math.max(5, rows.rows() / 100);
      return Pruning.best(rows, of, classes, new TreeSize(Purity.GINI, 6, leaf, false), seed);
    }
  },
  FOREST {
    @Override
    public Classifier fit(Matrix rows, int[] of, int classes, long seed) {
      return RandomForest.fit(rows, of, classes, 200, 5, seed);
    }
  },
  BAYES {
    @Override
    public Classifier fit(Matrix rows, int[] of, int classes, long seed) {
      return GaussianBayes.fit(rows, of, classes);
    }
  },
  NEIGHBOURS {
    @Override
    public Classifier fit(Matrix rows, int[] of, int classes, long seed) {
      int[] part = part(of, seed);
      int count = Math.clamp((int) Math.sqrt(part.length), 5, 50);
      return Neighbours.fit(rows.rows(part), Folds.of(of, part), classes, count);
    }
  },
  VECTORS {
    @Override
    public Classifier fit(Matrix rows, int[] of, int classes, long seed) {
      int[] part = part(of, seed);
      return SupportVectors.fit(rows.rows(part), Folds.of(of, part), 1, 1.0 / rows.columns());
    }
  },
  NETWORK {
    @Override
    public Classifier fit(Matrix rows, int[] of, int classes, long seed) {
      return Perceptron.fit(rows, of, classes, 16, 50, seed);
    }
  };

  /** Methods whose time grows with the square of the rows learn from so many of them. */
  private static final int MOST_SQUARED = 5_000;

  /**
   * Learns.
   *
   * @param of the class of each row, from 0; each class must have a row
   */
  public abstract Classifier fit(Matrix rows, int[] of, int classes, long seed);

  private static int[] part(int[] of, long seed) {
    return of.length <= MOST_SQUARED
        ? IntStream.range(0, of.length).toArray()
        : Folds.drawn(of, MOST_SQUARED, seed);
  }

  public static void write(Classifier classifier, DataOutput out) throws IOException {
    out.writeUTF(classifier.getClass().getSimpleName());
    classifier.write(out);
  }

  /**
   * @throws IOException when these are no bytes of a method
   */
  public static Classifier read(DataInput in) throws IOException {
    String name = in.readUTF();
    return switch (name) {
      case "DecisionTree" -> DecisionTree.read(in);
      case "RandomForest" -> RandomForest.read(in);
      case "LogisticRegression" -> LogisticRegression.read(in);
      case "GaussianBayes" -> GaussianBayes.read(in);
      case "MultinomialBayes" -> MultinomialBayes.read(in);
      case "Neighbours" -> Neighbours.read(in);
      case "SupportVectors" -> SupportVectors.read(in);
      case "Perceptron" -> Perceptron.read(in);
      default -> throw new IOException("no method is called '" + name + "'");
    };
  }
}
