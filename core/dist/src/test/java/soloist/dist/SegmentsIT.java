package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner makes a segment, sees who is in it and why, changes it and takes it away again. */
class SegmentsIT {
  private static final String ALL = "/api/v1/segments";
  private static final JsonObject TWO_ORDERS = did("order", 2, "P30D");

  @TempDir Path folder;
  private Line line;
  private Customer ada;
  private Customer ben;

  @BeforeEach
  void open() {
    line = Line.withStoreInside(folder);
    ada = line.customer("ada");
    ben = line.customer("ben");
    line.tell(ada.event("who", "traits", new JsonObject().put("city", "Kiel").put("age", 34)));
    line.tell(ada.event("look", "visit", new JsonObject()));
    ada.orders("A-1");
    ada.orders("A-2");
    ben.orders("B-1");
    line.settle();
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void aSegmentIsTriedMadeFilledChangedAndRemoved() {
    assertEquals(List.of("Ada's mail"), sample(TWO_ORDERS, "ada", "Ada's mail"));
    JsonObject asked = ask(did("visit", 1, "P1D"));
    assertEquals(1, asked.getJsonObject("count").getInteger("value"), "nobody asked for it before");
    assertTrue(asked.getJsonObject("count").getBoolean("exact"));
    assertTrue(line.json(ALL + "/words").getJsonArray("events").contains("visit"));

    JsonObject lines =
        ask(
            new JsonObject()
                .put(
                    "all",
                    JsonArray.of(did("order", 1, "P30D"), TWO_ORDERS, did("hop", 1, "P1D"))));
    assertEquals(
        List.of(2, 1, 0),
        Line.objects(lines.getJsonArray("lines")).stream().map(it -> it.getInteger("in")).toList());
    assertEquals(
        JsonArray.of(new JsonObject().put("segment", "recent-buyers").put("people", 1)),
        ask(TWO_ORDERS).getJsonArray("overlaps"));

    assertFalse(isStepDone(), "what ships with the house is nobody's first segment");
    HttpResponse<String> made = post(ALL, segment("Regulars", TWO_ORDERS));
    assertTrue(isStepDone());
    assertEquals(201, made.statusCode(), made.body());
    assertEquals("\"1\"", made.headers().firstValue("ETag").orElseThrow());
    JsonObject regulars = new JsonObject(made.body());
    assertEquals("Regulars", regulars.getJsonObject("name").getString("zh-CN"));
    String one = ALL + "/" + regulars.getString("id");
    HttpResponse<String> second =
        post(ALL, segment("Not regular", not(inSegment(regulars.getString("id")))));
    String rest = new JsonObject(second.body()).getString("id");
    Line.until("who ordered before is in", () -> ada.segments().contains(regulars.getString("id")));
    Line.until("who did not is in the one for the rest", () -> ben.segments().contains(rest));

    ben.orders("B-2");
    line.settle();
    assertTrue(ben.segments().contains(regulars.getString("id")), "entered as it happened");
    assertFalse(ben.segments().contains(rest), "left the one that asks for the first");
    assertEquals(
        Set.of(ada.id(), ben.id()),
        line.items("/api/v1/profiles?segment=" + regulars.getString("id")).stream()
            .map(person -> person.getString("id"))
            .collect(Collectors.toSet()));

    assertEquals(List.of(2, 2, 0), today(one));
    assertEquals(List.of(0, 1, 1), today(ALL + "/" + rest));

    assertEquals(428, post(one, segment("Regulars", TWO_ORDERS)).statusCode());
    assertEquals(412, change(one, 7, segment("Regulars", TWO_ORDERS)).statusCode());
    HttpResponse<String> changed = change(one, 1, segment("Very regular", did("order", 3, "P90D")));
    assertEquals("\"2\"", changed.headers().firstValue("ETag").orElseThrow(), changed.body());
    JsonObject answer = line.json(one + "/people/" + ben.id());
    assertFalse(answer.getJsonObject("verdict").getBoolean("holds"));
    assertEquals(
        2, answer.getJsonObject("verdict").getJsonObject("saw").getInteger("count"), "of three");
    assertEquals(
        List.of(2, 1),
        line.items(one + "/versions").stream().map(it -> it.getInteger("version")).toList());

    HttpResponse<String> refused = change(one + "/remove", 2, new JsonObject());
    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().contains("Not regular"), refused.body());
    assertEquals(200, change(ALL + "/" + rest + "/remove", 1, new JsonObject()).statusCode());
    assertEquals(200, change(one + "/remove", 2, new JsonObject()).statusCode());
    assertEquals(404, line.get(one).statusCode());
    assertFalse(isStepDone(), "it was taken away again");
    Line.until(
        "nobody is in what was removed", () -> ben.segments().equals(List.of("recent-buyers")));
  }

