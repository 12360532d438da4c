package soloist.profiler.basket;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import soloist.learning.basket.Baskets;
import soloist.learning.basket.Rule;
import soloist.learning.measure.Interval;
import soloist.learning.words.Qualities;
import soloist.spi.Figure.Arrow;
import soloist.spi.Figure.Bar;
import soloist.spi.Figure.Bars;
import soloist.spi.Figure.Graph;
import soloist.spi.Figure.Grid;
import soloist.spi.Figure.Mark;
import soloist.spi.Figure.Plot;
import soloist.spi.Figure.Series;
import soloist.spi.Profiler.Card;
import soloist.spi.Text;

/** The card of some rules. */
final class Report {
  private static final int MOST_SHOWN = 50;
  private static final int MOST_BARS = 20;
  private static final int MOST_ARROWS = 40;

  private final Baskets baskets;
  private final Mined mined;
  private final Trial trial;
  private final Orders orders;
  private final BasketSettings settings;
  private final Words words;

  Report(Baskets baskets, Mined mined, Trial trial, Orders orders, BasketSettings settings) {
    this.baskets = baskets;
    this.mined = mined;
    this.trial = trial;
    this.orders = orders;
    this.settings = settings;
    words = new Words(baskets.names(), settings.baskets());
  }

  Card card() {
    int people =
        (int) IntStream.range(0, orders.people()).filter(row -> orders.of(row).length > 0).count();
    return new Card(
        people,
        trial.measures(),
        limits(people),
        method(),
        List.of(rules(), graph(), items(), spread()));
  }

  private List<Text> limits(int people) {
    List<Text> limits = new ArrayList<>();
    if (trial.said() < BasketProfiler.FEWEST) {
      int missing = BasketProfiler.FEWEST - trial.said();
      int more = missing * baskets.count() / Math.max(1, trial.said());
      limits.add(
          new Text(
              "The rules were tried on "
                  + trial.said()
                  + " baskets only; about "
                  + more
                  + " more baskets would tell how good they are.",
              "规则仅在 " + trial.said() + " 个购物篮上检验；再有约 " + more + " 个购物篮才能说明其好坏。"));
    }
    var advisor = new Advisor(mined.rules());
    int silent =
        people
            - (int)
                IntStream.range(0, orders.people())
                    .filter(row -> advisor.best(orders.of(row)).isPresent())
                    .count();
    if (silent > 0) {
      limits.add(
          new Text(
              "No rule speaks of what "
                  + silent
                  + " of "
                  + people
                  + " customers have; nothing is said of them.",
              people + " 位客户中有 " + silent + " 位的已购商品没有对应规则，不作推荐。"));
    }
    return limits;
  }

  private List<Text> method() {
    List<Text> method = new ArrayList<>(sides());
    mined.rules().stream().findFirst().map(this::inFigures).ifPresent(sure -> method.add(2, sure));
    return method;
  }

