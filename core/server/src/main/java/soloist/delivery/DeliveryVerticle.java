package soloist.delivery;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import soloist.bus.Bus;
import soloist.bus.Topics;

/** Wakes {@link Deliveries} when messages are queued and every second. */
public final class DeliveryVerticle extends VerticleBase {
  private final Bus bus;
  private final Deliveries deliveries;

  public DeliveryVerticle(Bus bus, Deliveries deliveries) {
    this.bus = bus;
    this.deliveries = deliveries;
  }

  @Override
  public Future<?> start() {
    bus.subscribe(Topics.MESSAGES_QUEUED, _ -> deliveries.wake(false));
    bus.subscribe(Topics.SECOND_PASSED, _ -> deliveries.wake(true));
    deliveries.wake(true);
    return Future.succeededFuture();
  }
}
