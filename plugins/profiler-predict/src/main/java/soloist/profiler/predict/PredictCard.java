package soloist.profiler.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import soloist.learning.data.Vocabulary;
import soloist.learning.measure.Chances;
import soloist.learning.measure.Confusion;
import soloist.learning.measure.Interval;
import soloist.learning.measure.Roc;
import soloist.learning.words.PreparationWords;
import soloist.learning.words.Qualities;
import soloist.spi.Profiler.Better;
import soloist.spi.Profiler.Card;
import soloist.spi.Profiler.Measure;
import soloist.spi.Text;

/** What the owner is told: how well later days were foretold, and what cannot be said yet. */
final class PredictCard {
  private static final double CONFIDENCE = 0.9;

  private final Trial trial;
  private final PredictSettings settings;
  private final Vocabulary vocabulary;
  private final long seed;
  private final int positives;
  private final int negatives;

  PredictCard(Trial trial, PredictSettings settings, Vocabulary vocabulary, long seed) {
    this.trial = trial;
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.seed = seed;
    positives = trial.tested().positives();
    negatives = trial.tested().size() - positives;
  }

  Card card() {
    List<Text> method = new ArrayList<>(List.of(chosen()));
    method.addAll(Methods.sides(trial.method()));
    method.addAll(
        Methods.inFigures(trial.method(), trial.tested().share(), trial.learnt().ofUsual()));
    method.add(Qualities.of(Methods.explained(trial.method()), Methods.flexible(trial.method())));
    method.addAll(
        PreparationWords.vocabulary(vocabulary, key -> new Text(key, key), new Text("", "")));
    List<Text> names = Reasons.names(settings, vocabulary);
    Learner learner = trial.learnt();
    method.addAll(
        PreparationWords.columns(
            learner.preparation(),
            names,
            (fact, value) -> Reasons.figure(learner.unscaled(fact, value)),
            new Text("but they get a chance like all", "但同样给出概率")));
    return new Card(
        trial.tested().size(),
        measures(),
        limits(),
        method,
        new PredictFigures(trial, names, seed).all());
  }

  private List<Measure> measures() {
    Roc roc = trial.roc();
    Interval area = roc.area(CONFIDENCE, positives, negatives);
    Confusion confusion = trial.confusion();
    boolean[] came = trial.tested().came();
    double[] chances = trial.chances();
    double share = trial.tested().share();
    double[] always = new double[came.length];
    double[] squares = new double[came.length];
    for (int i = 0; i < came.length; i++) {
      always[i] = share;
      squares[i] = Math.pow(chances[i] - (came[i] ? 1 : 0), 2);
    }
    Interval f1 =
        Interval.bootstrap(
            drawn -> {
              int[] truths = new int[drawn.length];
              int[] said = new int[drawn.length];
              for (int i = 0; i < drawn.length; i++) {
                truths[i] = came[drawn[i]] ? 1 : 0;
                said[i] = chances[drawn[i]] >= trial.bound() ? 1 : 0;
              }
              return Confusion.of(truths, said, 2).f1(1);
            },
            came.length,
            200,
            CONFIDENCE,
            seed);
    return List.of(
        measure(
            "How well it ranks (AUC): how often, of two customers of whom it happens to one, it puts"
                + " that one first; 0.5 is a coin, 1 never wrong; beside it by "
                + plain().en()
                + " alone",
            "排序能力（AUC）：任取一位发生者和一位未发生者，把前者排在前面的概率；0.5 如同抛硬币，1 为从不出错；旁为仅按" + plain().zh(),
            roc.area(),
            area,
            trial.plainRoc().area()),
        measure(
            "Precision: of those it names, the share to whom it happened; beside it of all",
            "精确率：被指出者中实际发生的比例，旁为全体比例",
            confusion.precision(1),
            confusion.precision(1, CONFIDENCE),
            share),
        measure(
            "Recall: of those to whom it happened, the share it named",
            "召回率：实际发生者中被指出的比例",
            confusion.recall(1),
            confusion.recall(1, CONFIDENCE),
            Double.NaN),
        measure(
            "F1: precision and recall in one figure (harmonic mean); 1 is both without fault; beside"
                + " it if it named everybody",
            "F1：精确率与召回率的调和平均；1 为两者皆无误；旁为指出所有人时",
            confusion.f1(1),
            f1,
            2 * share / (1 + share)),
        measure(
            "Accuracy: the share it told rightly; beside it by always saying the same",
            "准确率：判断正确的比例，旁为总是同一判断时",
            confusion.accuracy(),
            confusion.accuracy(CONFIDENCE),
            Math.max(share, 1 - share)),
        measure(
            "Square error of the chances (Brier): 0 is sure and right, 0.25 as good as a coin, less is"
                + " better; beside it with one chance for all",
            "概率的平方误差（Brier）：0 为确信且正确，0.25 如同抛硬币，越小越好；旁为所有人同一概率时",
            Chances.brier(came, chances),
            Interval.ofMean(squares, CONFIDENCE),
            Chances.brier(came, always),
            Better.LESS),
        new Measure(
            new Text(
                "Log loss of the chances: 0 is sure and right, 0.69 as good as a coin, and sure but"
                    + " wrong costs without bound; less is better; beside it with one chance for all",
                "概率的对数损失：0 为确信且正确，0.69 如同抛硬币，确信却错误时代价无上限；越小越好；旁为所有人同一概率时"),
            Chances.logLoss(came, chances),
            Double.NaN,
            Double.NaN,
            Chances.logLoss(came, always),
            Better.LESS));
  }