  /** Confidence is a conditional probability: the surest rule says which. */
  private Text inFigures(Rule rule) {
    Text said = words.rule(rule);
    String of = rule.both() + " / " + rule.fromCount() + " = " + figure(rule.confidence());
    String usually = figure(rule.confidence() / rule.lift());
    return new Text(
        "In figures: for "
            + said.en()
            + " the conditional probability P(that | these) is "
            + of
            + ", where P(that) is "
            + usually
            + "; the lift is their quotient, "
            + figure(rule.lift())
            + ".",
        "以数值说明：对于 "
            + said.zh()
            + "，条件概率 P(那件 | 这些) 为 "
            + of
            + "，而 P(那件) 为 "
            + usually
            + "；提升度为两者之商 "
            + figure(rule.lift())
            + "。");
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private List<Text> sides() {
    String name = settings.method().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return List.of(
        new Text(
            "Rules can be read: whoever has these products has that one as well. Support is the part"
                + " of all baskets with all of them, confidence P(that | these), lift how many times"
                + " as often as usual.",
            "规则易读：购买这些商品的人也购买那件商品。支持度为同时含有全部商品的购物篮比例，置信度为 P(那件 | 这些)，提升度为平常的多少倍。"),
        new Text(
            "Weak: there are many rules and most say the same. Against that: of "
                + mined.found()
                + " rules "
                + mined.redundant()
                + " that say no more than a shorter one were dropped, and "
                + mined.chance()
                + " that may be chance: their 95 % interval reaches down to how often the product is"
                + " bought anyway. They say nothing of who is new or has rare products.",
            "弱点：规则数量庞大且多有重复。对策：在 "
                + mined.found()
                + " 条规则中，剔除 "
                + mined.redundant()
                + " 条不比更短规则多说明什么的，以及 "
                + mined.chance()
                + " 条可能出于偶然的（其 95 % 区间下探到平常购买率）。对新客户和冷门商品无法推荐。"),
        new Text(
            "Found by "
                + name
                + " in "
                + baskets.count()
                + " baskets; Apriori, FP-growth and Eclat give the same rules.",
            "在 " + baskets.count() + " 个购物篮中用 " + name + " 找到；Apriori、FP-growth、Eclat 结果相同。"),
        Qualities.of(3, 1));
  }

  private Grid rules() {
    List<Rule> shown = mined.rules().stream().limit(MOST_SHOWN).toList();
    return new Grid(
        new Text(
            "The surest " + shown.size() + " of " + mined.rules().size() + " rules",
            mined.rules().size() + " 条规则中最可靠的 " + shown.size() + " 条"),
        shown.stream().map(words::rule).toList(),
        List.of(
            new Text("baskets", "购物篮数"),
            new Text("support %", "支持度 %"),
            new Text("confidence %", "置信度 %"),
            new Text("at least %", "下限 %"),
            new Text("at most %", "上限 %"),
            new Text("lift (1 is as usual)", "提升度（1 为平常）")),
        shown.stream()
            .map(
                rule ->
                    List.of(
                        (double) rule.both(),
                        rounded(100 * rule.support()),
                        rounded(100 * rule.confidence()),
                        rounded(100 * rule.interval().low()),
                        rounded(100 * rule.interval().high()),
                        rounded(rule.lift())))
            .toList());
  }

  /** The products of the surest rules, and which of them lead to which. */
  private Graph graph() {
    List<Rule> shown = mined.rules().stream().limit(MOST_ARROWS).toList();
    List<Integer> items =
        shown.stream()
            .flatMapToInt(
                rule -> IntStream.concat(IntStream.of(rule.from()), IntStream.of(rule.to())))
            .distinct()
            .boxed()
            .toList();
    return new Graph(
        new Text(
            "What leads to what: the surest " + shown.size() + " rules",
            "商品关联：最可靠的 " + shown.size() + " 条规则"),
        new Text("lift (1 is as usual)", "提升度（1 为平常）"),
        new Text("confidence %", "置信度 %"),
        items.stream().map(item -> new Text(words.name(item), words.name(item))).toList(),
        shown.stream()
            .map(
                rule ->
                    new Arrow(
                        IntStream.of(rule.from()).mapToObj(items::indexOf).toList(),
                        items.indexOf(rule.to()),
                        rounded(rule.lift()),
                        rounded(100 * rule.confidence())))
            .toList());
  }

  private Bars items() {
    int[] counts = baskets.counts();
    return new Bars(
        new Text("The most bought products", "最畅销商品"),
        new Text("% of the baskets", "占购物篮 %"),
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingInt(item -> -counts[item]))
            .limit(MOST_BARS)
            .filter(item -> counts[item] > 0)
            .map(item -> bar(item, counts[item]))
            .toList());
  }

  private Bar bar(int item, int count) {
    Interval interval = Interval.wilson(count, baskets.count(), 0.95);
    return new Bar(
        new Text(words.name(item), words.name(item)),
        rounded(100.0 * count / baskets.count()),
        rounded(100 * interval.low()),
        rounded(100 * interval.high()));
  }

  private Plot spread() {
    return new Plot(
        new Text("Rules by support and confidence", "规则的支持度与置信度"),
        new Text("support %", "支持度 %"),
        new Text("confidence %", "置信度 %"),
        Mark.POINT,
        List.of(
            new Series(
                new Text("rules", "规则"),
                mined.rules().stream().map(rule -> rounded(100 * rule.support())).toList(),
                mined.rules().stream().map(rule -> rounded(100 * rule.confidence())).toList())));
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
