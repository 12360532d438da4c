package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner configures, over the API. */
class InstancesTest {
  private static final String SECRET = "s3cret-of-the-owner";
  private static final String SCHEMA =
      """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": false,
        "required": ["host", "key"],
        "x-test": {"action": "send-message"},
        "properties": {
          "host": {"type": "string", "minLength": 2, "maxLength": 20, "pattern": "^[a-z.]+$"},
          "connections": {"type": "integer", "minimum": 1, "maximum": 9},
          "way": {"type": "string", "enum": ["slow", "fast"]},
          "mail": {"type": "string", "format": "email"},
          "refuse": {"type": "boolean"},
          "key": {"type": "string", "x-secret": true, "writeOnly": true}
        }
      }
      """;

  @TempDir private static Path folder;
  private static Hosted hosted;

  @BeforeAll
  static void open() throws IOException {
    hosted = new Hosted(folder).start();
    hosted.install(TestPlugin.good("it", "1.0.0").schema(SCHEMA));
  }

  @AfterEach
  void forget() {
    hosted.store().instances().deleteMany(new Document());
  }

  @AfterAll
  static void close() throws IOException {
    hosted.close();
  }

  @Test
  void severalOfOneTypeEachWithItsSettings() {
    create("one", settings().put("way", "slow"));
    create("two", settings().put("way", "fast"));

    JsonArray items = new JsonObject(hosted.get("instances").body()).getJsonArray("items");

    assertEquals(2, items.size());
    assertEquals("fast", hosted.plugins().instances().settings("two").text("way"));
    assertEquals("slow", hosted.plugins().instances().settings("one").text("way"));
  }

  @Test
  void aSecretIsSealedInTheStoreAndNeverTold() {
    JsonObject created = create("one", settings());

    assertEquals(List.of("key"), created.getJsonArray("secretsSet").getList());
    assertFalse(created.encode().contains(SECRET));
    assertFalse(hosted.get("instances").body().contains(SECRET));
    assertFalse(hosted.get("instances/one").body().contains(SECRET));
    assertFalse(hosted.store().instances().find().first().toJson().contains(SECRET));
    assertEquals(SECRET, hosted.plugins().instances().settings("one").text("key"));
  }

  @Test
  void aSecretThatIsLeftOutStaysAndOneOfAnotherInstanceDoesNotOpen() {
    create("one", settings());
    hosted.done("instances/one", body("one", new JsonObject().put("host", "other.example")));

    assertEquals(SECRET, hosted.plugins().instances().settings("one").text("key"));
    assertEquals("other.example", hosted.plugins().instances().settings("one").text("host"));

    var moved = hosted.store().instances().find().first().append("_id", "stolen");
    hosted.store().instances().insertOne(moved);
    org.junit.jupiter.api.Assertions.assertThrows(
        IllegalArgumentException.class, () -> hosted.plugins().instances().settings("stolen"));
  }

  @Test
  void aSecretThatIsNeededCannotBeTakenAway() {
    create("one", settings());

    HttpResponse<String> response =
        hosted.post(
            "instances/one", body("one", new JsonObject().put("host", "a.example").putNull("key")));

    assertEquals(Set.of("/settings/key setting-required"), faults(response));
  }

  @Test
  void everyFaultIsNamedWithItsField() {
    JsonObject settings =
        new JsonObject()
            .put("host", "UPPER")
            .put("connections", 10)
            .put("way", "fastest")
            .put("mail", "no address")
            .put("refuse", "yes")
            .put("more", 1);

    HttpResponse<String> response = hosted.post("instances", body("one", settings));

    assertEquals(400, response.statusCode());
    assertEquals(
        new TreeSet<>(
            Set.of(
                "/settings/host setting-pattern",
                "/settings/connections setting-maximum",
                "/settings/way setting-enum",
                "/settings/mail setting-format",
                "/settings/refuse setting-type",
                "/settings/more setting-unknown",
                "/settings/key setting-required")),
        faults(response));
    assertTrue(response.body().contains("at most 9"), response.body());
    assertTrue(response.body().contains("slow, fast"), response.body());
    assertEquals(404, hosted.get("instances/one").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "A", "a/b", "../a", "", "1a"})
  void anIdThatCannotBeIsRefused(String id) {
    assertEquals(Set.of("/id instance-id"), faults(hosted.post("instances", body(id, settings()))));
  }

