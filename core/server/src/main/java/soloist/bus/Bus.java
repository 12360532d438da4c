package soloist.bus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/** The Vert.x event bus by {@link Topic}: records pass by reference inside one process. */
public final class Bus {
  private static final String CODEC = "record";
  private static final DeliveryOptions LOCAL =
      new DeliveryOptions().setCodecName(CODEC).setLocalOnly(true).setTracingPolicy(null);

  private final Vertx vertx;

  public Bus(Vertx vertx) {
    this.vertx = vertx;
    vertx.eventBus().registerCodec(new RecordCodec());
  }

  public <M> void publish(Topic<M> topic, M message) {
    vertx.eventBus().publish(topic.address(), message, LOCAL);
  }

  /** Calls the listener on the context of the verticle that subscribes. */
  public <M> MessageConsumer<M> subscribe(Topic<M> topic, Consumer<M> listener) {
    return vertx
        .eventBus()
        .<M>localConsumer(
            topic.address(), message -> listener.accept(topic.type().cast(message.body())));
  }

  /** Hands immutable records over as they are; nothing here crosses the network. */
  private static final class RecordCodec implements MessageCodec<Object, Object> {
    @Override
    public void encodeToWire(Buffer buffer, Object record) {
      throw new IllegalStateException("topics stay inside the process");
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
      throw new IllegalStateException("topics stay inside the process");
    }

    @Override
    public Object transform(Object record) {
      return record;
    }

    @Override
    public String name() {
      return CODEC;
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
