package soloist;

import java.time.Clock;
import java.time.InstantSource;
import soloist.delivery.DeliveryPoint;
import soloist.delivery.DeliveryPolicy;
import soloist.delivery.Uptime;
import soloist.lane.CommitPoint;
import soloist.lane.RedoUse;

/**
 * What a test hands in to steer time, to end the process at a named point, and to show that it
 * notices when a safeguard is missing.
 */
public record Controls(
    InstantSource clock,
    CommitPoint.Observer commits,
    DeliveryPoint.Observer deliveries,
    DeliveryPolicy delivery,
    RedoUse redo,
    Uptime uptime) {

  public static final Controls USUAL =
      new Controls(
          Clock.systemUTC(),
          CommitPoint.Observer.NONE,
          DeliveryPoint.Observer.NONE,
          DeliveryPolicy.USUAL,
          RedoUse.WRITTEN_AND_REDONE,
          Uptime.ofMachine());

  /** With a clock that may leap as it likes. */
  public Controls(
      InstantSource clock,
      CommitPoint.Observer commits,
      DeliveryPoint.Observer deliveries,
      DeliveryPolicy delivery,
      RedoUse redo) {
    this(clock, commits, deliveries, delivery, redo, Uptime.by(clock));
  }
}