  @Test
  void theTestButtonSendsForReal() {
    create("one", settings());
    create("bad", settings().put("refuse", true));

    JsonObject good = hosted.done("instances/one/test", new JsonObject().put("recipient", "ada"));
    JsonObject bad = hosted.done("instances/bad/test", new JsonObject().put("recipient", "ada"));

    assertTrue(good.getBoolean("ok"), good.encode());
    assertTrue(good.getString("message").startsWith("good:test."), good.encode());
    assertTrue(good.getString("message").endsWith(SECRET), good.encode());
    assertFalse(bad.getBoolean("ok"));
    assertEquals("setting 'refuse' must be left out", bad.getString("message"));
    assertEquals(
        Set.of("/recipient instance-recipient"),
        faults(hosted.post("instances/one/test", new JsonObject())));
  }

  @Test
  void anUpdateWhoseFormNoLongerFitsIsRefusedWithTheInstance() {
    create("one", settings());
    String narrower = SCHEMA.replace("\"maxLength\": 20", "\"maxLength\": 3");
    JsonObject card =
        new JsonObject(hosted.upload(TestPlugin.good("it", "1.1.0").schema(narrower).zip()).body());
    String sha256 = card.getJsonObject("candidate").getString("sha256");

    HttpResponse<String> response =
        hosted.post("plugins/it/install", new JsonObject().put("sha256", sha256));

    assertEquals(Set.of("instances/one plugin-trial-settings"), faults(response));
    assertEquals("1.0.0", hosted.card("it").getJsonObject("current").getString("version"));
  }

  @Test
  void aSchemaThatLeadsElsewhereIsRefusedAndNobodyIsAsked() throws IOException {
    try (ServerSocket elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      elsewhere.setSoTimeout(200);
      String url = "http://127.0.0.1:" + elsewhere.getLocalPort() + "/schema.json";
      for (String hostile :
          List.of(
              SCHEMA.replace("{\"type\": \"boolean\"}", "{\"$ref\": \"" + url + "\"}"),
              SCHEMA.replace("{\"type\": \"boolean\"}", "{\"$dynamicRef\": \"" + url + "#a\"}"),
              SCHEMA.replace("https://json-schema.org/draft/2020-12/schema", url),
              SCHEMA.replace("\"required\"", "\"$id\": \"" + url + "\", \"required\""))) {
        HttpResponse<String> response =
            hosted.upload(TestPlugin.good("it", "2.0.0").schema(hostile).zip());

        assertEquals(Set.of("config.schema.json plugin-schema-ref"), faults(response));
      }
      org.junit.jupiter.api.Assertions.assertThrows(
          java.net.SocketTimeoutException.class, elsewhere::accept);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "[]",
        "{\"type\": \"array\"}",
        "{\"type\": \"object\", \"properties\": {}}",
        "{\"type\": \"object\", \"additionalProperties\": false, \"properties\": {\"a.b\": {}}}",
        "{\"type\": \"object\", \"additionalProperties\": false, \"properties\": {\"a\": 1}}",
        "{\"type\": \"object\", \"additionalProperties\": false,"
            + " \"properties\": {\"a\": {\"type\": \"integer\", \"x-secret\": true}}}"
      })
  void aSchemaThatIsNoFormIsRefused(String schema) {
    HttpResponse<String> response =
        hosted.upload(TestPlugin.good("it", "2.0.0").schema(schema).zip());

    assertEquals(Set.of("config.schema.json plugin-schema"), faults(response));
  }

  private static JsonObject create(String id, JsonObject settings) {
    return hosted.done("instances", body(id, settings));
  }

  private static JsonObject settings() {
    return new JsonObject().put("host", "mail.example").put("key", SECRET);
  }

  private static JsonObject body(String id, JsonObject settings) {
    return new JsonObject()
        .put("id", id)
        .put("plugin", "it")
        .put("name", "The " + id)
        .put("settings", settings);
  }

  private static Set<String> faults(HttpResponse<String> response) {
    return new JsonObject(response.body())
        .getJsonArray("errors", new JsonArray()).stream()
            .map(JsonObject.class::cast)
            .map(fault -> fault.getString("pointer") + " " + fault.getString("code"))
            .collect(Collectors.toCollection(TreeSet::new));
  }
}
