package soloist.rules.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import soloist.rules.campaign.Campaign;

/**
 * Judges with Drools. Each batch has a session of its own, so batches share nothing but the rules.
 *
 * <p>A session fires at most as many rules as have the cause keys of its situations, each counted
 * once for each situation that asks it: as rules take no facts back and put none in, no batch needs
 * more. A batch that meets this limit, or throws, is judged again one by one.
 */
public final class DroolsJudge implements Judge {

  private final Map<String, Integer> rulesByCause;
  private final KieBase rules;

  /**
   * @param open versions whose trigger may start somebody
   * @param running all versions that may have people inside, the open ones among them
   */
  public DroolsJudge(Collection<Campaign> open, Collection<Campaign> running) {
    this(Rule.of(new Campaigns(open, running)));
  }

  DroolsJudge(List<Rule> rules) {
    rulesByCause = rules.stream().collect(Collectors.toMap(Rule::causeKey, _ -> 1, Integer::sum));
    this.rules = RuleBase.of(rules);
  }

  @Override
  public boolean concerns(Cause cause) {
    return rulesByCause.containsKey(cause.key());
  }

  /**
   * @throws RuntimeException where the facts of a situation throw even when it is judged alone
   */
  @Override
  public List<List<Decision>> judge(List<Situation> situations) {
    try {
      Optional<List<List<Decision>>> decisions = judge(situations, limit(situations));
      if (decisions.isPresent()) {
        return decisions.get();
      }
    } catch (RuntimeException together) {
      if (situations.size() == 1) {
        throw together;
      }
    }
    return oneByOne(situations);
  }

  /** Empty when more rules than the limit would fire. */
  Optional<List<List<Decision>>> judge(List<Situation> situations, int limit) {
    List<Question> questions =
        situations.stream()
            .map(situation -> new Question(situation, situation.cause().key()))
            .toList();
    List<Question> concerned =
        questions.stream()
            .filter(question -> rulesByCause.containsKey(question.causeKey()))
            .toList();
    return concerned.isEmpty() || fire(concerned, limit)
        ? Optional.of(questions.stream().map(Question::decisions).toList())
        : Optional.empty();
  }

  /** Whether the limit sufficed. */
  private boolean fire(List<Question> questions, int limit) {
    KieSession session = rules.newKieSession();
    try {
      questions.forEach(session::insert);
      // A stateless session would do the same, but takes no limit.
      return session.fireAllRules(limit + 1) <= limit;
    } finally {
      session.dispose();
    }
  }

  private List<List<Decision>> oneByOne(List<Situation> situations) {
    List<List<Decision>> decisions = new ArrayList<>();
    for (Situation situation : situations) {
      List<Situation> alone = List.of(situation);
      decisions.add(
          judge(alone, limit(alone))
              .orElseThrow(
                  () ->
                      new IllegalStateException("rules fire without end for " + situation.cause()))
              .getFirst());
    }
    return decisions;
  }

  private int limit(List<Situation> situations) {
    return situations.stream()
        .mapToInt(situation -> rulesByCause.getOrDefault(situation.cause().key(), 0))
        .sum();
  }
}
