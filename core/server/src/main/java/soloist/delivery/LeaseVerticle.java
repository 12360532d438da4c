package soloist.delivery;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import soloist.bus.Bus;
import soloist.bus.Topics;

/**
 * Renews the leases of a {@link Delivery} beside it, so that a slow relay does not cost the claims.
 */
public final class LeaseVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(LeaseVerticle.class.getName());

  private final Bus bus;
  private final Delivery delivery;

  public LeaseVerticle(Bus bus, Delivery delivery) {
    this.bus = bus;
    this.delivery = delivery;
  }

  @Override
  public Future<?> start() {
    keep();
    bus.subscribe(Topics.SECOND_PASSED, _ -> keep());
    return Future.succeededFuture();
  }

  private void keep() {
    try {
      delivery.keepLeases();
    } catch (RuntimeException e) {
      // The boundary of the bus: without a renewed lease delivery stops by itself.
      LOG.log(System.Logger.Level.WARNING, "leases could not be renewed", e);
    }
  }
}