  private static Measure measure(
      String en, String zh, double value, Interval interval, double baseline) {
    return measure(en, zh, value, interval, baseline, Better.MORE);
  }

  private static Measure measure(
      String en, String zh, double value, Interval interval, double baseline, Better better) {
    return new Measure(
        new Text(en + " (90 %)", zh + "（90 %）"),
        value,
        interval.low(),
        interval.high(),
        baseline,
        better);
  }

  private Text plain() {
    return settings.goal() == Goal.RISK ? Fact.ORDERS.words() : Fact.SINCE_LAST.words();
  }

  private Text chosen() {
    String name = Methods.name(trial.method()).en();
    String zh = Methods.name(trial.method()).zh();
    return settings.method().isPresent()
        ? new Text(name + ": you have chosen it.", zh + "：由您选择。")
        : new Text(
            name
                + ": of "
                + trial.candidates().size()
                + " methods it foretold the days before the last ones best; the last ones, by which it"
                + " is judged here, had no say.",
            zh + "：在 " + trial.candidates().size() + " 种方法中，它对前一时段预测最好；此处用于评判的最后时段未参与选择。");
  }

  private List<Text> limits() {
    List<Text> limits =
        new ArrayList<>(PreparationWords.sensitive(settings.guarded(), settings.sensitive()));
    double lead = trial.roc().area() - trial.plainRoc().area();
    Interval within = trial.lead(CONFIDENCE, seed);
    if (within.low() <= 0) {
      limits.add(notBetter(lead, (within.high() - within.low()) / 2));
    }
    List<String> traits =
        Stream.concat(settings.facts().stream(), settings.texts().stream()).toList();
    if (!traits.isEmpty()) {
      limits.add(
          new Text(
              "The traits "
                  + String.join(", ", traits)
                  + " are taken as they are today, also for the days learnt from: use such as seldom"
                  + " change.",
              "特征 " + String.join("、", traits) + " 取当前值，过去的时段也是如此：请只用很少变化的特征。"));
    }
    if (!settings.texts().isEmpty()) {
      limits.add(
          new Text(
              "It cannot tell by itself whether a word stands for something that nobody may be"
                  + " treated differently for: read the words below.",
              "它无法自行判断某个词是否涉及不应区别对待的内容：请查看下面的词。"));
    }
    return limits;
  }

  /** An interval shrinks with the square root of the customers. */
  private Text notBetter(double lead, double side) {
    String en = "It is not sure yet that this is better than " + plain().en() + " alone";
    String zh = "尚不能确定它比仅按" + plain().zh() + "更好";
    if (lead <= 0.005) {
      return new Text(
          en + ": with these " + trial.tested().size() + " customers it is not.",
          zh + "：就这 " + trial.tested().size() + " 位客户而言并不更好。");
    }
    long missing = (long) Math.ceil(trial.tested().size() * (side * side / lead / lead - 1));
    return new Text(
        en + "; if the lead stays, some " + Math.max(1, missing) + " more customers would tell.",
        zh + "；若优势保持，约再有 " + Math.max(1, missing) + " 位客户即可判断。");
  }
}
