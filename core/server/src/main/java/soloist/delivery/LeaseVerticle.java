package soloist.delivery;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import soloist.bus.Bus;
import soloist.bus.Topics;

/**
 * Renews the leases of {@link Deliveries} beside them, so that a slow relay does not cost the
 * claims.
 */
public final class LeaseVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(LeaseVerticle.class.getName());

  private final Bus bus;
  private final Deliveries deliveries;
  private final SendingHold hold;

  public LeaseVerticle(Bus bus, Deliveries deliveries, SendingHold hold) {
    this.bus = bus;
    this.deliveries = deliveries;
    this.hold = hold;
  }

  @Override
  public Future<?> start() {
    keep();
    bus.subscribe(Topics.SECOND_PASSED, _ -> keep());
    return Future.succeededFuture();
  }

  private void keep() {
    try {
      hold.beat();
      deliveries.claims().keep();
    } catch (RuntimeException e) {
      // The boundary of the bus: without a renewed lease delivery stops by itself.
      LOG.log(System.Logger.Level.WARNING, "leases could not be renewed", e);
    }
  }
}
