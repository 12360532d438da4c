package soloist.learning.basket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import soloist.learning.basket.ItemSet.Key;

/** Rules between items, from the sets that enough baskets hold. */
public final class Rules {
  /** What the division of two counts may be wrong by. */
  private static final double ROUNDING = 1e-12;

  private final Map<Key, Integer> counts = new HashMap<>();
  private final int baskets;

  private Rules(List<ItemSet> sets, int baskets) {
    this.baskets = baskets;
    sets.forEach(set -> counts.put(set.key(), set.count()));
  }

  /**
   * All rules to one item that are right often enough, the highest lift first.
   *
   * @param sets with all their parts, as {@link Mining} finds them
   * @param baskets how many there are
   * @param confidence at least, 0 to 1
   */
  public static List<Rule> of(List<ItemSet> sets, int baskets, double confidence) {
    var rules = new Rules(sets, baskets);
    List<Rule> found = new ArrayList<>();
    for (ItemSet set : sets) {
      for (int place = 0; set.items().length > 1 && place < set.items().length; place++) {
        Rule rule = rules.rule(set.items(), place);
        if (rule.confidence() >= confidence - ROUNDING) {
          found.add(rule);
        }
      }
    }
    found.sort(
        Comparator.comparingDouble(Rule::lift)
            .thenComparingInt(Rule::both)
            .reversed()
            .thenComparing(Rule::from, Arrays::compare)
            .thenComparingInt(Rule::to));
    return List.copyOf(found);
  }

  /**
   * Without the rules that say no more than a shorter one: of which a part of {@code from}, or
   * nothing at all, leads to the same item as surely (Bayardo, Agrawal, Gunopulos, Data Mining and
   * Knowledge Discovery 4, 2000).
   */
  public static List<Rule> withoutRedundant(List<Rule> rules, List<ItemSet> sets) {
    if (rules.isEmpty()) {
      return rules;
    }
    var known = new Rules(sets, rules.getFirst().baskets());
    return rules.stream()
        .filter(rule -> rule.confidence() > known.shorter(rule.from(), rule.to()) + ROUNDING)
        .toList();
  }

  private Rule rule(int[] items, int place) {
    Key from = ItemSet.without(items, place);
    return new Rule(
        from.items(),
        items[place],
        count(items),
        count(from.items()),
        count(new int[] {items[place]}),
        baskets);
  }

  /** The best confidence of any part of some items for another one. */
  private double shorter(int[] from, int to) {
    double best = 0;
    for (int chosen = 0; chosen < (1 << from.length) - 1; chosen++) {
      int[] part = new int[Integer.bitCount(chosen)];
      int[] whole = new int[part.length + 1];
      int length = 0;
      for (int i = 0; i < from.length; i++) {
        if ((chosen >> i & 1) == 1) {
          whole[length] = from[i];
          part[length++] = from[i];
        }
      }
      whole[length] = to;
      Arrays.sort(whole);
      best = Math.max(best, (double) count(whole) / (length == 0 ? baskets : count(part)));
    }
    return best;
  }

  private int count(int[] items) {
    Integer count = counts.get(new Key(items));
    if (count == null) {
      throw new IllegalArgumentException("the sets lack " + Arrays.toString(items));
    }
    return count;
  }
}
