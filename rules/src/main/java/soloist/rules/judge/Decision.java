package soloist.rules.judge;

import java.time.Duration;

/** What one rule decided in one situation. {@code rule} names it: campaign, version and part. */
public sealed interface Decision {

  String campaign();

  int version();

  String rule();

  /** The trigger matched and everything asked for held: the person enters. */
  record Start(String campaign, int version, String rule) implements Decision {}

  /** The trigger matched, but something asked for did not hold. */
  record Decline(String campaign, int version, String rule) implements Decision {}

  record Send(
      String campaign, int version, String rule, String step, String channel, String template)
      implements Decision {}

  /** The step's own condition did not hold: nothing is sent and the journey goes on. */
  record Skip(String campaign, int version, String rule, String step) implements Decision {}

  record Wait(String campaign, int version, String rule, String step, Duration time)
      implements Decision {}
}
