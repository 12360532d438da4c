package soloist.imports;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.ingest.EventInput;
import soloist.profile.EventTypes;
import soloist.spi.Fetched;
import soloist.store.Values;

/** Turns the records of one file into events, under the checks of every event. */
final class Translation {
  private final String key;
  private final Instant asOf;

  /**
   * @param asOf when the file came: what is told later is newer than all of it
   */
  private Translation(String key, Instant asOf) {
    this.key = key;
    this.asOf = asOf;
  }

  /**
   * The same file read in the same way gives the same ids, so that it is taken once however often
   * it is brought in; read in another way it is told anew.
   */
  static Translation of(Import file, Reading reading) {
    return new Translation(
        Values.hash(
            file.sha256(),
            file.plugin(),
            reading.settings().encode(),
            reading.mapping().kind().name(),
            String.join("\n", reading.mapping().targets())),
        file.createdAt());
  }

  Told tell(Fetched record) {
    return switch (record) {
      case Fetched.Customer customer -> customer(customer);
      case Fetched.Order order ->
          order.identifiers().isEmpty() ? new Told.Ownerless(order.row()) : order(order);
      case Fetched.Product product -> new Told.Goods(product.row(), product);
      case Fetched.Rejected rejected -> new Told.Refused(Reject.of(rejected));
    };
  }

  /** The owner's word that this person has agreed. */
  EventInput consent(Told.Event of, ConsentAnswer answer) {
    return answer
        .event(new JsonObject(Map.copyOf(of.input().identifiers())), asOf)
        .as(id(of.row()) + ":consent:" + answer.purpose());
  }

  private Told customer(Fetched.Customer customer) {
    JsonObject facts = new JsonObject();
    customer.traits().forEach(facts::put);
    JsonObject event = event(EventTypes.TRAITS, asOf, customer.identifiers(), facts);
    return checked(
        customer.row(),
        event,
        input -> {
          // JSON has no instants: what the checks have seen as texts are dates all the same.
          Map<String, Object> properties = new LinkedHashMap<>(input.properties());
          customer
              .traits()
              .forEach(
                  (trait, value) -> {
                    if (value instanceof Instant instant) {
                      properties.put(trait, instant.truncatedTo(ChronoUnit.MILLIS));
                    }
                  });
          return input.with(properties).as(id(customer.row()));
        },
        0);
  }

  private Told order(Fetched.Order order) {
    JsonObject properties = new JsonObject().put("orderId", order.id());
    BigDecimal total = order.total() == null ? sum(order.lines()) : order.total();
    if (total != null) {
      properties.put("total", total);
    }
    if (order.currency() != null) {
      properties.put("currency", order.currency());
    }
    if (order.returned()) {
      properties.put("returned", true);
    }
    Lines lines = new Lines(order.lines());
    if (lines.leftOut() > 0) {
      properties.put("moreLines", lines.leftOut());
    }
    return checked(
        order.row(),
        event(EventTypes.ORDER, order.time(), order.identifiers(), properties),
        input -> input.with(lines.checked(input.properties(), asOf)),
        lines.leftOut());
  }

  private static @Nullable BigDecimal sum(List<Fetched.Line> lines) {
    BigDecimal sum = null;
    for (Fetched.Line line : lines) {
      if (line.price() != null) {
        BigDecimal quantity = line.quantity() == null ? BigDecimal.ONE : line.quantity();
        sum = (sum == null ? BigDecimal.ZERO : sum).add(line.price().multiply(quantity));
      }
    }
    return sum;
  }

  private static JsonObject event(
      String type, Instant time, Map<String, String> identifiers, JsonObject properties) {
    JsonObject known = new JsonObject();
    identifiers.forEach(known::put);
    return new JsonObject()
        .put("type", type)
        .put("time", time.toString())
        .put("identifiers", known)
        .put("properties", properties);
  }

  private interface Finish {
    EventInput apply(EventInput input);
  }

  private Told checked(long row, JsonObject event, Finish finish, int leftOut) {
    try {
      return new Told.Event(row, finish.apply(EventInput.read(event, asOf)), leftOut);
    } catch (Problem e) {
      return new Told.Refused(Reject.of(row, e, event));
    }
  }

  /** With zeros in front, so that of two rows about one person the later stands. */
  private String id(long row) {
    return "import:" + key + ":" + String.format("%09d", row);
  }
}
