package soloist.delivery;

/** The named points on the way of one message, for tests that end the process at one of them. */
public enum DeliveryPoint {
  CLAIMED,
  MARKED,
  SENT,
  SETTLED;

  /** Told on the thread that sends, each time a point is passed. */
  @FunctionalInterface
  public interface Observer {
    Observer NONE = (_, _) -> {};

    void passed(DeliveryPoint point, String message);
  }
}
