package soloist.rules.judge;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Facts;

/** Throws when asked for a segment at a bad time. */
record FailingFacts(Facts sound, BooleanSupplier fails) implements Facts {

  @Override
  public boolean inSegment(String segment) {
    if (fails.getAsBoolean()) {
      throw new IllegalStateException("the facts cannot be read");
    }
    return sound.inSegment(segment);
  }

  @Override
  public Instant now() {
    return sound.now();
  }

  @Override
  public Instant causedAt() {
    return sound.causedAt();
  }

  @Override
  public Optional<Object> trait(String key) {
    return sound.trait(key);
  }

  @Override
  public List<Instant> latest(Condition.Did condition) {
    return sound.latest(condition);
  }

  @Override
  public boolean consented(String purpose) {
    return sound.consented(purpose);
  }

  @Override
  public boolean responded(String step, String event) {
    return sound.responded(step, event);
  }

  @Override
  public Optional<Instant> lastEntered(String campaign) {
    return sound.lastEntered(campaign);
  }
}
