package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner enters what was told over the counter, and finds people while typing. */
class ByHandIT {
  private static final String ALL = "/api/v1/profiles";

  @TempDir Path folder;
  private Line line;

  @BeforeEach
  void open() {
    line = Line.withStoreInside(folder);
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void whatIsEnteredByHandIsARowWithItsSource() {
    String ada = add("ada@example.com", "+49 170 1234", new JsonObject().put("name", "Ada José"));
    String one = ALL + "/" + ada;
    assertEquals(200, line.get(one).statusCode(), "there is no portrait right after the answer");

    assertEquals(409, post(ALL, person("Ada@Example.com", new JsonObject())).statusCode());
    assertEquals(202, post(one + "/traits", traits("age", 34)).statusCode());
    line.advance(Duration.ofMinutes(1));
    assertEquals(202, post(one + "/traits", traits("age", 35)).statusCode());
    assertEquals(202, post(one + "/traits", traits("tag:老朋友", true)).statusCode());
    JsonObject consent =
        new JsonObject()
            .put("purpose", "marketing")
            .put("granted", true)
            .put("source", "phone call")
            .put("note", "asked for the autumn list");
    assertEquals(202, post(one + "/consents", consent).statusCode());
    line.settle();

    JsonObject portrait = line.json(one);
    JsonObject age = fact(portrait, "age");
    assertEquals(35, age.getInteger("value"));
    assertEquals("hand", age.getString("source"));
    assertEquals(
        "phone call", portrait.getJsonArray("consents").getJsonObject(0).getString("source"));
    assertTrue(
        line.items(one + "/timeline").stream()
            .anyMatch(
                event ->
                    "asked for the autumn list"
                        .equals(event.getJsonObject("properties").getString("note"))));

    assertEquals(1, counted("tag:老朋友"));
    line.advance(Duration.ofMinutes(1));
    assertEquals(202, post(one + "/traits", traits("tag:老朋友", false)).statusCode());
    line.settle();
    assertEquals(0, counted("tag:老朋友"));
  }

  @Test
  void whatCannotBeIsRefusedWithItsPlace() {
    String ada = add("ada@example.com", "+49 170 1234", new JsonObject());
    String traits = ALL + "/" + ada + "/traits";

    assertEquals("/traits/age", fault(post(traits, traits("age", 131))));
    assertEquals("/traits/age", fault(post(traits, traits("age", "old"))));
    assertEquals("/traits/gender", fault(post(traits, traits("gender", "x"))));
    assertEquals("/traits/city", fault(post(traits, traits("city", " "))));
    assertEquals("/properties/orders", fault(post(traits, traits("orders", 7))));
    assertEquals("/properties/tag:VIP", fault(post(traits, traits("tag:VIP", "yes"))));
    assertEquals(
        "/properties/source",
        fault(
            post(
                ALL + "/" + ada + "/consents",
                new JsonObject().put("purpose", "marketing").put("granted", true))));
    assertEquals(404, post(ALL + "/nobody/traits", traits("age", 3)).statusCode());
    assertEquals(400, post(ALL, person("no address", new JsonObject())).statusCode());
  }

  @Test
  void peopleAreFoundByTheBeginningOfWhatOneKnows() {
    String ada = add("ada@example.com", "+49 170 1234", new JsonObject().put("name", "Ada José"));
    String fang =
        add(
            "wang@example.cn",
            "13800138000",
            new JsonObject().put("first_name", "王芳").put("city", "ada"));
    line.settle();

    for (String words : List.of("ad", "ADA@ex", "+49 (170) 12", "49170", "jose", "Ada J", ada)) {
      assertEquals(List.of(ada), found(words), words);
    }
    assertEquals(List.of(fang), found("王"));
    assertEquals(List.of(fang), found("芳"));
    assertEquals(List.of(), found("osé"));
    assertEquals(List.of(), found("\u0000.*"));
    assertEquals(2, line.items(ALL).size());
  }

  private List<String> found(String words) {
    return line.items(ALL + "?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8)).stream()
        .map(person -> person.getString("id"))
        .toList();
  }

  private int counted(String tag) {
    JsonObject condition =
        new JsonObject()
            .put("trait", tag)
            .put("comparison", "equal")
            .put("value", true)
            .put("type", "boolean");
    HttpResponse<String> answer =
        post("/api/v1/segments/preview", new JsonObject().put("condition", condition));
    return new JsonObject(answer.body()).getJsonObject("count").getInteger("value");
  }

  private String add(String email, String phone, JsonObject traits) {
    JsonObject person = person(email, traits);
    person.getJsonObject("identifiers").put("phone", phone);
    HttpResponse<String> added = post(ALL, person);
    assertEquals(202, added.statusCode(), added.body());
    line.settle();
    return new JsonObject(added.body()).getString("id");
  }

  private HttpResponse<String> post(String path, JsonObject body) {
    return line.send(
        HttpRequest.newBuilder(line.url(path))
            .POST(HttpRequest.BodyPublishers.ofString(body.encode())),
        "Content-Type",
        "application/json");
  }

  private static JsonObject person(String email, JsonObject traits) {
    return new JsonObject()
        .put("identifiers", new JsonObject().put("email", email))
        .put("traits", traits);
  }

  private static JsonObject traits(String key, Object value) {
    return new JsonObject().put("traits", new JsonObject().put(key, value));
  }

  private static String fault(HttpResponse<String> response) {
    assertEquals(400, response.statusCode(), response.body());
    return new JsonObject(response.body())
        .getJsonArray("errors")
        .getJsonObject(0)
        .getString("pointer");
  }

  private static JsonObject fact(JsonObject portrait, String key) {
    return Line.objects(portrait.getJsonArray("traits")).stream()
        .filter(trait -> trait.getString("key").equals(key))
        .findFirst()
        .orElseThrow();
  }
}
