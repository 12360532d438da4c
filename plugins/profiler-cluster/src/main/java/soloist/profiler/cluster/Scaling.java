package soloist.profiler.cluster;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import soloist.learning.data.Directions;
import soloist.learning.data.Matrix;
import soloist.learning.data.Preparation;
import soloist.learning.data.Vocabulary;

/**
 * Makes columns comparable: each has mean 0 and standard deviation 1 afterwards. Before that, one
 * in which a few people have very much (skewness above 1, nothing below 0) is taken by the
 * logarithm of 1 + its value, or these few would be a group of their own and all others another.
 * All words of a text together weigh as much as one other trait.
 *
 * @param preparation what is done to columns once they are comparable
 * @param directions along which people are compared then
 */
@SuppressWarnings("ArrayRecordComponent")
record Scaling(
    boolean[] isLog,
    double[] means,
    double[] deviations,
    Preparation preparation,
    Directions directions) {
  private static final double SKEWED = 1;

  /** Of the differences between people, how much the directions hold that are kept. */
  private static final double ENOUGH = 0.9;

  static Scaling of(Matrix raw, ClusterSettings settings, Vocabulary vocabulary) {
    Scaling comparable = comparable(raw, vocabulary.words());
    Matrix rows = comparable.scaled(raw);
    Preparation preparation =
        Preparation.of(
            rows,
            settings.outliers(),
            settings.selection().equals("telling"),
            settings.columns().size());
    Matrix prepared = preparation.apply(rows.rows(preparation.learntFrom(rows)));
    return new Scaling(
        comparable.isLog,
        comparable.means,
        comparable.deviations,
        preparation,
        settings.selection().equals("components") && comparable.tellsApart()
            ? Directions.holding(prepared, ENOUGH)
            : Directions.ALL);
  }

  private static Scaling comparable(Matrix raw, List<Vocabulary.Column> words) {
    int columns = raw.columns();
    int numbers = columns - words.size();
    var isLog = new boolean[columns];
    double[] means = new double[columns];
    double[] deviations = new double[columns];
    for (int column = 0; column < columns; column++) {
      double[] values = raw.column(column);
      double least = Double.POSITIVE_INFINITY;
      for (double value : values) {
        least = Math.min(least, value);
      }
      isLog[column] = least >= 0 && skewness(values) > SKEWED;
      for (int row = 0; isLog[column] && row < values.length; row++) {
        values[row] = Math.log1p(values[row]);
      }
      means[column] = mean(values);
      deviations[column] = Math.sqrt(moment(values, means[column], 2));
      if (column >= numbers) {
        deviations[column] *= Math.sqrt(words.get(column - numbers).words());
      }
    }
    return new Scaling(isLog, means, deviations, Preparation.none(columns), Directions.ALL);
  }

  int columns() {
    return means.length;
  }

  /** Whether people differ in any column. */
  boolean tellsApart() {
    for (double deviation : deviations) {
      if (deviation > 0) {
        return true;
      }
    }
    return false;
  }

  private double scaled(int column, double value) {
    if (deviations[column] == 0) {
      return 0;
    }
    double even = isLog[column] ? Math.log1p(Math.max(0, value)) : value;
    return (even - means[column]) / deviations[column];
  }

  /** What a comparable value was before. */
  double unscaled(int column, double scaled) {
    double even = means[column] + scaled * deviations[column];
    return isLog[column] ? Math.expm1(even) : even;
  }

  double[] scaled(double[] row) {
    double[] scaled = new double[row.length];
    for (int column = 0; column < row.length; column++) {
      scaled[column] = scaled(column, row[column]);
    }
    return directions.apply(preparation.apply(scaled));
  }

  Matrix scaled(Matrix raw) {
    double[] values = new double[raw.values().length];
    for (int row = 0; row < raw.rows(); row++) {
      System.arraycopy(scaled(raw.row(row)), 0, values, row * raw.columns(), raw.columns());
    }
    return new Matrix(raw.rows(), raw.columns(), values);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double moment(double[] values, double mean, int power) {
    double sum = 0;
    for (double value : values) {
      sum += Math.pow(value - mean, power);
    }
    return sum / values.length;
  }

  private static double skewness(double[] values) {
    double mean = mean(values);
    double variance = moment(values, mean, 2);
    return variance == 0 ? 0 : moment(values, mean, 3) / Math.pow(variance, 1.5);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(columns());
    for (int column = 0; column < columns(); column++) {
      out.writeBoolean(isLog[column]);
      out.writeDouble(means[column]);
      out.writeDouble(deviations[column]);
    }
    preparation.write(out);
    directions.write(out);
  }

  static Scaling read(DataInput in) throws IOException {
    int columns = in.readInt();
    if (columns < 1 || columns > 1_000) {
      throw new IOException(columns + " columns");
    }
    var isLog = new boolean[columns];
    double[] means = new double[columns];
    double[] deviations = new double[columns];
    for (int column = 0; column < columns; column++) {
      isLog[column] = in.readBoolean();
      means[column] = in.readDouble();
      deviations[column] = in.readDouble();
    }
    return new Scaling(isLog, means, deviations, Preparation.read(in), Directions.read(in));
  }
}
