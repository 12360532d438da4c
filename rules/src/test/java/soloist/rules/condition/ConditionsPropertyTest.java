package soloist.rules.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.rules.SampleFacts.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import soloist.rules.Generator;
import soloist.rules.SampleFacts;

class ConditionsPropertyTest {

  private static final int CASES = Boolean.getBoolean("soloist.slow") ? 100_000 : 5_000;
  private static final Duration FAR = Duration.ofHours(40);

  private final long seed = Generator.seed();
  private final Generator generator = new Generator(seed);

  @Test
  void anAnswerStaysUntilTheInstantAtWhichItMayChange() {
    System.out.println("seed " + seed);
    int changes = 0;
    for (int i = 0; i < CASES; i++) {
      Condition condition = generator.condition(3);
      SampleFacts facts = generator.facts();

      Optional<Instant> changesAt = Conditions.changesAt(condition, facts);

      Instant end = changesAt.orElse(NOW.plus(FAR));
      boolean answer = Conditions.test(condition, facts);
      assertTrue(end.isAfter(NOW), () -> "seed " + seed + ": " + condition);
      for (Instant instant = NOW; instant.isBefore(end); instant = instant.plusSeconds(900)) {
        assertEquals(
            answer, Conditions.test(condition, facts.at(instant)), () -> seed + ": " + condition);
      }
      Instant before = end.minusNanos(1);
      assertEquals(
          answer, Conditions.test(condition, facts.at(before)), () -> seed + ": " + condition);
      if (changesAt.isPresent()) {
        changes++;
        assertTrue(
            leaves(condition)
                .anyMatch(leaf -> !sees(leaf, facts.at(before)).equals(sees(leaf, facts.at(end)))),
            () -> "seed " + seed + ": nothing changes at " + end + ": " + condition);
      }
    }
    assertTrue(changes > CASES / 20, "too few conditions change: " + changes);
  }

  @Test
  void anExplanationAgreesWithTheTestInEveryPart() {
    System.out.println("seed " + seed);
    for (int i = 0; i < CASES; i++) {
      agree(generator.condition(4), generator.facts());
    }
  }

  private void agree(Condition condition, SampleFacts facts) {
    Verdict verdict = Conditions.explain(condition, facts);
    List<Condition> parts = parts(condition);
    assertEquals(
        Conditions.test(condition, facts),
        verdict.holds(),
        () -> "seed " + seed + ": " + condition);
    assertEquals(parts, verdict.parts().stream().map(Verdict::condition).toList());
    for (int i = 0; i < parts.size(); i++) {
      assertEquals(Conditions.explain(parts.get(i), facts), verdict.parts().get(i));
      agree(parts.get(i), facts);
    }
  }

  private static List<Condition> parts(Condition condition) {
    return switch (condition) {
      case Condition.All(List<Condition> of) -> of;
      case Condition.Any(List<Condition> of) -> of;
      case Condition.Not(Condition of) -> List.of(of);
      default -> List.of();
    };
  }

  private static Stream<Condition> leaves(Condition condition) {
    List<Condition> parts = parts(condition);
    return parts.isEmpty()
        ? Stream.of(condition)
        : parts.stream().flatMap(ConditionsPropertyTest::leaves);
  }

  /** For an event its count and newest too: one that comes may make good for one that goes. */
  private static Object sees(Condition leaf, SampleFacts facts) {
    Verdict verdict = Conditions.explain(leaf, facts);
    return leaf instanceof Condition.Did ? verdict : verdict.holds();
  }
}
