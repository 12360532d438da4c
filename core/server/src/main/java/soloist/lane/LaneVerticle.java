package soloist.lane;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import soloist.bus.Bus;
import soloist.bus.Topics;
import soloist.store.Store;

/**
 * Runs a {@link Lane} on a virtual thread, one message at a time. Nothing here may await a future
 * or set a timer: either would let a second handler in.
 */
public final class LaneVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(LaneVerticle.class.getName());

  private final List<Integer> partitions;
  private final Bus bus;
  private final Lane lane;

  /** Why partitions failed at the last pull: each cause is told once. */
  private Set<String> known = Set.of();

  public LaneVerticle(
      List<Integer> partitions,
      Bus bus,
      Store store,
      Journal journal,
      Work work,
      CommitPoint.Observer observer,
      RedoUse redo) {
    this.partitions = List.copyOf(partitions);
    this.bus = bus;
    this.lane =
        new Lane(
            this.partitions,
            store,
            journal,
            work,
            observer,
            redo,
            this::announce,
            Lane.BatchSize.USUAL);
  }

  @Override
  public Future<?> start() {
    lane.open();
    bus.subscribe(
        Topics.ROWS_APPENDED,
        appended -> {
          if (partitions.contains(appended.partition())) {
            tell(lane.pullLive());
          }
        });
    bus.subscribe(Topics.SECOND_PASSED, _ -> tell(lane.pull()));
    return Future.succeededFuture();
  }

  /**
   * The boundary of the bus: rows are in the journal, and the next wake-up or second tries again.
   */
  private void tell(Map<Integer, RuntimeException> faults) {
    Set<String> causes = new HashSet<>();
    faults.forEach(
        (partition, fault) -> {
          String cause = fault.toString();
          if (causes.add(cause) && !known.contains(cause)) {
            LOG.log(WARNING, "partition " + partition + " will be tried again", fault);
          }
        });
    known = causes;
  }

  private void announce(int partition, Judged judged) {
    if (!judged.profiles().isEmpty()) {
      bus.publish(
          Topics.PROFILES_CHANGED, new Topics.ProfilesChanged(partition, judged.profiles().size()));
    }
    if (!judged.outbox().isEmpty()) {
      bus.publish(
          Topics.MESSAGES_QUEUED, new Topics.MessagesQueued(partition, judged.outbox().size()));
    }
  }
}
