package soloist.rules.condition;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import soloist.rules.condition.Condition.All;
import soloist.rules.condition.Condition.Any;
import soloist.rules.condition.Condition.Consented;
import soloist.rules.condition.Condition.Did;
import soloist.rules.condition.Condition.EnteredBefore;
import soloist.rules.condition.Condition.Fresh;
import soloist.rules.condition.Condition.InSegment;
import soloist.rules.condition.Condition.Not;
import soloist.rules.condition.Condition.Recent;
import soloist.rules.condition.Condition.Responded;
import soloist.rules.condition.Condition.TraitIs;

/** What a condition means. Pure functions of a condition and the facts of one person. */
public final class Conditions {

  private Conditions() {}

  /**
   * Whether the condition holds. Texts compare by UTF-16 code unit, numbers by value, false comes
   * before true.
   */
  public static boolean test(Condition condition, Facts facts) {
    return switch (condition) {
      case All(List<Condition> of) -> of.stream().allMatch(part -> test(part, facts));
      case Any(List<Condition> of) -> of.stream().anyMatch(part -> test(part, facts));
      case Not(Condition of) -> !test(of, facts);
      case Did did -> counted(did, facts).size() >= did.atLeast();
      case TraitIs leaf -> facts.trait(leaf.trait()).filter(value -> is(value, leaf)).isPresent();
      case Recent recent ->
          instant(recent, facts).filter(at -> counts(at, recent.within(), facts.now())).isPresent();
      case InSegment(String segment) -> facts.inSegment(segment);
      case Consented(String purpose) -> facts.consented(purpose);
      case Responded(String step, String event) -> facts.responded(step, event);
      case EnteredBefore leaf ->
          facts.lastEntered(leaf.campaign()).filter(last -> blocks(last, leaf, facts)).isPresent();
      case Fresh(Duration within) -> isYounger(facts.causedAt(), within, facts.now());
    };
  }

  /**
   * The same answer with all that led to it; no part is left out, even where another part alone
   * decided. Seen values by name: {@code count} (Long, never above {@code atLeast}) and {@code
   * newest} (Instant) for did, {@code value} for a trait and for recent, {@code lastEntered}
   * (Instant) for entered before, {@code age} (ISO-8601 text) for fresh. In segment, consented and
   * responded have none: that they hold says it all.
   */
  public static Verdict explain(Condition condition, Facts facts) {
    return switch (condition) {
      case All(List<Condition> of) -> whole(condition, of, facts, all -> !all.contains(false));
      case Any(List<Condition> of) -> whole(condition, of, facts, all -> all.contains(true));
      case Not(Condition of) ->
          whole(condition, List.of(of), facts, all -> all.equals(List.of(false)));
      case Did did -> {
        List<Instant> counted = counted(did, facts);
        Object count = (long) counted.size();
        yield leaf(
            did,
            facts,
            counted.isEmpty()
                ? Map.of("count", count)
                : Map.of("count", count, "newest", counted.getFirst()));
      }
      case TraitIs leaf -> leaf(leaf, facts, seen("value", facts.trait(leaf.trait())));
      case Recent recent -> leaf(recent, facts, seen("value", facts.trait(recent.trait())));
      case EnteredBefore leaf ->
          leaf(leaf, facts, seen("lastEntered", facts.lastEntered(leaf.campaign())));
      case Fresh fresh -> {
        Duration age = Duration.between(facts.causedAt(), facts.now());
        yield leaf(fresh, facts, Map.of("age", age.toString()));
      }
      case InSegment _, Consented _, Responded _ -> leaf(condition, facts, Map.of());
    };
  }

  /**
   * The next instant after now at which the answer may change by itself, as time passes and nothing
   * else happens; empty when it never will.
   */
  public static Optional<Instant> changesAt(Condition condition, Facts facts) {
    return switch (condition) {
      case All(List<Condition> of) -> earliest(of, facts);
      case Any(List<Condition> of) -> earliest(of, facts);
      case Not(Condition of) -> changesAt(of, facts);
      case Did did -> {
        List<Instant> counted = counted(did, facts);
        // Until an instant still to come counts, what does not hold cannot begin to.
        yield counted.size() >= did.atLeast()
            ? sum(counted.get(did.atLeast() - 1), did.within())
            : facts.latest(did).stream()
                .filter(instant -> instant.isAfter(facts.now()))
                .min(Comparator.naturalOrder());
      }
      case Recent recent ->
          instant(recent, facts)
              .flatMap(
                  at ->
                      at.isAfter(facts.now())
                          ? Optional.of(at)
                          : counts(at, recent.within(), facts.now())
                              ? sum(at, recent.within())
                              : Optional.empty());
      case EnteredBefore leaf ->
          leaf.within()
              .flatMap(
                  within ->
                      facts
                          .lastEntered(leaf.campaign())
                          .filter(last -> isYounger(last, within, facts.now()))
                          .flatMap(last -> sum(last, within)));
      case Fresh(Duration within) ->
          isYounger(facts.causedAt(), within, facts.now())
              ? sum(facts.causedAt(), within)
              : Optional.empty();
      case TraitIs leaf -> facts.traitChangesAt(leaf.trait());
      case InSegment _, Consented _, Responded _ -> Optional.empty();
    };
  }

