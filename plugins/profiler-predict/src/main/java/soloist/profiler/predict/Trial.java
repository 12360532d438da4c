package soloist.profiler.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import soloist.learning.measure.Calibration;
import soloist.learning.measure.Chances;
import soloist.learning.measure.Confusion;
import soloist.learning.measure.Interval;
import soloist.learning.measure.Roc;
import soloist.learning.predict.Method;
import soloist.spi.Profiler.Refused;
import soloist.spi.Profiler.Run;
import soloist.spi.Text;

/**
 * Three spans of days, one after the other: the methods learn what happened in the first, the one
 * that foretells the second best is taken, and how well it does is read off the third, which has
 * had no say until then.
 *
 * @param candidates the best first
 * @param tested the customers of the third span
 * @param chances of those, by the best method as it would have been known before
 * @param plain of those, scores by the days since the last order or the number of orders alone
 * @param bound from which of these chances on it is said to happen
 * @param judged the best method, learnt from the second span
 * @param learnt the best method, learnt from the third span
 * @param named from which chance of that on it is said to happen
 */
@SuppressWarnings("ArrayRecordComponent")
record Trial(
    List<Candidate> candidates,
    Sample tested,
    double[] chances,
    double[] plain,
    double bound,
    Learner judged,
    Learner learnt,
    double named) {

  /** Fewer than so many to whom it happened, or did not, tell nothing. */
  static final int FEWEST = 10;

  private static final int MOST = 5_000;

  /** Below this a method with many parameters would learn by heart. */
  private static final int ENOUGH_FOR_ALL = 200;

  /** What tells so well was known afterwards only. */
  private static final double TOO_GOOD = 0.98;

  private static final int SPANS = 3;
  private static final int DRAWS = 200;

  /** A method, and how well it ranked and stated chances in the second span. */
  record Candidate(Method method, Learner learner, double area, double loss) {}

  static Trial of(Histories histories, PredictSettings settings, Run run) throws Refused {
    List<Sample> spans = new ArrayList<>();
    for (int back = SPANS; back > 0; back--) {
      spans.add(
          Sample.of(histories, histories.daysAgo((long) back * settings.days()), MOST, run.seed()));
    }
    refuseTooFew(spans, settings, histories);
    refuseDisguised(spans.getFirst(), histories.names());
    Sample first = spans.get(0);
    Sample second = spans.get(1);
    Sample third = spans.get(2);
    List<Method> methods = methods(settings, first.size());
    List<Candidate> candidates = new ArrayList<>();
    for (Method method : methods) {
      run.progress(0.1 + 0.5 * candidates.size() / methods.size());
      Learner learner = Learner.of(method, first, settings, run.seed());
      double[] chances = learner.chances(second.facts());
      candidates.add(
          new Candidate(
              method,
              learner,
              Roc.of(second.came(), chances).area(),
              Chances.logLoss(second.came(), chances)));
    }
    candidates.sort(Comparator.comparingDouble((Candidate each) -> -each.area));
    run.progress(0.6);
    Method best = candidates.getFirst().method;
    Calibrated judged = Calibrated.of(best, second, settings, run.seed());
    run.progress(0.7);
    Calibrated learnt = Calibrated.of(best, third, settings, run.seed());
    return new Trial(
        List.copyOf(candidates),
        third,
        judged.learner.chances(third.facts()),
        plain(third, settings.goal()),
        judged.bound,
        judged.learner,
        learnt.learner,
        learnt.bound);
  }

  /** A learner of one span, and from which of its chances on it is said to happen. */
  private record Calibrated(Learner learner, double bound) {
    static Calibrated of(Method method, Sample sample, PredictSettings settings, long seed) {
      double[] scores = Learner.unseen(method, sample, settings, seed);
      Calibration calibration = Calibration.of(sample.came(), scores);
      return new Calibrated(
          Learner.of(method, sample, settings, seed).calibrated(calibration),
          Trial.bound(sample.came(), Arrays.stream(scores).map(calibration::apply).toArray()));
    }
  }

  private static List<Method> methods(PredictSettings settings, int people) {
    return settings
        .method()
        .map(List::of)
        .orElseGet(
            () ->
                people < ENOUGH_FOR_ALL
                    ? List.of(Method.LOGISTIC, Method.BAYES, Method.TREE)
                    : List.of(Method.values()));
  }

  private static void refuseTooFew(
      List<Sample> spans, PredictSettings settings, Histories histories) throws Refused {
    int fewest =
        spans.stream()
            .mapToInt(span -> Math.min(span.positives(), span.size() - span.positives()))
            .min()
            .orElseThrow();
    if (fewest >= FEWEST) {
      return;
    }
    int missing = FEWEST - fewest;
    int days = settings.days();
    throw new Refused(
        new Text(
            "This takes three spans of "
                + days
                + " days, each with "
                + FEWEST
                + " customers for whom "
                + settings.goal().happens().en()
                + " and "
                + FEWEST
                + " for whom not. The thinnest has "
                + fewest
                + ", so "
                + missing
                + " more; your orders go back "
                + histories.watched()
                + " days. Fewer days may do.",
            "需要三个各 "
                + days
                + " 天的时段，每段都有 "
                + FEWEST
                + " 位“"
                + settings.goal().happens().zh()
                + "”的客户和 "
                + FEWEST
                + " 位相反的客户。最少的一段只有 "
                + fewest
                + " 位，还差 "
                + missing
                + " 位；您的订单共 "
                + histories.watched()
                + " 天。缩短天数或可满足。"));
  }

  private static void refuseDisguised(Sample span, List<Text> names) throws Refused {
    double[] usual = span.usual();
    for (int i = Fact.values().length; i < names.size(); i++) {
      int column = i;
      double[] values =
          Arrays.stream(span.facts().column(column))
              .map(value -> Double.isNaN(value) ? usual[column] : value)
              .toArray();
      double area = Roc.of(span.came(), values).area();
      if (Math.max(area, 1 - area) >= TOO_GOOD) {
        long percent = Math.round(100 * Math.max(area, 1 - area));
        Text fact = names.get(i);
        throw new Refused(
            new Text(
                "'"
                    + fact.en()
                    + "' alone tells "
                    + percent
                    + " % of what is to be foretold: it seems to be noted only afterwards. Take it"
                    + " out of the setting 'facts' or 'texts'.",
                "仅“"
                    + fact.zh()
                    + "”就能说明 "
                    + percent
                    + " % 的预测结果：它似乎是事后才记录的。请从设置“facts”或“texts”中去掉。"));
      }
    }
  }

  private static double[] plain(Sample sample, Goal goal) {
    Fact fact = goal == Goal.RISK ? Fact.ORDERS : Fact.SINCE_LAST;
    int sign = goal == Goal.CHURN || goal == Goal.RISK ? 1 : -1;
    return Arrays.stream(sample.facts().column(fact.ordinal()))
        .map(value -> sign * value)
        .toArray();
  }

  /**
   * The chance that, taken as a bound, gives the best F1 of those above what is usual: nobody is
   * said to be likely to whom it happens as often as to all. Where nobody can be told apart, nobody
   * is named.
   */
  static double bound(boolean[] came, double[] chances) {
    double[] sorted = chances.clone();
    Arrays.sort(sorted);
    double usual = Math.max(sorted[0], Arrays.stream(chances).average().orElseThrow());
    double best = Math.nextUp(sorted[sorted.length - 1]);
    double most = 0;
    for (int percent = 1; percent < 100; percent++) {
      double bound = sorted[(int) ((long) percent * sorted.length / 100)];
      double f1 = bound > usual ? confusion(came, chances, bound).f1(1) : 0;
      if (f1 > most) {
        most = f1;
        best = bound;
      }
    }
    return best;
  }

  private static Confusion confusion(boolean[] came, double[] chances, double bound) {
    int[] truths = new int[came.length];
    int[] said = new int[came.length];
    for (int i = 0; i < came.length; i++) {
      truths[i] = came[i] ? 1 : 0;
      said[i] = chances[i] >= bound ? 1 : 0;
    }
    return Confusion.of(truths, said, 2);
  }

  Method method() {
    return candidates.getFirst().method;
  }

  Confusion confusion() {
    return confusion(tested.came(), chances, bound);
  }

  Roc roc() {
    return Roc.of(tested.came(), chances);
  }

  Roc plainRoc() {
    return Roc.of(tested.came(), plain);
  }

  /** By how much it ranks better than the plain score, by customers drawn anew. */
  Interval lead(double confidence, long seed) {
    boolean[] came = tested.came();
    return Interval.bootstrap(
        drawn -> {
          boolean[] of = new boolean[drawn.length];
          for (int i = 0; i < of.length; i++) {
            of[i] = came[drawn[i]];
          }
          return Roc.of(of, picked(chances, drawn)).area()
              - Roc.of(of, picked(plain, drawn)).area();
        },
        came.length,
        DRAWS,
        confidence,
        seed);
  }

  private static double[] picked(double[] values, int[] at) {
    return IntStream.of(at).mapToDouble(i -> values[i]).toArray();
  }
}
