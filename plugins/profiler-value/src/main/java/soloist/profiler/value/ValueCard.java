package soloist.profiler.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import soloist.learning.measure.Interval;
import soloist.learning.value.Buying;
import soloist.learning.words.Qualities;
import soloist.spi.Figure;
import soloist.spi.Figure.Mark;
import soloist.spi.Figure.Plot;
import soloist.spi.Figure.Series;
import soloist.spi.Profiler.Better;
import soloist.spi.Profiler.Card;
import soloist.spi.Profiler.Measure;
import soloist.spi.Text;

/** What the owner is told of what was learnt. */
final class ValueCard {
  private static final double CONFIDENCE = 0.8;
  private static final int MOST_REPEATS = 7;

  /** Of fewer the belief says more than they do. */
  private static final int ENOUGH_TRIALS = 3;

  private static final List<Text> METHOD =
      List.of(
          new Text(
              "Scores: simple and seen at once, but they compare with your other customers only and"
                  + " say nothing of the future; equal customers always get equal scores.",
              "评分：简单直观，但只与您的其他客户比较，不预测未来；相同的客户得分总是相同。"),
          new Text(
              "Future orders (BG/NBD): learn from few customers and need nothing but order dates; they"
                  + " take every customer's habit as steady, so a season or a campaign is not"
                  + " foreseen; by how much earlier weeks came out otherwise than foretold (rolling"
                  + " origin) intervals are wider. Weak beliefs keep few customers from saying"
                  + " extreme things.",
              "未来订单（BG/NBD）：客户不多也能学习，只需订单日期；它假定每位客户的习惯稳定，不能预见季节或促销；"
                  + "区间按较早各时段的预测与实际之差（滚动起点检验）加宽。弱先验使少量客户不致得出极端结论。"),
          new Text(
              "Amounts (Gamma-Gamma): one large order does not make a large customer, since each mean"
                  + " is drawn towards everybody's; it takes amounts as independent of how often"
                  + " somebody buys.",
              "金额（Gamma-Gamma）：一笔大单不等于大客户，个人均值会向总体均值靠拢；它假定金额与购买次数无关。"),
          Qualities.of(3, 1));

  private final Learnt learnt;
  private final Customers customers;
  private final ValueSettings settings;

  ValueCard(Learnt learnt, Customers customers, ValueSettings settings) {
    this.learnt = learnt;
    this.customers = customers;
    this.settings = settings;
  }

  /**
   * @param drawn those of the rows from which is learnt what will come
   * @param trials how many earlier spans could be foretold, by which intervals are widened
   */
  Card of(int[] rows, int[] drawn, List<Buying> buyings, Optional<HoldOut> test, int trials) {
    List<Measure> measures = new ArrayList<>();
    List<Text> limits = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    figures.add(Heat.of(rows, learnt.scales(), customers));
    addScores(rows, measures, limits);
    var worth = learnt.worth();
    if (worth == null) {
      limits.add(tooFew(buyings));
    } else {
      var spending = Spending.of(worth, learnt.scales(), customers, drawn, rows.length, settings);
      measures.add(spending.ofAll());
      figures.add(spending.byGroup());
      if (trials < ENOUGH_TRIALS) {
        limits.add(tooFewTrials(trials));
      }
      test.ifPresentOrElse(
          past -> {
            addTest(past, measures, limits);
            figures.add(figure(past));
          },
          () ->
              limits.add(
                  new Text(
                      "Orders of the last weeks cannot be foretold from before as a test yet: that"
                          + " takes "
                          + ValueProfiler.FEWEST
                          + " customers, "
                          + ValueProfiler.FEWEST_REPEATED
                          + " of them coming back, in the first two thirds of the time.",
                      "尚不能用更早的数据检验对最近几周订单的预测：前三分之二时间内需有 "
                          + ValueProfiler.FEWEST
                          + " 位客户，其中 "
                          + ValueProfiler.FEWEST_REPEATED
                          + " 位回购。")));
    }
    List<Text> method = new ArrayList<>(METHOD);
    method.add(judged(worth != null && learnt.holdsOut()));
    return new Card(rows.length, measures, limits, method, figures);
  }

  private static Text judged(boolean isJudged) {
    return isJudged
        ? new Text(
            "Right and wrong, and the log loss, are about one thing: that a further order comes within"
                + " the last weeks that can be foretold from before. Named are those who would have"
                + " been high-value customers then; the fairness table is about them.",
            "对错统计和对数损失针对同一件事：在可用更早数据预测的最近几周内是否再次下单。“被指出”指当时属于高价值客户的人；公平性表也针对他们。")
        : new Text(
            "Whether a further order comes is judged on one customer of five, from whom nothing is"
                + " learnt, as soon as there are "
                + ValueProfiler.ENOUGH_TO_HOLD_OUT
                + " customers whose orders are known.",
            "当有 " + ValueProfiler.ENOUGH_TO_HOLD_OUT + " 位客户的订单已知后，将用其中五分之一（不参与学习）检验是否再次下单的预测。");
  }

  private static Text tooFewTrials(int trials) {
    return new Text(
        "How much whole seasons move away from steady habits is known by "
            + trials
            + " earlier spans only; as long as they are fewer than "
            + ENOUGH_TRIALS
            + ", intervals are as wide as is usual elsewhere, which may be more than you need.",
        "整体波动（季节、促销等）目前仅由 "
            + trials
            + " 个较早时段得知；不足 "
            + ENOUGH_TRIALS
            + " 个时，区间按一般情况取宽，可能比您的实际需要更宽。");
  }

