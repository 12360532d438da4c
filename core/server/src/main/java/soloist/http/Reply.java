package soloist.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What an endpoint answers. */
public record Reply(int status, Map<String, String> headers, Buffer body) {

  public Reply {
    headers = Map.copyOf(headers);
  }

  public static Reply json(int status, JsonObject body) {
    return new Reply(status, Map.of("Content-Type", "application/json"), body.toBuffer());
  }

  public static Reply json(Map<String, ?> body) {
    return json(200, Json.object(body));
  }

  public static Reply html(int status, String html) {
    return new Reply(
        status, Map.of("Content-Type", "text/html; charset=utf-8"), Buffer.buffer(html));
  }

  public Reply with(String header, String value) {
    Map<String, String> all = new java.util.HashMap<>(headers);
    all.put(header, value);
    return new Reply(status, all, body);
  }
}
