package soloist.profiler.basket;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import soloist.learning.basket.Rule;

/** Says which product goes with what somebody has: that of the rule which is most surely right. */
final class Advisor {
  private final Map<Integer, List<Rule>> byFirst = new HashMap<>();

  Advisor(List<Rule> rules) {
    for (Rule rule : rules) {
      byFirst.computeIfAbsent(rule.from()[0], _ -> new ArrayList<>()).add(rule);
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
        .filter(rule -> !known.get(rule.to()) && hasAll(known, rule.from()))
        .max(
            Comparator.comparingDouble(Rule::confidenceLow)
                .thenComparingDouble(Rule::lift)
                .thenComparing(Comparator.comparingInt(Rule::to).reversed()));
  }

  private static boolean hasAll(BitSet known, int[] items) {
    for (int item : items) {
      if (!known.get(item)) {
        return false;
      }
    }
    return true;
  }
}
