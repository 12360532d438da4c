package soloist.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events of a shop whose people do ten things each, as requests ready to be sent. */
final class Told {
  private static final int EVENTS_A_PERSON = 10;
  private static final int ONE_ORDER_IN = 4;

  private final Random random;

  Told(long seed) {
    random = new Random(seed);
  }

  /**
   * Where requests go.
   *
   * @param authorization the header's value, empty for none
   */
  record Place(String path, String authorization) {
    private byte[] request(JsonObject body) {
      String text = body.encode();
      String who = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n";
      return ("POST "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + who
              + "Content-Length: "
              + text.getBytes(UTF_8).length
              + "\r\n\r\n"
              + text)
          .getBytes(UTF_8);
    }

    private Place below(String more) {
      return new Place(path + more, authorization);
    }
  }

  /** Requests of so many events each. */
  List<byte[]> batches(int n, int size, Place place) {
    List<JsonObject> events = events(n);
    List<byte[]> requests = new ArrayList<>();
    for (int from = 0; from < n; from += size) {
      JsonArray batch = new JsonArray(events.subList(from, Math.min(n, from + size)));
      requests.add(place.below("/batch").request(new JsonObject().put("events", batch)));
    }
    return requests;
  }

  /** A request an event. */
  List<byte[]> single(int n, Place place) {
    return events(n).stream().map(place::request).toList();
  }

  private List<JsonObject> events(int n) {
    List<JsonObject> events = new ArrayList<>();
    int people = Math.max(1, n / EVENTS_A_PERSON);
    for (int i = 0; i < n; i++) {
      boolean isOrder = random.nextInt(ONE_ORDER_IN) == 0;
      JsonObject properties =
          isOrder
              ? new JsonObject()
                  .put("orderId", "A-" + i)
                  .put("total", BigDecimal.valueOf(500 + random.nextInt(9_000), 2).toString())
                  .put("currency", "EUR")
              : new JsonObject()
                  .put("url", "https://shop.example.com/tea/" + random.nextInt(500))
                  .put("category", "tea " + random.nextInt(20))
                  .put("seconds", random.nextInt(300));
      events.add(
          new JsonObject()
              .put("id", String.format("e-%09d", i))
              .put("type", isOrder ? "order" : "product_view")
              .put(
                  "identifiers",
                  new JsonObject().put("email", "person" + random.nextInt(people) + "@example.com"))
              .put("properties", properties));
    }
    return events;
  }
}
