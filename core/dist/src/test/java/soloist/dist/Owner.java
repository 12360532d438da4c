package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import soloist.testkit.Eventually;

/** What an owner does with instances and jobs, and everybody as the list shows them. */
record Owner(Line line) {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** By e-mail. */
  Map<String, JsonObject> people() {
    List<JsonObject> all = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonObject page =
          line.json("/api/v1/profiles?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      all.addAll(Line.objects(page.getJsonArray("items")));
      cursor = page.getString("nextCursor");
    }
    Map<String, JsonObject> people = new TreeMap<>();
    all.forEach(
        profile ->
            people.put(
                profile.getJsonObject("identifiers").getJsonArray("email").getString(0), profile));
    return people;
  }

  /** Brings a file of orders in, as history. */
  void bringIn(String orders) {
    HttpResponse<String> uploaded =
        line.send(
            HttpRequest.newBuilder(line.url("/api/v1/imports?plugin=connector-csv&name=orders.csv"))
                .POST(HttpRequest.BodyPublishers.ofString(orders)),
            "Content-Type",
            "application/octet-stream");
    String file = new JsonObject(uploaded.body()).getString("id");
    JsonObject mapping =
        new JsonObject()
            .put("kind", "orders")
            .put(
                "targets",
                List.of("email", "order.id", "order.time", "order.total", "order.currency"));
    JsonObject job =
        awaitEnd(ask("/imports/" + file + "/start", new JsonObject().put("mapping", mapping)));
    assertEquals("done", job.getString("state"), job.encode());
  }

  void configure(String id, String plugin, JsonObject settings) {
    HttpResponse<String> made =
        ask(
            "/instances",
            new JsonObject()
                .put("id", id)
                .put("plugin", plugin)
                .put("name", id)
                .put("settings", settings));
    assertEquals(201, made.statusCode(), made.body());
  }

  JsonObject run(String instance, JsonObject body) {
    return awaitEnd(ask("/instances/" + instance + "/runs", body));
  }

  /** The job when it is over. */
  JsonObject awaitEnd(HttpResponse<String> begun) {
    assertEquals(202, begun.statusCode(), begun.body());
    String job = "/api/v1/jobs/" + new JsonObject(begun.body()).getString("id");
    Eventually.until(
        LONGEST, "the job", () -> !line.json(job).getString("state").equals("running"));
    return line.json(job);
  }

  HttpResponse<String> ask(String path, JsonObject body) {
    return line.send(
        HttpRequest.newBuilder(line.url("/api/v1" + path))
            .POST(HttpRequest.BodyPublishers.ofString(body.encode())),
        "Content-Type",
        "application/json");
  }
}