  private static Text tooFew(List<Buying> buyings) {
    long people = Math.max(0, ValueProfiler.FEWEST - buyings.size());
    long repeated = Math.max(0, ValueProfiler.FEWEST_REPEATED - ValueProfiler.cameBack(buyings));
    return new Text(
        "Future orders and spending need "
            + ValueProfiler.FEWEST
            + " customers whose orders are known, "
            + ValueProfiler.FEWEST_REPEATED
            + " of whom came back on another day with an amount; "
            + people
            + " and "
            + repeated
            + " more.",
        "预测未来订单和消费需要 "
            + ValueProfiler.FEWEST
            + " 位有订单记录的客户，其中 "
            + ValueProfiler.FEWEST_REPEATED
            + " 位在另一天再次购买且有金额；还分别差 "
            + people
            + " 位和 "
            + repeated
            + " 位。");
  }

  private static void addTest(HoldOut past, List<Measure> measures, List<Text> limits) {
    long weeks = Math.round(past.weeks());
    Interval orders = past.ordersWithin(CONFIDENCE);
    measures.add(
        new Measure(
            new Text(
                "Orders of the last "
                    + weeks
                    + " weeks, foretold from before (80 %); beside it those that came",
                "用更早数据预测的最近 " + weeks + " 周订单数（80 %），旁为实际数"),
            past.orders(),
            orders.low(),
            orders.high(),
            past.ordersThatCame()));
    if (!orders.holds(past.ordersThatCame())) {
      limits.add(off(past));
    }
    Interval error = past.errorWithin(CONFIDENCE);
    measures.add(
        new Measure(
            new Text(
                "Mean error of the orders foretold for a customer (80 %); beside it if each went on as"
                    + " before",
                "每位客户预测订单数的平均误差（80 %），旁为假定各自照旧的误差"),
            past.error(),
            error.low(),
            error.high(),
            past.plainError(),
            Better.LESS));
    if (past.error() >= past.plainError()) {
      limits.add(
          new Text(
              "For the last "
                  + weeks
                  + " weeks the models did no better than if each customer went on as before.",
              "对最近 " + weeks + " 周，模型并不比假定每位客户照旧更准。"));
    }
  }

  /** More than earlier weeks have moved. */
  private static Text off(HoldOut past) {
    long percent =
        Math.round(100 * Math.abs(past.ordersThatCame() / Math.max(1, past.orders()) - 1));
    boolean isMore = past.ordersThatCame() > past.orders();
    return new Text(
        "In the last "
            + Math.round(past.weeks())
            + " weeks "
            + percent
            + " % "
            + (isMore ? "more" : "fewer")
            + " orders came than were foretold, which is outside of the interval: habits have changed,"
            + " and what is foretold now may be off by as much.",
        "最近 "
            + Math.round(past.weeks())
            + " 周的实际订单比预测"
            + (isMore ? "多 " : "少 ")
            + percent
            + " %，超出了区间：购买习惯已变化，现在的预测也可能有同样的偏差。");
  }

  private static Figure figure(HoldOut past) {
    List<HoldOut.Group> groups = past.groups(MOST_REPEATS);
    List<Double> repeats = groups.stream().map(HoldOut.Group::repeats).toList();
    return new Plot(
        new Text("Orders foretold and orders that came", "预测订单数与实际订单数"),
        new Text("times come back before (7: 7 or more)", "此前回购次数（7 表示 7 次及以上）"),
        new Text("mean orders of the last weeks", "最近几周的平均订单数"),
        Mark.LINE,
        List.of(
            new Series(
                new Text("foretold", "预测"),
                repeats,
                groups.stream().map(HoldOut.Group::foretold).toList()),
            new Series(
                new Text("came", "实际"),
                repeats,
                groups.stream().map(HoldOut.Group::came).toList())));
  }

  private void addScores(int[] rows, List<Measure> measures, List<Text> limits) {
    int[] best =
        IntStream.of(rows)
            .filter(row -> learnt.scales().scores(customers.at(row)).group() == Group.HIGH_VALUE)
            .toArray();
    double spent = spent(rows);
    if (spent > 0) {
      measures.add(
          new Measure(
              new Text("Share of spending by high-value customers", "高价值客户的消费占比"),
              spent(best) / spent,
              Double.NaN,
              Double.NaN,
              (double) best.length / rows.length));
    }
    int people = rows.length;
    if (people < ValueProfiler.ENOUGH_FOR_FIFTHS) {
      int missing = ValueProfiler.ENOUGH_FOR_FIFTHS - people;
      limits.add(
          new Text(
              "With "
                  + people
                  + " customers there are three scores only (1, 3 and 5); for five it"
                  + " takes "
                  + missing
                  + " more.",
              "只有 " + people + " 位客户，因此仅分三档（1、3、5）；分五档还需 " + missing + " 位客户。"));
    }
    long unknown = Arrays.stream(rows).filter(row -> !customers.hasSpent(row)).count();
    if (unknown > 0) {
      limits.add(
          new Text(
              unknown
                  + " customers have orders but no spending in "
                  + settings.currency()
                  + "; they count"
                  + " as 0.",
              "有 " + unknown + " 位客户有订单但没有 " + settings.currency() + " 消费记录，按 0 计算。"));
    }
  }

  private double spent(int[] rows) {
    return IntStream.of(rows).mapToDouble(customers::spent).sum();
  }
}
