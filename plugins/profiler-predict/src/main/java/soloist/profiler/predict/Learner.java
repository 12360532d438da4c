package soloist.profiler.predict;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import soloist.learning.data.Folds;
import soloist.learning.data.Matrix;
import soloist.learning.data.Preparation;
import soloist.learning.data.Scaling;
import soloist.learning.measure.Calibration;
import soloist.learning.predict.Classifier;
import soloist.learning.predict.Method;
import soloist.learning.predict.Moved;

/**
 * A method with all that is done to facts before it sees them: gaps are filled, long tails are
 * shortened by logarithms, columns are scaled and prepared; and with what makes chances of its
 * scores.
 *
 * @param usual what stands for a fact that is not known
 */
@SuppressWarnings("ArrayRecordComponent")
record Learner(
    double[] usual,
    Scaling scaling,
    Preparation preparation,
    Classifier classifier,
    Calibration calibration) {
  private static final int PARTS = 3;

  static Learner of(Method method, Sample sample, PredictSettings settings, long seed) {
    double[] usual = sample.usual();
    Matrix rows = shortened(sample.facts(), usual);
    Scaling scaling = Scaling.standard(rows);
    Matrix scaled = scaling.apply(rows);
    Preparation preparation =
        Preparation.of(
            scaled,
            settings.outliers(),
            settings.selection().equals("telling"),
            Fact.values().length + settings.facts().size());
    int[] learnt = preparation.learntFrom(scaled);
    if (!hasBoth(Folds.of(sample.happened(), learnt))) {
      learnt = IntStream.range(0, scaled.rows()).toArray();
    }
    return new Learner(
        usual,
        scaling,
        preparation,
        method.fit(
            preparation.apply(scaled).rows(learnt), Folds.of(sample.happened(), learnt), 2, seed),
        Calibration.NONE);
  }

  private static boolean hasBoth(int[] happened) {
    int came = IntStream.of(happened).sum();
    return Math.min(came, happened.length - came) >= Trial.FEWEST / 2;
  }

  /**
   * The scores of each customer by a learner that has not seen him but the others of his time: so
   * what makes chances of scores, and from which chance on somebody is named, follow from the same
   * habits as the scores, also where habits were others before.
   */
  static double[] unseen(Method method, Sample sample, PredictSettings settings, long seed) {
    double[] scores = new double[sample.size()];
    for (Folds.Split split : Folds.stratified(sample.happened(), PARTS, seed)) {
      Learner learner = of(method, sample.part(split.learn()), settings, seed);
      for (int row : split.test()) {
        scores[row] = learner.chance(sample.facts().row(row));
      }
    }
    return scores;
  }

  Learner calibrated(Calibration by) {
    return new Learner(usual, scaling, preparation, classifier, by);
  }

  private static Matrix shortened(Matrix facts, double[] usual) {
    return Matrix.of(
        IntStream.range(0, facts.rows())
            .mapToObj(row -> shortened(facts.row(row), usual))
            .toArray(double[][]::new));
  }

  private static double[] shortened(double[] facts, double[] usual) {
    double[] shortened = new double[facts.length];
    Arrays.setAll(
        shortened,
        i -> {
          double value = Double.isNaN(facts[i]) ? usual[i] : facts[i];
          return Math.signum(value) * Math.log1p(Math.abs(value));
        });
    return shortened;
  }

  private double[] seen(double[] facts) {
    return preparation.apply(scaling.apply(shortened(facts, usual)));
  }

  /** The rows as the method sees them. */
  Matrix seen(Matrix facts) {
    return preparation.apply(scaling.apply(shortened(facts, usual)));
  }

  /** What a fact was before it was shortened and scaled. */
  double unscaled(int fact, double seen) {
    double shortened = seen * scaling.units()[fact] + scaling.offsets()[fact];
    return Math.signum(shortened) * Math.expm1(Math.abs(shortened));
  }

  double chance(double[] facts) {
    return calibration.apply(classifier.chances(seen(facts))[1]);
  }

  /** What the method itself says of a customer of whom everything is as usual. */
  double ofUsual() {
    return classifier.chances(seen(usual))[1];
  }

  double[] chances(Matrix facts) {
    return IntStream.range(0, facts.rows()).mapToDouble(row -> chance(facts.row(row))).toArray();
  }

  /** By how much each fact moved the chance; the facts of everybody are 0 once scaled. */
  double[] moved(double[] facts) {
    double[] seen = seen(facts);
    double[] moved = Moved.by(classifier, seen, 1, new double[seen.length]);
    double stated = classifier.chances(seen)[1];
    double all = Arrays.stream(moved).sum();
    double calibrated = calibration.apply(stated) - calibration.apply(stated - all);
    double scale = Math.abs(all) < 1e-9 ? 1 : calibrated / all;
    return Arrays.stream(moved).map(each -> each * scale).toArray();
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(usual.length);
    for (double each : usual) {
      out.writeDouble(each);
    }
    scaling.write(out);
    preparation.write(out);
    out.writeDouble(calibration.slope());
    out.writeDouble(calibration.offset());
    Method.write(classifier, out);
  }

  static Learner read(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > 100_000) {
      throw new IOException(count + " facts");
    }
    double[] usual = new double[count];
    for (int i = 0; i < count; i++) {
      usual[i] = in.readDouble();
    }
    Scaling scaling = Scaling.read(in);
    Preparation preparation = Preparation.read(in);
    var calibration = new Calibration(in.readDouble(), in.readDouble());
    return new Learner(usual, scaling, preparation, Method.read(in), calibration);
  }
}
