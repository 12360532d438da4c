package soloist.rules.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.rules.SampleFacts.NOW;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import soloist.rules.SampleFacts;
import soloist.rules.condition.Condition.All;
import soloist.rules.condition.Condition.Any;
import soloist.rules.condition.Condition.Comparison;
import soloist.rules.condition.Condition.Did;
import soloist.rules.condition.Condition.EnteredBefore;
import soloist.rules.condition.Condition.Fresh;
import soloist.rules.condition.Condition.InSegment;
import soloist.rules.condition.Condition.Not;
import soloist.rules.condition.Condition.Recent;
import soloist.rules.condition.Condition.Responded;
import soloist.rules.condition.Condition.TraitIs;

class ConditionsTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Did ORDERED = new Did("order", 1, DAY);
  private static final SampleFacts NOBODY = SampleFacts.none();

  @Test
  void anEventCountsFromItsInstantUntilTheTimeHasPassed() {
    SampleFacts facts = NOBODY.did("order", NOW);

    assertFalse(Conditions.test(ORDERED, facts.at(NOW.minusNanos(1))));
    assertTrue(Conditions.test(ORDERED, facts));
    assertTrue(Conditions.test(ORDERED, facts.at(NOW.plus(DAY).minusNanos(1))));
    assertFalse(Conditions.test(ORDERED, facts.at(NOW.plus(DAY))));
  }

  @Test
  void anEventMustHaveHappenedOftenEnough() {
    Did twice = new Did("order", 2, DAY);
    Instant before = NOW.minus(DAY).plusNanos(1);

    assertFalse(Conditions.test(twice, NOBODY.did("order", NOW)));
    assertFalse(Conditions.test(twice, NOBODY.did("order", NOW, NOW.minus(DAY))));
    assertTrue(Conditions.test(twice, NOBODY.did("order", NOW, before)));
    assertEquals(
        Optional.of(NOW.plusNanos(1)),
        Conditions.changesAt(twice, NOBODY.did("order", NOW, before)));
  }

  @Test
  void allWithoutPartsAlwaysHoldsAndAnyWithoutPartsNeverDoes() {
    assertTrue(Conditions.test(new All(List.of()), NOBODY));
    assertFalse(Conditions.test(new Any(List.of()), NOBODY));
    assertTrue(Conditions.test(new Not(new Any(List.of())), NOBODY));
  }

  @Test
  void numbersCompareByValueAndNotByScale() {
    SampleFacts facts = NOBODY.with("spent", new BigDecimal("100.00"));

    assertTrue(is(Comparison.EQUAL, new BigDecimal("1E+2"), facts));
    assertTrue(is(Comparison.AT_LEAST, new BigDecimal("100"), facts));
    assertFalse(is(Comparison.LESS, new BigDecimal("100"), facts));
    assertTrue(is(Comparison.LESS, new BigDecimal("100.01"), facts));
  }

  @Test
  void aTraitThatIsMissingOrOfAnotherTypeFailsEveryComparison() {
    for (Comparison comparison : Comparison.values()) {
      assertFalse(is(comparison, "100", NOBODY));
      assertFalse(is(comparison, "100", NOBODY.with("spent", new BigDecimal("100"))));
      assertFalse(is(comparison, true, NOBODY.with("spent", "true")));
      assertFalse(is(comparison, NOW, NOBODY.with("spent", NOW.toString())));
    }
  }

  @Test
  void instantsTextsAndTruthsCompareToo() {
    assertTrue(is(Comparison.LESS, NOW, NOBODY.with("spent", NOW.minusNanos(1))));
    assertTrue(is(Comparison.AT_LEAST, "a", NOBODY.with("spent", "b")));
    assertTrue(is(Comparison.EQUAL, false, NOBODY.with("spent", false)));
  }

  @Test
  void membershipAndResponsesAreAskedOfTheFacts() {
    assertTrue(Conditions.test(new InSegment("vip"), NOBODY.in("vip")));
    assertFalse(Conditions.test(new InSegment("vip"), NOBODY));
    Responded clicked = new Responded("thanks", "email.clicked");
    assertTrue(Conditions.test(clicked, NOBODY.answered("thanks", "email.clicked")));
    assertFalse(Conditions.test(clicked, NOBODY.answered("thanks", "email.opened")));
  }

  @Test
  void anInstantIsRecentFromItsMomentUntilTheTimeHasPassed() {
    Recent recent = new Recent("first_order", DAY);

    assertTrue(Conditions.test(recent, NOBODY.with("first_order", NOW)));
    assertFalse(Conditions.test(recent, NOBODY.with("first_order", NOW.minus(DAY))));
    assertFalse(Conditions.test(recent, NOBODY.with("first_order", NOW.plusNanos(1))));
    assertFalse(Conditions.test(recent, NOBODY.with("first_order", NOW.toString())));
    assertFalse(Conditions.test(recent, NOBODY));
    assertEquals(
        Optional.of(NOW.plus(DAY)), Conditions.changesAt(recent, NOBODY.with("first_order", NOW)));
    assertEquals(
        Optional.of(NOW.plusNanos(1)),
        Conditions.changesAt(recent, NOBODY.with("first_order", NOW.plusNanos(1))));
    assertEquals(
        Optional.empty(), Conditions.changesAt(recent, NOBODY.with("first_order", NOW.minus(DAY))));
  }

  @Test
  void anEntryCountsForeverOrUntilItsTimeHasPassed() {
    SampleFacts facts = NOBODY.entered("thanks", NOW.minus(DAY));
    Duration longer = DAY.plusNanos(1);

    assertTrue(Conditions.test(new EnteredBefore("thanks", Optional.empty()), facts));
    assertFalse(Conditions.test(new EnteredBefore("thanks", Optional.empty()), NOBODY));
    assertFalse(Conditions.test(new EnteredBefore("thanks", Optional.of(DAY)), facts));
    assertTrue(Conditions.test(new EnteredBefore("thanks", Optional.of(longer)), facts));
    assertEquals(
        Optional.of(NOW.plusNanos(1)),
        Conditions.changesAt(new EnteredBefore("thanks", Optional.of(longer)), facts));
  }

  @Test
  void aCauseIsFreshUntilTheTimeHasPassed() {
    assertTrue(Conditions.test(new Fresh(DAY), NOBODY.causedAt(NOW.minus(DAY).plusNanos(1))));
    assertFalse(Conditions.test(new Fresh(DAY), NOBODY.causedAt(NOW.minus(DAY))));
    assertEquals(Optional.of(NOW.plus(DAY)), Conditions.changesAt(new Fresh(DAY), NOBODY));
  }

  @Test
  void aTimeBeyondTheLastInstantNeverPasses() {
    Did ever = new Did("order", 1, Duration.ofSeconds(Long.MAX_VALUE));

    assertTrue(Conditions.test(ever, NOBODY.did("order", Instant.MIN)));
    assertEquals(Optional.empty(), Conditions.changesAt(ever, NOBODY.did("order", NOW)));
  }

  @Test
  void whatHoldsForNoTimeDoesNotChange() {
    assertEquals(Optional.empty(), Conditions.changesAt(ORDERED, NOBODY));
    assertEquals(
        Optional.empty(), Conditions.changesAt(ORDERED, NOBODY.did("order", NOW.minus(DAY))));
    assertEquals(Optional.empty(), Conditions.changesAt(new InSegment("vip"), NOBODY.in("vip")));
  }

  @Test
  void theEarliestPartChangesTheWhole() {
    Condition condition = new All(List.of(new Fresh(DAY), new Not(new Fresh(DAY.dividedBy(2)))));

    assertEquals(Optional.of(NOW.plus(DAY.dividedBy(2))), Conditions.changesAt(condition, NOBODY));
  }

  @Test
  void anExplanationShowsEveryPartWithWhatWasSeen() {
    Instant earlier = NOW.minusSeconds(90);
    SampleFacts facts = NOBODY.did("order", earlier, NOW.minus(DAY)).causedAt(earlier);
    Condition fresh = new Fresh(DAY);
    Condition trait = new TraitIs("spent", Comparison.EQUAL, "x");

    Verdict verdict = Conditions.explain(new Any(List.of(ORDERED, fresh, trait)), facts);

    assertTrue(verdict.holds());
    assertEquals(
        List.of(
            new Verdict(ORDERED, true, Map.of("count", 1L, "newest", earlier), List.of()),
            new Verdict(fresh, true, Map.of("age", "PT1M30S"), List.of()),
            new Verdict(trait, false, Map.of(), List.of())),
        verdict.parts());
  }

  @Test
  void everyEventConditionIsFoundOnce() {
    Did other = new Did("visit", 3, DAY);
    Condition condition =
        new All(List.of(ORDERED, new Not(new Any(List.of(other, ORDERED))), new Fresh(DAY)));

    assertEquals(Set.of(ORDERED, other), Conditions.events(condition));
  }

  @Test
  void everyTraitAndSegmentOfTheTreeIsFoundOnce() {
    TraitIs score = new TraitIs("p_churn", Comparison.AT_LEAST, BigDecimal.ONE);
    Condition condition =
        new All(
            List.of(
                score,
                new Not(new Any(List.of(new Recent("last_order", DAY), score, ORDERED))),
                new InSegment("loyal")));

    assertEquals(Set.of("p_churn", "last_order"), Conditions.traits(condition));
    assertEquals(Set.of("loyal"), Conditions.segments(condition));
  }

  private static boolean is(Comparison comparison, Object value, SampleFacts facts) {
    return Conditions.test(new TraitIs("spent", comparison, value), facts);
  }
}
