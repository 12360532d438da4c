package soloist.learning.basket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {

  @Test
  void givesTheConfidencesOfATextbookExample() {
    List<ItemSet> sets = Mining.APRIORI.mine(MiningTest.FIVE, 1, 2, 100);

    List<Rule> rules = Rules.of(sets, 5, 0.5);

    // C→A, D→A, C→B and D→B are right one time in two; A→B one time in three.
    assertEquals(4, rules.size());
    for (Rule rule : rules) {
      assertEquals(0.5, rule.confidence());
      assertEquals(0.2, rule.support());
      assertEquals(0.5 / 0.6, rule.lift(), 1e-12);
    }
    Rule last = Rules.of(sets, 5, 0).getLast();
    assertEquals(1.0 / 3, last.confidence(), 1e-12);
    assertEquals(10, Rules.of(sets, 5, 0).size());
  }

  @Test
  void leavesOutWhatSaysNoMoreThanAShorterRule() {
    List<List<String>> baskets = new ArrayList<>();
    baskets.addAll(Collections.nCopies(30, List.of("tea", "pot", "cup")));
    baskets.addAll(Collections.nCopies(10, List.of("tea", "cup")));
    baskets.addAll(Collections.nCopies(10, List.of("tea", "pot")));
    baskets.addAll(Collections.nCopies(50, List.of("pot")));
    Baskets all = Baskets.of(baskets);
    List<ItemSet> sets = Mining.FP_GROWTH.mine(all, 1, 3, 100);
    List<Rule> rules = Rules.of(sets, all.count(), 0.1);

    List<String> kept =
        Rules.withoutRedundant(rules, sets).stream().map(rule -> inWords(all, rule)).toList();

    // {tea, pot} → cup is right in 30 of 40, tea → cup in 40 of 50, so the longer one is gone; what
    // leads to pot is bought by 90 of 100 anyway.
    assertEquals(List.of("tea → cup", "cup → tea"), kept);
    assertEquals(9, rules.size());
  }

  @Test
  void theIntervalOfAConfidenceIsWilsons() {
    Rule rule = new Rule(new int[] {0}, 1, 8, 10, 50, 100);

    assertEquals(0.4901625, rule.interval().low(), 1e-7);
    assertEquals(0.9433178, rule.interval().high(), 1e-7);
  }

  @Test
  void refusesSetsWithoutTheirParts() {
    ItemSet pair = new ItemSet(new int[] {0, 1}, 3);

    assertThrows(IllegalArgumentException.class, () -> Rules.of(List.of(pair), 9, 0));
  }

  @Test
  void aRuleComesBeforeThoseThatLiftLess() {
    Baskets all =
        Baskets.of(
            List.of(
                List.of("a", "b"),
                List.of("a", "b"),
                List.of("c", "d"),
                List.of("c"),
                List.of("d"),
                List.of("e")));
    List<Rule> rules = Rules.of(Mining.ECLAT.mine(all, 1, 2, 100), 6, 0);

    double[] lifts = rules.stream().mapToDouble(Rule::lift).toArray();

    assertArrayEquals(new double[] {3, 3, 1.5, 1.5}, lifts, 1e-12);
  }

  private static String inWords(Baskets baskets, Rule rule) {
    return String.join(" ", Arrays.stream(rule.from()).mapToObj(baskets.names()::get).toList())
        + " → "
        + baskets.names().get(rule.to());
  }
}
