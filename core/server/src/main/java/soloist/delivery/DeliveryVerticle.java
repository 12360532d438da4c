package soloist.delivery;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import soloist.bus.Bus;
import soloist.bus.Topics;

/** Runs a {@link Delivery} on a virtual thread: wakes when messages are queued and every second. */
public final class DeliveryVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(DeliveryVerticle.class.getName());

  private final Bus bus;
  private final Delivery delivery;

  public DeliveryVerticle(Bus bus, Delivery delivery) {
    this.bus = bus;
    this.delivery = delivery;
  }

  @Override
  public Future<?> start() {
    bus.subscribe(Topics.MESSAGES_QUEUED, _ -> drain());
    bus.subscribe(Topics.SECOND_PASSED, _ -> drain());
    return Future.succeededFuture();
  }

  private void drain() {
    try {
      delivery.drain();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The boundary of the bus: the rows are in the outbox, the next second tries again.
      LOG.log(System.Logger.Level.WARNING, "delivery will try again", e);
    }
  }
}
