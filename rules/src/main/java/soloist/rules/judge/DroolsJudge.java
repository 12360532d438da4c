package soloist.rules.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import soloist.rules.campaign.Campaign;

/**
 * Judges with Drools. Each batch has a session of its own, so batches share nothing but the rules.
 *
 * <p>A session fires at most as many rules as have the cause keys of its situations, each counted
 * once for each situation that asks it: as rules take no facts back and put none in, no batch needs
 * more. A batch that meets this limit or its {@link Deadline}, or throws, is judged again one by
 * one.
 */
public final class DroolsJudge implements Judge {

  private final Map<String, Integer> rulesByCause;
  private final KieBase rules;
  private final LongSupplier nanos;

  /**
   * @param open versions whose trigger may start somebody
   * @param running all versions that may have people inside, the open ones among them
   */
  public DroolsJudge(Collection<Campaign> open, Collection<Campaign> running) {
    this(open, running, System::nanoTime);
  }

  /**
   * @param nanos the clock that deadlines are read from; it is never set
   */
  public DroolsJudge(Collection<Campaign> open, Collection<Campaign> running, LongSupplier nanos) {
    this(Rule.of(new Campaigns(open, running)), nanos);
  }

  DroolsJudge(List<Rule> rules, LongSupplier nanos) {
    this.nanos = nanos;
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

  /** Empty when more rules than the limit would fire, or when it takes too long. */
  Optional<List<List<Decision>>> judge(List<Situation> situations, int limit) {
    Deadline deadline = new Deadline(nanos);
    List<Question> questions =
        situations.stream()
            .map(situation -> new Question(situation, situation.cause().key(), deadline))
            .toList();
    List<Question> concerned =
        questions.stream()
            .filter(question -> rulesByCause.containsKey(question.causeKey()))
            .toList();
    return concerned.isEmpty() || fire(concerned, limit, deadline)
        ? Optional.of(questions.stream().map(Question::decisions).toList())
        : Optional.empty();
  }

  /** Whether limit and time sufficed. */
  private boolean fire(List<Question> questions, int limit, Deadline deadline) {
    KieSession session = rules.newKieSession();
    try {
      questions.forEach(session::insert);
      // A stateless session would do the same, but takes no limit.
      return session.fireAllRules(limit + 1) <= limit;
    } catch (RuntimeException e) {
      if (deadline.hasPassed()) {
        return false;
      }
      throw e;
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
                      new IllegalStateException(
                          "rules fire without end or for longer than "
                              + Deadline.LONGEST.toMillis()
                              + " ms for "
                              + situation.cause()))
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
