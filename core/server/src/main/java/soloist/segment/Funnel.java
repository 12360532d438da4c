package soloist.segment;

import java.util.ArrayList;
import java.util.List;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Condition.All;
import soloist.rules.condition.Condition.Any;
import soloist.rules.condition.Condition.Not;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.Facts;

/**
 * A condition read line by line, as its owner writes it: for how many people each line holds by
 * itself, and how many are in when the condition ends after it. Each line is asked once a person;
 * the whole follows from them.
 */
final class Funnel {

  /**
   * One line.
   *
   * @param alone for how many people it holds
   * @param in how many would be in if the condition ended with it
   */
  record Line(long alone, long in) {}

  private final List<Condition> lines;
  private final boolean isAny;
  private final boolean isOpposite;
  private final long[] alone;
  private final long[] in;

  private Funnel(List<Condition> lines, boolean isAny, boolean isOpposite) {
    this.lines = lines;
    this.isAny = isAny;
    this.isOpposite = isOpposite;
    alone = new long[lines.size()];
    in = new long[lines.size()];
  }

  static Funnel of(Condition condition) {
    return switch (condition) {
      case All(List<Condition> of) -> new Funnel(of, false, false);
      case Any(List<Condition> of) -> new Funnel(of, true, false);
      case Not(All(List<Condition> of)) -> new Funnel(of, false, true);
      case Not(Any(List<Condition> of)) -> new Funnel(of, true, true);
      default -> new Funnel(List.of(condition), false, false);
    };
  }

  /** Counts somebody in. Returns whether the whole condition holds for them. */
  boolean add(Facts person) {
    boolean holds = !isAny;
    for (int i = 0; i < lines.size(); i++) {
      boolean line = Conditions.test(lines.get(i), person);
      alone[i] += line ? 1 : 0;
      holds = isAny ? holds || line : holds && line;
      in[i] += holds != isOpposite ? 1 : 0;
    }
    return holds != isOpposite;
  }

  List<Line> lines() {
    List<Line> counted = new ArrayList<>();
    for (int i = 0; i < alone.length; i++) {
      counted.add(new Line(alone[i], in[i]));
    }
    return counted;
  }
}
