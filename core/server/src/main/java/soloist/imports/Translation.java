package soloist.imports;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.ingest.EventInput;
import soloist.profile.EventTypes;
import soloist.spi.Fetched;
import soloist.store.Values;

/** Turns the records of one file into events, under the checks of every event. */
final class Translation {
  private static final int DIGITS = 9;

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
    // Without a time of its own it is of when the file came.
    JsonObject event = event(EventTypes.TRAITS, customer.identifiers(), facts);
    return checked(
        customer.row(),
        event,
        () -> {
          EventInput input = EventInput.read(id(customer.row()), event, asOf);
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
          return input.with(properties);
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
    JsonObject event =
        event(EventTypes.ORDER, order.identifiers(), properties)
            .put("time", order.time().toString());
    return checked(
        order.row(),
        event,
        () -> {
          EventInput input = EventInput.read(event, asOf);
          return input.with(lines.checked(input.properties(), asOf));
        },
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
      String type, Map<String, String> identifiers, JsonObject properties) {
    JsonObject known = new JsonObject();
    identifiers.forEach(known::put);
    return new JsonObject()
        .put("type", type)
        .put("identifiers", known)
        .put("properties", properties);
  }

  private static Told checked(long row, JsonObject event, Supplier<EventInput> check, int leftOut) {
    try {
      return new Told.Event(row, check.get(), leftOut);
    } catch (Problem e) {
      return new Told.Refused(Reject.of(row, e, event));
    }
  }

  /** With zeros in front, so that of two rows about one person the later stands. */
  private String id(long row) {
    String digits = Long.toString(row);
    return "import:" + key + ":" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
  }
}
