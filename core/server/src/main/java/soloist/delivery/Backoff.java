package soloist.delivery;

import java.time.Duration;
import java.util.List;

/**
 * How long a message waits after the n-th temporary refusal (RFC 5321 4.5.4.1), spread by ±20 % so
 * that not all come at once.
 */
final class Backoff {
  static final Duration GIVE_UP = Duration.ofHours(72);

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4));

  private Backoff() {}

  /**
   * @param attempts from 1
   * @param id decides the spread, so that a repeat waits the same time
   */
  static Duration after(int attempts, String id) {
    Duration step = STEPS.get(Math.min(attempts, STEPS.size()) - 1);
    int percent = 80 + Math.floorMod(id.hashCode() + attempts, 41);
    return step.multipliedBy(percent).dividedBy(100);
  }
}
