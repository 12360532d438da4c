package soloist.rules.condition;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The condition language: one tree, read as a predicate ({@link Conditions#test}), as an
 * explanation ({@link Conditions#explain}) and as Drools patterns. Segments use the leaves about a
 * person; campaigns use all.
 */
public sealed interface Condition {

  /** Holds when every part holds; without parts it always does. */
  record All(List<Condition> of) implements Condition {
    public All {
      of = List.copyOf(of);
    }
  }

  /** Holds when at least one part holds; without parts it never does. */
  record Any(List<Condition> of) implements Condition {
    public Any {
      of = List.copyOf(of);
    }
  }

  record Not(Condition of) implements Condition {
    public Not {
      requireNonNull(of);
    }
  }

  /**
   * The event happened at least {@code atLeast} (1 to 64) times in the time {@code within} up to
   * now; with a {@code where}, only times at which it said that count.
   */
  record Did(String event, Optional<Where> where, int atLeast, Duration within)
      implements Condition {
    public Did {
      requireNonNull(event);
      requireNonNull(where);
      if (atLeast < 1 || atLeast > 64) {
        throw new IllegalArgumentException("atLeast must be 1 to 64, but is " + atLeast);
      }
      if (!within.isPositive()) {
        throw new IllegalArgumentException("within must be a positive time, but is " + within);
      }
    }

    /** Whatever the event said. */
    public Did(String event, int atLeast, Duration within) {
      this(event, Optional.empty(), atLeast, within);
    }

    /** Whether an event of this type with these properties counts. */
    public boolean counts(String type, Map<String, Object> properties) {
      return event.equals(type) && (where.isEmpty() || where.get().holds(properties));
    }
  }

  /**
   * Compares a trait with a value of the same type: String, BigDecimal, Boolean or Instant. A trait
   * that is not there, or is of another type, fails every comparison.
   */
  record TraitIs(String trait, Comparison comparison, Object value) implements Condition {
    public TraitIs {
      requireNonNull(trait);
      requireNonNull(comparison);
      requireNonNull(value);
    }
  }

  enum Comparison {
    EQUAL,
    LESS,
    AT_LEAST
  }

  /**
   * The trait is an instant that lies less than {@code within} before now, and not after it: a
   * first order in the last 30 days.
   */
  record Recent(String trait, Duration within) implements Condition {
    public Recent {
      requireNonNull(trait);
      if (!within.isPositive()) {
        throw new IllegalArgumentException("within must be a positive time, but is " + within);
      }
    }
  }

  /** The person is in the segment. */
  record InSegment(String segment) implements Condition {
    public InSegment {
      requireNonNull(segment);
    }
  }

  /** The person has agreed to the purpose, such as {@code marketing}, and not taken it back. */
  record Consented(String purpose) implements Condition {
    public Consented {
      requireNonNull(purpose);
    }
  }

  /**
   * In the running journey, the message of {@code step} was answered by {@code event}, such as
   * {@code email.clicked}.
   */
  record Responded(String step, String event) implements Condition {
    public Responded {
      requireNonNull(step);
      requireNonNull(event);
    }
  }

  /**
   * The person has entered the campaign before; with a time, only when that was less than {@code
   * within} ago.
   */
  record EnteredBefore(String campaign, Optional<Duration> within) implements Condition {
    public EnteredBefore {
      requireNonNull(campaign);
      requireNonNull(within);
    }
  }

  /** What caused the question happened less than {@code within} ago: history is not news. */
  record Fresh(Duration within) implements Condition {
    public Fresh {
      requireNonNull(within);
    }
  }
}