  /** Who is in a segment, who came and who left, on the only day that there is yet. */
  private List<Integer> today(String segment) {
    JsonObject growth = line.json(segment + "/growth");
    JsonObject today = Line.objects(growth.getJsonArray("days")).getLast();
    assertEquals(growth.getInteger("members"), today.getInteger("members"));
    return List.of(
        today.getInteger("members"), today.getInteger("entered"), today.getInteger("left"));
  }

  @Test
  void whatCannotBeIsRefusedInTheCallersLanguage() {
    HttpResponse<String> used =
        line.send(
            json("/api/v1/segments/recent-buyers/remove", new JsonObject()),
            "Content-Type",
            "application/json",
            "If-Match",
            "\"1\"",
            "Accept-Language",
            "zh-CN");
    assertEquals(409, used.statusCode());
    assertTrue(used.body().contains("下单致谢"), used.body());

    assertEquals("segment-nobody", fault(new JsonObject().put("any", new JsonArray())));
    assertEquals("segment-unknown", fault(inSegment("nobody-knows")));
    assertEquals("segment-condition", fault(new JsonObject().put("fresh", "P1D")));
    assertEquals("segment-name", code(post(ALL, new JsonObject().put("condition", TWO_ORDERS))));

    JsonObject first = new JsonObject(post(ALL, segment("One", TWO_ORDERS)).body());
    JsonObject second =
        new JsonObject(post(ALL, segment("Two", inSegment(first.getString("id")))).body());
    HttpResponse<String> circle =
        change(
            ALL + "/" + first.getString("id"),
            1,
            segment("One", inSegment(second.getString("id"))));
    assertEquals("segment-circle", code(circle));
  }

  private boolean isStepDone() {
    return line.json("/api/v1/status").getJsonObject("steps").getBoolean("segment");
  }

  private String fault(JsonObject condition) {
    return code(post(ALL, segment("Some", condition)));
  }

  private static String code(HttpResponse<String> response) {
    assertEquals(400, response.statusCode(), response.body());
    return new JsonObject(response.body())
        .getJsonArray("errors")
        .getJsonObject(0)
        .getString("code");
  }

  private JsonObject ask(JsonObject condition) {
    HttpResponse<String> answer =
        post(ALL + "/preview", new JsonObject().put("condition", condition));
    assertEquals(200, answer.statusCode(), answer.body());
    return new JsonObject(answer.body());
  }

  private List<String> sample(JsonObject condition, String name, String shown) {
    return Line.objects(ask(condition).getJsonArray("sample")).stream()
        .flatMap(
            person ->
                person.getJsonObject("identifiers").encode().contains(name + "@")
                    ? Stream.of(shown)
                    : Stream.of(person.getString("name")))
        .toList();
  }

  private HttpResponse<String> post(String path, JsonObject body) {
    return line.send(json(path, body), "Content-Type", "application/json");
  }

  private HttpResponse<String> change(String path, int version, JsonObject body) {
    return line.send(
        json(path, body), "Content-Type", "application/json", "If-Match", "\"" + version + "\"");
  }

  private HttpRequest.Builder json(String path, JsonObject body) {
    return HttpRequest.newBuilder(line.url(path))
        .POST(HttpRequest.BodyPublishers.ofString(body.encode()));
  }

  private static JsonObject segment(String name, JsonObject condition) {
    return new JsonObject()
        .put("name", new JsonObject().put("en", name))
        .put("condition", condition);
  }

  private static JsonObject did(String event, int atLeast, String within) {
    return new JsonObject().put("did", event).put("atLeast", atLeast).put("within", within);
  }

  private static JsonObject inSegment(String id) {
    return new JsonObject().put("inSegment", id);
  }

  private static JsonObject not(JsonObject condition) {
    return new JsonObject().put("not", condition);
  }
}
