package soloist.profiler.predict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import soloist.learning.data.Matrix;
import soloist.learning.data.Selection;
import soloist.learning.predict.DecisionTree;
import soloist.learning.predict.Pruning;
import soloist.learning.predict.Purity;
import soloist.learning.predict.TreeSize;
import soloist.spi.Profiler.StandingSegment;
import soloist.spi.Text;

/**
 * Kinds of customers to whom it happens often, in words that the platform can ask every day: a
 * small tree is grown from facts that are conditions there too, and its leaves become segments.
 */
final class Leaves {
  private static final List<Fact> ASKED =
      List.of(Fact.SINCE_LAST, Fact.ORDERS, Fact.ORDERS_30, Fact.ORDERS_90, Fact.ORDERS_365);

  private static final int DEPTH = 3;
  private static final int FEWEST_IN_ONE = 20;
  private static final int MOST = 3;

  /** The most that a condition counts. */
  private static final int MOST_COUNTED = 64;

  private Leaves() {}

  /** Those in which it happens more often than among all, most often first. */
  static List<StandingSegment> of(Sample sample, Goal goal, int days, long seed) {
    Matrix facts =
        Selection.columns(sample.facts(), ASKED.stream().mapToInt(Fact::ordinal).toArray());
    int fewest = Math.max(FEWEST_IN_ONE, sample.size() / 20);
    DecisionTree tree =
        Pruning.best(
            facts, sample.happened(), 2, new TreeSize(Purity.GINI, DEPTH, fewest, false), seed);
    List<DecisionTree.Leaf> often =
        tree.leaves().stream()
            .filter(leaf -> leaf.chance(1) > sample.share() && !leaf.way().isEmpty())
            .sorted(Comparator.comparingDouble((DecisionTree.Leaf leaf) -> -leaf.chance(1)))
            .limit(MOST)
            .toList();
    List<StandingSegment> segments = new ArrayList<>();
    for (DecisionTree.Leaf leaf : often) {
      segments.add(segment(leaf, segments.size() + 1, goal, days, sample));
    }
    return segments;
  }

  private static StandingSegment segment(
      DecisionTree.Leaf leaf, int number, Goal goal, int days, Sample sample) {
    List<String> conditions = new ArrayList<>(List.of(trait("orders", 1)));
    List<String> en = new ArrayList<>();
    List<String> zh = new ArrayList<>();
    for (DecisionTree.Answer answer : leaf.way()) {
      Fact fact = ASKED.get(answer.column());
      int bound = bound(fact, answer.bound());
      String condition = condition(fact, bound);
      boolean isPlain = (fact == Fact.SINCE_LAST) == answer.isAtMost();
      conditions.add(isPlain ? condition : "{\"not\": " + condition + "}");
      en.add(fact.words().en() + (answer.isAtMost() ? " ≤ " : " > ") + bound);
      zh.add(fact.words().zh() + (answer.isAtMost() ? " ≤ " : " > ") + bound);
    }
    long here = Math.round(100 * leaf.chance(1));
    long all = Math.round(100 * sample.share());
    int people = (int) leaf.counts().stream().mapToDouble(Double::doubleValue).sum();
    return new StandingSegment(
        goal.word() + "-kind-" + number,
        new Text(
            "Likely: " + goal.happens().en() + " (" + String.join(", ", en) + ")",
            "很可能：" + goal.happens().zh() + "（" + String.join("，", zh) + "）"),
        new Text(
            String.format(
                Locale.ROOT,
                "Of %d such customers %d %% within %d days, of all %d %%.",
                people,
                here,
                days,
                all),
            String.format(
                Locale.ROOT, "此类客户 %d 位，%d 天内 %d %%，全部客户 %d %%。", people, days, here, all)),
        "{\"all\": [" + String.join(", ", conditions) + "]}");
  }

  /** Bounds lie between whole counts; days are cut to whole ones. */
  private static int bound(Fact fact, double bound) {
    return fact == Fact.SINCE_LAST ? Math.max(1, (int) Math.round(bound)) : (int) Math.floor(bound);
  }

  /**
   * Of days since the last order: that they are at most the bound; of counts: that they exceed it.
   */
  private static String condition(Fact fact, int bound) {
    return switch (fact) {
      case SINCE_LAST -> "{\"recent\": \"last_order\", \"within\": \"P" + bound + "D\"}";
      case ORDERS_30 -> did(bound, 30);
      case ORDERS_90 -> did(bound, 90);
      case ORDERS_365 -> did(bound, 365);
      case ORDERS, AGE, GAP, LATENESS, SPENT, SPENT_90, LAST_AMOUNT, PRODUCTS ->
          trait("orders", bound + 1);
    };
  }

  private static String did(int bound, int days) {
    return "{\"did\": \"order\", \"atLeast\": "
        + Math.min(MOST_COUNTED, bound + 1)
        + ", \"within\": \"P"
        + days
        + "D\"}";
  }

  private static String trait(String key, int least) {
    return "{\"trait\": \""
        + key
        + "\", \"comparison\": \"atLeast\", \"value\": \""
        + least
        + "\", \"type\": \"number\"}";
  }
}
