package soloist.imports;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.ingest.EventInput;
import soloist.spi.Fetched;

/** The lines of one order, as many from its beginning as a row may hold. */
final class Lines {
  /** A row is read and folded whole; an event over HTTP may not be longer either. */
  private static final int MOST_BYTES = 48 << 10;

  /** What one check of an event takes at a time. */
  private static final int AT_ONCE = 30;

  private final List<JsonObject> kept = new ArrayList<>();
  private final int leftOut;

  Lines(List<Fetched.Line> lines) {
    long bytes = 0;
    for (Fetched.Line line : lines) {
      JsonObject json = json(line);
      bytes += json.encode().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        break;
      }
      kept.add(json);
    }
    leftOut = lines.size() - kept.size();
  }

  int leftOut() {
    return leftOut;
  }

  /**
   * The properties of the order with its lines, which pass the checks of every event.
   *
   * @throws Problem when one does not
   */
  Map<String, Object> checked(Map<String, Object> properties, Instant now) {
    if (kept.isEmpty()) {
      return properties;
    }
    List<Object> lines = new ArrayList<>();
    for (int from = 0; from < kept.size(); from += AT_ONCE) {
      List<JsonObject> some = kept.subList(from, Math.min(kept.size(), from + AT_ONCE));
      JsonObject event =
          new JsonObject()
              .put("type", "lines")
              .put("identifiers", new JsonObject().put("userId", "anybody"))
              .put("properties", new JsonObject().put("lines", new JsonArray(some)));
      lines.addAll((List<?>) EventInput.read(event, now).properties().get("lines"));
    }
    Map<String, Object> all = new LinkedHashMap<>(properties);
    all.put("lines", lines);
    return all;
  }

  private static JsonObject json(Fetched.Line line) {
    JsonObject json = new JsonObject().put("product", line.product());
    put(json, "name", line.name());
    put(json, "category", line.category());
    put(json, "quantity", line.quantity());
    put(json, "price", line.price());
    return json;
  }

  private static void put(JsonObject json, String key, @Nullable Object value) {
    if (value != null) {
      json.put(key, value);
    }
  }
}
