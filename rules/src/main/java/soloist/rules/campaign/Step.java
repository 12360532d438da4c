package soloist.rules.campaign;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import soloist.rules.condition.Condition;

/** One step of a journey. */
public sealed interface Step {

  String id();

  /** Sends a template on a channel when the condition holds, and goes on either way. */
  record Send(String id, String channel, String template, Condition onlyIf) implements Step {
    public Send {
      requireNonNull(id);
      requireNonNull(channel);
      requireNonNull(template);
      requireNonNull(onlyIf);
    }
  }

  /** Goes on when the time has passed. */
  record Wait(String id, Duration time) implements Step {
    public Wait {
      requireNonNull(id);
      if (!time.isPositive()) {
        throw new IllegalArgumentException("a wait needs a positive time, but has " + time);
      }
    }
  }
}
