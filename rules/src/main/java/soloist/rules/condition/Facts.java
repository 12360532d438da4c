package soloist.rules.condition;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a condition may ask about one person at one instant. Answers never change while a question
 * is open.
 */
public interface Facts {

  /** The instant that counts as now: the time of the row being judged, or the due instant. */
  Instant now();

  /** When that which caused the question happened, never after {@link #now()}. */
  Instant causedAt();

  /** The value of a trait: String, BigDecimal, Boolean or Instant. */
  Optional<Object> trait(String key);

  /** The next instant after now at which the value of a trait may change by itself. */
  default Optional<Instant> traitChangesAt(String key) {
    return Optional.empty();
  }

  /**
   * The latest instants at which the condition's event happened as it asks for, newest first, at
   * most {@link Condition.Did#atLeast()} of them.
   */
  List<Instant> latest(Condition.Did condition);

  boolean inSegment(String segment);

  /** Whether the person's last word about the purpose was Yes. */
  boolean consented(String purpose);

  /**
   * Whether the message of a step of the running journey was answered by the event; false outside a
   * journey.
   */
  boolean responded(String step, String event);

  /** When the person last entered the campaign. */
  Optional<Instant> lastEntered(String campaign);
}
