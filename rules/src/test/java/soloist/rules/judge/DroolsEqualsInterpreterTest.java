package soloist.rules.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import soloist.rules.Generator;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.ReEntry;
import soloist.rules.condition.Condition;

class DroolsEqualsInterpreterTest {

  private static final int SETS = Boolean.getBoolean("soloist.slow") ? 40_000 : 2_000;

  private final long seed = Generator.seed();

  @Test
  void droolsDecidesWhatTheInterpreterDecides() {
    System.out.println("seed " + seed);
    assertEquals(Optional.empty(), firstDifference(SETS, DroolsJudge::new));
  }

  static Stream<Named<UnaryOperator<Campaign>>> mistakes() {
    return Stream.of(
        Named.of(
            "asks nobody's audience", it -> with(it, new Condition.All(List.of()), it.reEntry())),
        Named.of(
            "turns the audience round",
            it -> with(it, new Condition.Not(it.audience()), it.reEntry())),
        Named.of("lets nobody in again", it -> with(it, it.audience(), new ReEntry.Once())));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aJudgeThatIsWrongIsFoundOut(UnaryOperator<Campaign> mistake) {
    Optional<String> difference =
        firstDifference(
            200,
            (open, running) ->
                new DroolsJudge(
                    open.stream().map(mistake).toList(), running.stream().map(mistake).toList()));

    assertTrue(difference.isPresent(), () -> "seed " + seed);
  }

  @Test
  void theRandomCasesLeadToEveryKindOfDecision() {
    Generator generator = new Generator(seed);
    List<Class<?>> kinds = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      List<Campaign> running = generator.campaigns();
      Judge judge = new InterpretingJudge(running, running);
      judge.judge(List.of(generator.situation(running))).getFirst().stream()
          .map(Object::getClass)
          .forEach(kinds::add);
    }
    for (Class<?> kind : Decision.class.getPermittedSubclasses()) {
      assertTrue(kinds.contains(kind), () -> "seed " + seed + ": no " + kind.getSimpleName());
    }
  }

  private Optional<String> firstDifference(
      int sets, BiFunction<Collection<Campaign>, Collection<Campaign>, Judge> judged) {
    Generator generator = new Generator(seed);
    for (int i = 0; i < sets; i++) {
      List<Campaign> running = generator.campaigns();
      List<Campaign> open = generator.someOf(running);
      List<Situation> situations =
          Stream.generate(() -> generator.situation(running)).limit(15).toList();
      Judge judge = judged.apply(open, running);
      Judge reference = new InterpretingJudge(open, running);
      List<List<Decision>> expected = reference.judge(situations);
      List<List<Decision>> actual = judge.judge(situations);
      for (int j = 0; j < situations.size(); j++) {
        Cause cause = situations.get(j).cause();
        if (!actual.get(j).equals(expected.get(j))
            || judge.concerns(cause) != reference.concerns(cause)
            || judge.concerns(cause) == actual.get(j).isEmpty()) {
          return Optional.of(
              "seed %d, set %d: %s in %s should give %s, but gives %s"
                  .formatted(seed, i, situations.get(j), running, expected.get(j), actual.get(j)));
        }
      }
    }
    return Optional.empty();
  }

  private static Campaign with(Campaign campaign, Condition audience, ReEntry reEntry) {
    return new Campaign(
        campaign.id(),
        campaign.version(),
        campaign.name(),
        campaign.purpose(),
        campaign.trigger(),
        audience,
        campaign.freshness(),
        reEntry,
        campaign.steps());
  }
}
