package soloist.rules.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;

/**
 * One situation while Drools judges it, with the decisions taken for it. A class and not a record:
 * two equal situations are two questions, whichever way Drools tells its facts apart.
 */
final class Question {

  private final Situation situation;
  private final String causeKey;
  private final Deadline deadline;
  private final List<Decision> decisions = new ArrayList<>();

  Question(Situation situation, String causeKey, Deadline deadline) {
    this.situation = situation;
    this.causeKey = causeKey;
    this.deadline = deadline;
  }

  String causeKey() {
    return causeKey;
  }

  boolean test(Condition condition) {
    deadline.check();
    return Conditions.test(condition, situation.facts());
  }

  void decide(Decision decision) {
    deadline.check();
    decisions.add(decision);
  }

  /** Ordered by campaign, then version: Drools fires rule by rule, not question by question. */
  List<Decision> decisions() {
    return decisions.stream()
        .sorted(Comparator.comparing(Decision::campaign).thenComparing(Decision::version))
        .toList();
  }
}