  /** Every event condition in the tree, in its order: a profile keeps a window for each. */
  public static Set<Did> events(Condition condition) {
    Set<Did> events = new LinkedHashSet<>();
    leaves(condition)
        .forEach(
            leaf -> {
              if (leaf instanceof Did did) {
                events.add(did);
              }
            });
    return Collections.unmodifiableSet(events);
  }

  /** The segments that the tree asks for. */
  public static Set<String> segments(Condition condition) {
    Set<String> segments = new HashSet<>();
    leaves(condition)
        .forEach(
            leaf -> {
              if (leaf instanceof InSegment(String segment)) {
                segments.add(segment);
              }
            });
    return Set.copyOf(segments);
  }

  /** The keys of the traits that the tree asks for. */
  public static Set<String> traits(Condition condition) {
    Set<String> traits = new HashSet<>();
    leaves(condition)
        .forEach(
            leaf -> {
              if (leaf instanceof TraitIs is) {
                traits.add(is.trait());
              } else if (leaf instanceof Recent recent) {
                traits.add(recent.trait());
              }
            });
    return Set.copyOf(traits);
  }

  private static Stream<Condition> leaves(Condition condition) {
    return switch (condition) {
      case All(List<Condition> of) -> of.stream().flatMap(Conditions::leaves);
      case Any(List<Condition> of) -> of.stream().flatMap(Conditions::leaves);
      case Not(Condition of) -> leaves(of);
      case Did _,
          TraitIs _,
          Recent _,
          Consented _,
          InSegment _,
          Responded _,
          EnteredBefore _,
          Fresh _ ->
          Stream.of(condition);
    };
  }

  /** The instants that count, newest first: later than {@code within} ago and not after now. */
  private static List<Instant> counted(Did did, Facts facts) {
    Instant now = facts.now();
    return facts.latest(did).stream()
        .filter(instant -> counts(instant, did.within(), now))
        .toList();
  }

  private static boolean counts(Instant instant, Duration within, Instant now) {
    return !instant.isAfter(now) && isYounger(instant, within, now);
  }

  private static Optional<Instant> instant(Recent recent, Facts facts) {
    return facts.trait(recent.trait()).filter(Instant.class::isInstance).map(Instant.class::cast);
  }

  /** Subtracts instants, not the time from now, which may lie before the first instant there is. */
  private static boolean isYounger(Instant instant, Duration within, Instant now) {
    return Duration.between(instant, now).compareTo(within) < 0;
  }

  private static boolean blocks(Instant lastEntered, EnteredBefore leaf, Facts facts) {
    return leaf.within().map(time -> isYounger(lastEntered, time, facts.now())).orElse(true);
  }

  private static boolean is(Object value, TraitIs leaf) {
    OptionalInt order = order(value, leaf.value());
    return order.isPresent()
        && switch (leaf.comparison()) {
          case EQUAL -> order.getAsInt() == 0;
          case LESS -> order.getAsInt() < 0;
          case AT_LEAST -> order.getAsInt() >= 0;
        };
  }

  private static OptionalInt order(Object value, Object other) {
    if (value instanceof String a && other instanceof String b) {
      return OptionalInt.of(a.compareTo(b));
    }
    if (value instanceof BigDecimal a && other instanceof BigDecimal b) {
      return OptionalInt.of(a.compareTo(b));
    }
    if (value instanceof Boolean a && other instanceof Boolean b) {
      return OptionalInt.of(a.compareTo(b));
    }
    if (value instanceof Instant a && other instanceof Instant b) {
      return OptionalInt.of(a.compareTo(b));
    }
    return OptionalInt.empty();
  }

  private static Verdict whole(
      Condition condition, List<Condition> of, Facts facts, Predicate<List<Boolean>> holds) {
    List<Verdict> parts = of.stream().map(part -> explain(part, facts)).toList();
    return new Verdict(
        condition, holds.test(parts.stream().map(Verdict::holds).toList()), Map.of(), parts);
  }

  private static Verdict leaf(Condition condition, Facts facts, Map<String, Object> saw) {
    return new Verdict(condition, test(condition, facts), saw, List.of());
  }

  private static Map<String, Object> seen(String name, Optional<?> value) {
    return value.<Map<String, Object>>map(seen -> Map.of(name, seen)).orElse(Map.of());
  }

  private static Optional<Instant> earliest(List<Condition> of, Facts facts) {
    return of.stream()
        .map(part -> changesAt(part, facts))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** Empty beyond the last instant there is: that never comes. */
  private static Optional<Instant> sum(Instant instant, Duration time) {
    return time.compareTo(Duration.between(instant, Instant.MAX)) > 0
        ? Optional.empty()
        : Optional.of(instant.plus(time));
  }
}
