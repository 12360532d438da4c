package soloist.profiler.basket;

import java.util.Comparator;
import java.util.List;
import soloist.learning.basket.Baskets;
import soloist.learning.basket.ItemSet;
import soloist.learning.basket.Rule;
import soloist.learning.basket.Rules;

/**
 * The rules that some baskets give.
 *
 * @param rules those that are kept, the surest first
 * @param found how many there were at first
 * @param redundant how many of them say no more than a shorter one
 * @param chance how many of the others may be chance: the interval of their confidence reaches down
 *     to how often the product is bought anyway
 */
record Mined(List<Rule> rules, int found, int redundant, int chance) {
  /** A set that fewer baskets hold tells of chance only. */
  static final int FEWEST = 5;

  /** What a person reads and a model holds. */
  private static final int MOST_RULES = 1_000;

  private static final int MOST_SETS = 200_000;
  private static final int LONGEST = 4;

  static Mined of(Baskets baskets, BasketSettings settings) {
    int least = Math.max(FEWEST, (int) Math.ceil(settings.support() * baskets.count() - 1e-9));
    List<ItemSet> sets = settings.method().mine(baskets, least, LONGEST, MOST_SETS);
    List<Rule> all = Rules.of(sets, baskets.count(), settings.confidence());
    List<Rule> brief = Rules.withoutRedundant(all, sets);
    List<Sure> sure =
        brief.stream()
            .map(rule -> new Sure(rule, rule.interval().low()))
            .filter(each -> each.low() > (double) each.rule().toCount() / baskets.count())
            .sorted(Comparator.comparingDouble(Sure::low).reversed())
            .toList();
    return new Mined(
        sure.stream().limit(MOST_RULES).map(Sure::rule).toList(),
        all.size(),
        all.size() - brief.size(),
        brief.size() - sure.size());
  }

  /** A rule with the lower end of the interval of its confidence, worked out once. */
  private record Sure(Rule rule, double low) {}
}
