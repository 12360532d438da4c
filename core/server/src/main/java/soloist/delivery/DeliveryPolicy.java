package soloist.delivery;

import java.time.Duration;

/**
 * How delivery behaves around failures.
 *
 * @param lease how long a claim holds without being renewed
 * @param doubtful how long a message whose transaction was open at a crash waits before it is sent
 *     again
 * @param hold whether such a message waits for a person instead
 * @param marks whether a durable mark goes before each send; only a test that must notice its
 *     absence says no
 * @param longestPause for which a server may stand still and go on sending without asking
 */
public record DeliveryPolicy(
    Duration lease, Duration doubtful, boolean hold, boolean marks, Duration longestPause) {

  /** RFC 5321 4.5.4.1 asks for at least 30 minutes between tries. */
  public static final DeliveryPolicy USUAL =
      new DeliveryPolicy(
          Duration.ofSeconds(30), Duration.ofMinutes(30), false, true, Duration.ofDays(1));
}
