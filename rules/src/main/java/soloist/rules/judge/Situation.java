package soloist.rules.judge;

import static java.util.Objects.requireNonNull;

import soloist.rules.condition.Facts;

/**
 * One question to the rules: what follows for this person from this cause. The only kind of fact
 * that Drools sees.
 */
public record Situation(Facts facts, Cause cause) {
  public Situation {
    requireNonNull(facts);
    requireNonNull(cause);
  }
}
