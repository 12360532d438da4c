package soloist.rules.judge;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Ends judging that runs away. It is looked at before each condition and each decision, on the
 * thread that judges, so no other thread has to watch.
 */
final class Deadline {
  /** A batch needs some milliseconds. */
  static final Duration LONGEST = Duration.ofMillis(250);

  private final LongSupplier nanos;
  private final long begin;
  private boolean passed;

  /**
   * @param nanos a clock that is never set
   */
  Deadline(LongSupplier nanos) {
    this.nanos = nanos;
    begin = nanos.getAsLong();
  }

  /**
   * @throws IllegalStateException when the time is over
   */
  void check() {
    if (nanos.getAsLong() - begin > LONGEST.toNanos()) {
      passed = true;
      throw new IllegalStateException("judging takes longer than " + LONGEST.toMillis() + " ms");
    }
  }

  /** Whether this is what ended it. */
  boolean hasPassed() {
    return passed;
  }
}
