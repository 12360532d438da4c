package soloist.testkit;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import soloist.spi.Message;

/** Values for tests that do not care which. Ids are new at every call. */
public final class Sample {
  public static final String RECIPIENT = "ada@example.com";

  private static final AtomicLong NEXT = new AtomicLong(1);

  private Sample() {}

  public static Message message() {
    return message(RECIPIENT);
  }

  public static Message message(String recipient) {
    return message("sample." + NEXT.getAndIncrement(), recipient);
  }

  /** A newsletter with a tracked link and a one-click unsubscribe address. */
  public static Message message(String id, String recipient) {
    return new Message(
        id,
        recipient,
        "Autumn has come, Ada",
        """
        <p>Hello Ada,</p>
        <p>the <a href="https://shop.example/c/abc123">autumn catalogue</a> is here.</p>
        """,
        """
        Hello Ada,
        the autumn catalogue is here: https://shop.example/c/abc123
        """,
        "en",
        URI.create("https://shop.example/u/" + id));
  }

  public static Map<String, Object> order() {
    return order("order-" + NEXT.getAndIncrement(), "49.90");
  }

  /**
   * The properties of an order event.
   *
   * @param total a decimal number in euros
   */
  public static Map<String, Object> order(String id, String total) {
    return Map.of("orderId", id, "total", total, "currency", "EUR", "items", 2);
  }
}
