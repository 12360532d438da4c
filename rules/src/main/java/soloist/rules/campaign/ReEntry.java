package soloist.rules.campaign;

import java.time.Duration;
import java.util.Optional;
import soloist.rules.condition.Condition;

/** Whether a person who has been in a campaign may enter it again. */
public sealed interface ReEntry {

  record Once() implements ReEntry {}

  /** Again when the last entry is at least this long ago. */
  record After(Duration time) implements ReEntry {}

  /** The condition that keeps somebody out. */
  default Condition blockedBy(String campaign) {
    return switch (this) {
      case Once() -> new Condition.EnteredBefore(campaign, Optional.empty());
      case After(Duration time) -> new Condition.EnteredBefore(campaign, Optional.of(time));
    };
  }
}
