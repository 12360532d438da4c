package soloist.profiler.basket;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import soloist.learning.basket.Rule;

/** Says which product goes with what somebody has: that of the rule which is most surely right. */
final class Advisor {
  private final List<Rule> rules;
  private final Map<Integer, List<Integer>> byFirst = new HashMap<>(); // places in the list

  /**
   * @param rules the surest first
   */
  Advisor(List<Rule> rules) {
    this.rules = rules;
    for (int place = 0; place < rules.size(); place++) {
      byFirst.computeIfAbsent(rules.get(place).from()[0], _ -> new ArrayList<>()).add(place);
    }
  }

  /** The rule that speaks of somebody who has these products, but not yet what it leads to. */
  Optional<Rule> best(int[] has) {
    var known = new BitSet();
    for (int item : has) {
      known.set(item);
    }
    return known.stream()
        .boxed()
        .flatMap(item -> byFirst.getOrDefault(item, List.of()).stream())
        .filter(place -> speaksOf(known, rules.get(place)))
        .min(Integer::compare)
        .map(rules::get);
  }

  private static boolean speaksOf(BitSet known, Rule rule) {
    for (int item : rule.from()) {
      if (!known.get(item)) {
        return false;
      }
    }
    return !known.get(rule.to());
  }
}
