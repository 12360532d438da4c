package soloist.bench.crash;

import java.util.List;
import java.util.Optional;

/**
 * What befalls the servers of one run.
 *
 * @param inLoad where they are killed one after the other while events come in, each in its part of
 *     the load
 * @param whenDue where one is killed while the follow-ups of three days later are judged and sent
 * @param setBack whether after that the clock stands an hour earlier for a while, in which the
 *     people of the interrupted batch click
 * @param storeInside whether each server has the store in its process, which is killed with it;
 *     otherwise it is in one that is not
 */
public record Plan(
    List<KillPoint> inLoad,
    Optional<KillPoint> whenDue,
    boolean setBack,
    boolean storeInside,
    Safeguards safeguards) {

  public static final Plan UNDISTURBED =
      new Plan(List.of(), Optional.empty(), false, false, Safeguards.ALL);

  public Plan {
    inLoad = List.copyOf(inLoad);
  }

  /** Killed in the load only. */
  public static Plan inLoad(List<KillPoint> points, Safeguards safeguards) {
    return new Plan(points, Optional.empty(), false, false, safeguards);
  }

  /** Killed when the follow-ups are due. */
  public static Plan whenDue(KillPoint point, Safeguards safeguards) {
    return new Plan(List.of(), Optional.of(point), false, false, safeguards);
  }

  /** This plan, with a kill at a point of the commit when dues come, and a clock set back. */
  public Plan setBackAt(KillPoint point) {
    return new Plan(inLoad, Optional.of(point), true, storeInside, safeguards);
  }

  /** This plan, with the product's own store in each server, killed with it. */
  public Plan withStoreInside() {
    return new Plan(inLoad, whenDue, setBack, true, safeguards);
  }
}
