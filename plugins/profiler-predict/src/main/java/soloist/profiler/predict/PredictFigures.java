package soloist.profiler.predict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import soloist.learning.measure.Chances;
import soloist.learning.measure.Confusion;
import soloist.learning.measure.Roc;
import soloist.learning.predict.Importance;
import soloist.learning.predict.LogisticRegression;
import soloist.spi.Figure;
import soloist.spi.Figure.Bar;
import soloist.spi.Figure.Bars;
import soloist.spi.Figure.Grid;
import soloist.spi.Figure.Mark;
import soloist.spi.Figure.Plot;
import soloist.spi.Figure.Series;
import soloist.spi.Text;

/** The pictures of a trial. */
final class PredictFigures {
  private static final int MOST_POINTS = 60;
  private static final int BINS = 10;
  private static final int MOST_SHUFFLED = 1_500;
  private static final int SHUFFLES = 3;

  private final Trial trial;
  private final List<Text> names;
  private final long seed;

  PredictFigures(Trial trial, List<Text> names, long seed) {
    this.trial = trial;
    this.names = names;
    this.seed = seed;
  }

  List<Figure> all() {
    List<Figure> all =
        new ArrayList<>(List.of(curve(), chances(), confused(), importance(), methods()));
    if (trial.judged().classifier() instanceof LogisticRegression linear) {
      all.add(odds(linear.weights(1)));
    }
    return all;
  }

  /** Weights in words: by how much the odds grow. */
  private Figure odds(double[] weights) {
    return new Bars(
        new Text("How each fact changes the odds", "每个事实如何改变发生比"),
        new Text(
            "times the odds when the fact is one standard deviation higher, the others equal",
            "该事实高出一个标准差、其余不变时，发生比的倍数"),
        IntStream.range(0, weights.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(weights[i])))
            .map(i -> new Bar(names.get(i), Math.exp(weights[i]), Double.NaN, Double.NaN))
            .toList());
  }

  private Figure curve() {
    return new Plot(
        new Text(
            "Named rightly and wrongly, by the bound (ROC): the nearer to the upper left, the better",
            "不同界限下的正确与错误指出（ROC）：越靠近左上角越好"),
        new Text("share of the others named", "未发生者中被指出的比例"),
        new Text("share of those to whom it happened named", "发生者中被指出的比例"),
        Mark.LINE,
        List.of(
            series(new Text("this", "本模型"), trial.roc()),
            series(new Text("one fact alone", "仅单一事实"), trial.plainRoc())));
  }

  private static Series series(Text name, Roc roc) {
    List<Roc.Point> points = roc.points(MOST_POINTS);
    return new Series(
        name,
        points.stream().map(Roc.Point::falsePositives).toList(),
        points.stream().map(Roc.Point::truePositives).toList());
  }

  private Figure chances() {
    List<Chances.Bin> bins = Chances.bins(trial.tested().came(), trial.chances(), BINS);
    List<Double> stated = bins.stream().map(Chances.Bin::stated).toList();
    return new Plot(
        new Text("Chances and what came of them", "预测概率与实际比例"),
        new Text("mean chance of a tenth of the customers", "每十分之一客户的平均概率"),
        new Text("share to whom it happened", "实际发生的比例"),
        Mark.POINT,
        List.of(
            new Series(
                new Text("came", "实际"), stated, bins.stream().map(Chances.Bin::came).toList()),
            new Series(new Text("as stated", "如预测"), stated, stated)));
  }

  private Figure confused() {
    Confusion confusion = trial.confusion();
    Text happened = new Text("it happened", "发生");
    Text not = new Text("it did not", "未发生");
    return new Grid(
        new Text("Customers, by what was said and what came", "按判断与实际划分的客户数"),
        List.of(happened, not),
        List.of(new Text("named", "被指出"), new Text("not named", "未指出")),
        List.of(
            List.of((double) confusion.count(1, 1), (double) confusion.count(1, 0)),
            List.of((double) confusion.count(0, 1), (double) confusion.count(0, 0))));
  }

  private Figure importance() {
    Sample tested = trial.tested();
    int[] rows = IntStream.range(0, Math.min(MOST_SHUFFLED, tested.size())).toArray();
    boolean[] came = new boolean[rows.length];
    System.arraycopy(tested.came(), 0, came, 0, rows.length);
    Learner learner = trial.judged();
    return new Bars(
        new Text("What it goes by", "模型所依据的事实"),
        new Text(
            "how much worse it ranks when the fact is shuffled (AUC lost, of the 0.5 between a coin and"
                + " never wrong)",
            "打乱该事实后排序能力下降多少（损失的 AUC；从抛硬币到从不出错共 0.5）"),
        Importance.of(
                learner.classifier(), learner.seen(tested.facts().rows(rows)), came, SHUFFLES, seed)
            .stream()
            .map(
                each ->
                    new Bar(
                        names.get(each.column()),
                        each.loss(),
                        each.interval().low(),
                        each.interval().high()))
            .toList());
  }

  private Figure methods() {
    return new Grid(
        new Text(
            "The methods, by the days before the last ones; stars are 1 to 3",
            "各方法在前一时段的表现；星级为 1 至 3"),
        trial.candidates().stream().map(each -> Methods.name(each.method())).toList(),
        List.of(
            new Text("ranks (AUC; 0.5 is a coin, 1 never wrong)", "排序（AUC；0.5 如抛硬币，1 从不出错）"),
            new Text("log loss (0 is best, 0.69 a coin)", "对数损失（0 最好，0.69 如抛硬币）"),
            new Text("easy to explain", "易于解释"),
            new Text("flexible", "灵活")),
        trial.candidates().stream()
            .map(
                each ->
                    List.of(
                        each.area(),
                        each.loss(),
                        (double) Methods.explained(each.method()),
                        (double) Methods.flexible(each.method())))
            .toList());
  }
}
