package soloist.rules.judge;

import java.util.ArrayList;
import java.util.List;
import soloist.rules.condition.Condition;

/**
 * A condition in the form that Drools can share: negation only at the leaves, and no constants
 * inside. Drools drops a constant from a group, which turns "x or always" into "x".
 */
sealed interface Formula {

  record Always() implements Formula {}

  record Never() implements Formula {}

  /** Two parts at least, none of them a constant or a Both. */
  record Both(List<Formula> of) implements Formula {}

  /** Two parts at least, none of them a constant or an Either. */
  record Either(List<Formula> of) implements Formula {}

  record Leaf(Condition condition, boolean holds) implements Formula {}

  static Formula of(Condition condition) {
    return of(condition, true);
  }

  private static Formula of(Condition condition, boolean holds) {
    return switch (condition) {
      case Condition.All(List<Condition> of) -> holds ? both(of, true) : either(of, false);
      case Condition.Any(List<Condition> of) -> holds ? either(of, true) : both(of, false);
      case Condition.Not(Condition of) -> of(of, !holds);
      case Condition.Did _,
          Condition.TraitIs _,
          Condition.Recent _,
          Condition.InSegment _,
          Condition.Consented _,
          Condition.Responded _,
          Condition.EnteredBefore _,
          Condition.Fresh _ ->
          new Leaf(condition, holds);
    };
  }

  private static Formula both(List<Condition> of, boolean holds) {
    List<Formula> parts = new ArrayList<>();
    for (Condition condition : of) {
      switch (of(condition, holds)) {
        case Always() -> {}
        case Never never -> {
          return never;
        }
        case Both(List<Formula> inner) -> parts.addAll(inner);
        case Either either -> parts.add(either);
        case Leaf leaf -> parts.add(leaf);
      }
    }
    return switch (parts.size()) {
      case 0 -> new Always();
      case 1 -> parts.getFirst();
      default -> new Both(parts);
    };
  }

  private static Formula either(List<Condition> of, boolean holds) {
    List<Formula> parts = new ArrayList<>();
    for (Condition condition : of) {
      switch (of(condition, holds)) {
        case Never() -> {}
        case Always always -> {
          return always;
        }
        case Either(List<Formula> inner) -> parts.addAll(inner);
        case Both both -> parts.add(both);
        case Leaf leaf -> parts.add(leaf);
      }
    }
    return switch (parts.size()) {
      case 0 -> new Never();
      case 1 -> parts.getFirst();
      default -> new Either(parts);
    };
  }
}
