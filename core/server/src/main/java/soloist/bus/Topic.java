package soloist.bus;

/**
 * A typed address on the event bus.
 *
 * @param <M> an immutable record, carried by this topic only
 */
public record Topic<M>(String address, Class<M> type) {}
