package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Runs of profilers: what they may say, what becomes of those that behave badly. */
class ProfilerIT {
  @TempDir Path folder;
  private Line line;
  private Owner owner;

  @BeforeEach
  void open() {
    line = Line.open(folder);
    owner = new Owner(line);
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void tooFewCustomersAreRefusedWithTheNumberThatIsMissing() {
    List.of("ada", "bea", "cea").forEach(name -> line.customer(name).orders("o-" + name));
    line.settle();
    owner.configure("rfm", "profiler-value", new JsonObject().put("currency", "EUR"));

    JsonObject job = owner.run("rfm", new JsonObject());

    assertEquals("failed", job.getString("state"));
    assertEquals(
        "Scores need 25 customers with orders; you have 3, so 22 more.", job.getString("reason"));
    String chinese =
        line.get("/api/v1/jobs/" + job.getString("id"), "Accept-Language", "zh-CN").body();
    assertEquals("评分需要 25 位有订单的客户；您现有 3 位，还差 22 位。", new JsonObject(chinese).getString("reason"));
    assertEquals(List.of(), line.items("/api/v1/models"));
    assertEquals(job, line.items("/api/v1/instances/rfm/runs").getFirst());
    assertEquals(List.of(), line.items("/api/v1/instances/none/runs"));
    JsonObject columns = line.json("/api/v1/instances/rfm/columns");
    assertEquals(3, columns.getInteger("people"));
    assertEquals(
        new JsonObject()
            .put("key", "orders")
            .put("type", "number")
            .put("set", "time")
            .put("known", 3)
            .put("other", 0),
        line.items("/api/v1/instances/rfm/columns").getFirst());

    JsonObject orders = line.json("/api/v1/survey/trait?trait=orders");
    assertEquals(3, orders.getInteger("count"));
    assertEquals(1.0, orders.getJsonObject("numbers").getDouble("mean"));
    JsonObject relations = line.json("/api/v1/survey/relations?traits=orders,spent_EUR");
    assertEquals(3, relations.getJsonArray("points").size(), relations.encode());
    assertNull(
        relations.getJsonArray("correlation").getJsonArray(0).getValue(1),
        "all have one order each, so nothing goes with it");
    assertEquals(400, line.get("/api/v1/survey/relations?traits=orders").statusCode());
    assertEquals(400, line.get("/api/v1/survey/trait?trait=a.b").statusCode());
  }

  @Test
  void aProfilerThatBehavesBadlyEndsItsRunOnly() {
    install();
    for (String name : List.of("Ada", "Bea", "Cea")) {
      line.tell(
          traits(
              name.toLowerCase(java.util.Locale.ROOT), new JsonObject().put("first_name", name)));
    }
    owner.configure("moody", "moody", new JsonObject());

    owner.run("moody", new JsonObject().put("seed", 1));
    Map<String, Object> first = lots();
    line.advance(Duration.ofMinutes(1));
    owner.run("moody", new JsonObject().put("seed", 2));
    Map<String, Object> second = lots();
    line.advance(Duration.ofMinutes(1));
    owner.run("moody", new JsonObject().put("seed", 1));

    assertEquals(3, first.size());
    assertNotEquals(first, second);
    assertEquals(first, lots(), "the same seed said something else");
    assertEquals(List.of("moody-lucky"), line.customer("ada").segments());
    assertEquals(
        List.of("lot"), line.items("/api/v1/models").getFirst().getJsonArray("traits").getList());

    line.advance(Duration.ofMinutes(1));
    change("moody", "picky");
    JsonObject picky = owner.run("moody", new JsonObject().put("seed", 1)).getJsonObject("result");
    assertEquals(1, picky.getInteger("silenced"), picky.encode());
    assertEquals(Set.of("bea", "cea"), lots().keySet());
    assertEquals(List.of(), line.customer("ada").segments());
    assertEquals(1, line.stored("definitions").countDocuments(new Document("id", "moody-lucky")));
    change("moody", "strict");
    line.advance(Duration.ofMinutes(1));
    owner.run("moody", new JsonObject().put("seed", 1));
    assertEquals(2, line.stored("definitions").countDocuments(new Document("id", "moody-lucky")));

    change("moody", "throws");
    JsonObject thrown = owner.run("moody", new JsonObject());
    assertEquals("failed", thrown.getString("state"));
    assertTrue(thrown.getString("reason").contains("out of sorts"), thrown.encode());
    change("moody", "greedy");
    JsonObject greedy = owner.run("moody", new JsonObject());
    assertEquals("failed", greedy.getString("state"));
    assertTrue(greedy.getString("reason").contains("'orders'"), greedy.encode());

    change("moody", "endless");
    HttpResponse<String> begun = owner.ask("/instances/moody/runs", new JsonObject());
    String endless = "/jobs/" + new JsonObject(begun.body()).getString("id");
    Line.until(
        "its fit", () -> "learning".equals(line.json("/api/v1" + endless).getString("what")));
    assertEquals(409, owner.ask("/instances/moody/runs", new JsonObject()).statusCode());
    owner.ask(endless + "/cancel", new JsonObject());
    assertEquals("cancelled", owner.awaitEnd(begun).getString("state"));
    assertEquals(200, line.get("/api/v1/status").statusCode());
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "waits a minute until a profiler counts as hanging")
  void aProfilerThatHangsEndsItsRunOnly() {
    install();
    line.customer("ada").orders("o-1");
    owner.configure("moody", "moody", new JsonObject().put("mood", "hangs"));

    JsonObject begun = new JsonObject(owner.ask("/instances/moody/runs", new JsonObject()).body());
    String job = "/api/v1/jobs/" + begun.getString("id");
    soloist.testkit.Eventually.until(
        Duration.ofSeconds(90),
        "its end",
        () -> !line.json(job).getString("state").equals("running"));

    assertEquals("failed", line.json(job).getString("state"));
    assertTrue(line.json(job).getString("reason").contains("60"), line.json(job).encode());
  }

  private Map<String, Object> lots() {
    Map<String, Object> lots = new TreeMap<>();
    owner
        .people()
        .forEach(
            (email, profile) -> {
              if (profile.getJsonObject("traits").containsKey("lot")) {
                lots.put(
                    email.replaceAll("@.*", ""), profile.getJsonObject("traits").getValue("lot"));
              }
            });
    return lots;
  }

  private JsonObject traits(String name, JsonObject properties) {
    return line.customer(name).event("traits", "traits", properties);
  }

  private void install() {
    byte[] zip =
        HomemadePlugin.zip(
            folder,
            "moody",
            "1.0.0",
            "moody/Moody",
            """
            {"type": "object", "additionalProperties": false,
             "properties": {"mood": {"type": "string"}}}
            """);
    HttpResponse<String> uploaded =
        line.send(
            HttpRequest.newBuilder(line.url("/api/v1/plugins"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(zip)),
            "Content-Type",
            "application/octet-stream");
    assertEquals(201, uploaded.statusCode(), uploaded.body());
    JsonObject candidate = new JsonObject(uploaded.body()).getJsonObject("candidate");
    HttpResponse<String> installed =
        owner.ask(
            "/plugins/moody/install",
            new JsonObject().put("sha256", candidate.getString("sha256")));
    assertEquals(200, installed.statusCode(), installed.body());
  }

  private void change(String id, String mood) {
    HttpResponse<String> changed =
        owner.ask(
            "/instances/" + id,
            new JsonObject().put("name", id).put("settings", new JsonObject().put("mood", mood)));
    assertEquals(200, changed.statusCode(), changed.body());
  }
}
