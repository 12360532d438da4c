package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who turns out to be whom: by what happens, by the owner's word, and back. */
class SamePersonIT {
  private static final String ALL = "/api/v1/profiles/";

  @TempDir static Path folder;
  private static Line line;

  @BeforeAll
  static void open() {
    line = Line.open(folder);
  }

  @AfterAll
  static void close() {
    line.close();
  }

  @Test
  void whatAVisitorDidIsThePersonsOnceTheySayWhoTheyAre() {
    line.customer("ada").orders("A-1");
    line.advance(Duration.ofMinutes(1));
    tell("v1", "visit", Map.of("visitorId", "ada-laptop"));
    tell("v2", "visit", Map.of("visitorId", "ada-laptop"));
    String visitor = row("v1");
    String ada = row("ada-A-1");

    tell("v3", "visit", Map.of("visitorId", "ada-laptop", "email", "ada@example.com"));
    Line.until("one person", () -> events(ada) == 4);
    tell("v4", "visit", Map.of("visitorId", "ada-laptop"));

    line.settle();
    assertEquals(5, events(ada));
    assertEquals(row("v4"), line.json(ALL + ada).getString("id"));
    assertEquals(line.json(ALL + ada), line.json(ALL + visitor), "both ids lead to one person");
    assertEquals(1, line.items("/api/v1/profiles?q=ada@example.com").size());
    assertEquals(1, parts(ada).size());
  }

  @Test
  void aSharedBrowserMakesNobodyAnybodyElse() {
    tell("s1", "visit", Map.of("visitorId", "kiosk", "email", "one@example.com"));
    tell("s2", "visit", Map.of("visitorId", "kiosk", "email", "other@example.com"));
    tell("s3", "visit", Map.of("phone", "+49301234567", "email", "one@example.com"));
    tell("s4", "visit", Map.of("phone", "+49301234567", "email", "third@example.com"));
    line.settle();

    assertEquals(3, List.of(row("s1"), row("s2"), row("s4")).stream().distinct().count());
    JsonObject found = reasons("one@example.com", "third@example.com");
    assertEquals(List.of("phone"), found.getJsonArray("reasons").getList());

    assertEquals(202, post(id(found, "one"), "apart", id(found, "other")).statusCode());

    assertTrue(line.items(ALL + row("s1") + "/doubles").isEmpty());
  }

  @Test
  void twoAccountsAreOnePersonByTheOwnersWordOnlyAndTwoAgainByTheSame() {
    order("b1", Map.of("userId", "b-1", "email", "bea@example.com"), "10.00");
    line.advance(Duration.ofMinutes(1));
    order("b2", Map.of("userId", "b-2", "email", "bea@work.example.com"), "7.50");
    line.advance(Duration.ofMinutes(1));
    // The second account with the first one's address: two people may share one.
    tell("b3", "visit", Map.of("userId", "b-2", "email", "bea@example.com"));
    line.settle();
    String first = row("b1");
    String second = row("b2");
    assertEquals(second, row("b3"));
    JsonObject found = reasons("bea@example.com", "bea@work.example.com");
    assertEquals("named", found.getJsonArray("reasons").getString(0));

    JsonObject preview = line.json(ALL + second + "/together/" + first);
    assertEquals(first, preview.getJsonObject("stays").getString("id"));
    assertEquals(17.5, spent(preview.getJsonObject("together")));
    assertEquals(10.0, spent(preview.getJsonObject("stays")));
    assertEquals(7.5, summarised(second), "looking changes nothing");

    assertEquals(first, new JsonObject(post(second, "merge", first).body()).getString("id"));
    Line.until("one person", () -> summarised(second) == 17.5);
    assertEquals(409, post(second, "merge", first).statusCode());
    assertEquals(3, events(first));
    assertEquals(second, parts(first).getFirst().getString("id"));
    order("b4", Map.of("userId", "b-2"), "1.00");
    Line.until("a further order", () -> summarised(first) == 18.5);

    assertEquals(202, post(first, "unmerge", second).statusCode());
    Line.until("two people", () -> summarised(first) == 10.0);
    Line.until("all that is hers", () -> summarised(second) == 8.5);
    assertEquals(409, post(first, "unmerge", second).statusCode());
    assertEquals(3, events(second));
    tell("b5", "visit", Map.of("userId", "b-2", "email", "bea@example.com"));
    line.settle();
    assertEquals(second, row("b5"));
    assertEquals(10.0, summarised(first));
    assertEquals(404, post("nobody", "merge", first).statusCode());
    assertEquals(400, post(first, "merge", "nobody").statusCode());
  }

  @Test
  void ofSeveralAddressesTheOneUsedLastIsWrittenTo() {
    line.tell(
        event("d1", "consent", Map.of("userId", "d", "email", "a-old@example.com"))
            .put(
                "properties",
                new JsonObject()
                    .put("purpose", "marketing")
                    .put("granted", true)
                    .put("source", "checkout")));
    line.advance(Duration.ofMinutes(1));
    order("d2", Map.of("userId", "d", "email", "z-new@example.com"), "3.00");

    Line.until("a mail", () -> !line.ledger().to("z-new@example.com").isEmpty());
    line.settle();

    assertEquals(List.of(), line.ledger().to("a-old@example.com"));
    JsonObject saw =
        Line.objects(
                line.items(ALL + row("d2") + "/decisions").stream()
                    .map(decision -> decision.getJsonObject("message"))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow()
                    .getJsonArray("gates"))
            .getFirst()
            .getJsonObject("saw");
    assertEquals(2, saw.getInteger("known"));
    assertEquals("d2", saw.getString("event"));
    assertTrue(saw.containsKey("named"), saw.encode());
  }

  private static void order(String id, Map<String, Object> identifiers, String total) {
    line.tell(
        event(id, "order", identifiers)
            .put(
                "properties",
                new JsonObject().put("orderId", id).put("total", total).put("currency", "EUR")));
  }

  private static void tell(String id, String type, Map<String, Object> identifiers) {
    line.tell(event(id, type, identifiers));
  }

  private static JsonObject event(String id, String type, Map<String, Object> identifiers) {
    return new JsonObject()
        .put("id", id)
        .put("type", type)
        .put("identifiers", new JsonObject(identifiers));
  }

  private static HttpResponse<String> post(String id, String what, String other) {
    return line.ask(ALL + id + "/" + what, new JsonObject().put("other", other));
  }

  /** What a list of doubles says of two who have these addresses. */
  private static JsonObject reasons(String one, String other) {
    return line.items("/api/v1/doubles").stream()
        .filter(each -> each.encode().contains(one) && each.encode().contains(other))
        .findFirst()
        .orElseThrow(() -> new AssertionError(one + " and " + other + " are no doubles"));
  }

  private static String id(JsonObject found, String which) {
    return found.getJsonObject(which).getString("id");
  }

  private static List<JsonObject> parts(String id) {
    return line.items(ALL + id + "/parts");
  }

  private static double spent(JsonObject summary) {
    return summary.getJsonObject("traits").getDouble("spent_EUR", 0.0);
  }

  private static double summarised(String id) {
    return Line.objects(line.json(ALL + id).getJsonArray("traits")).stream()
        .filter(trait -> trait.getString("key").equals("spent_EUR"))
        .mapToDouble(trait -> trait.getDouble("value"))
        .findFirst()
        .orElse(0);
  }

  /** Whose an event was journalled for. */
  private static String row(String id) {
    return line.stored("events").find(new Document("_id", id)).first().getString("profileId");
  }

  private static int events(String id) {
    return line.get(ALL + id).statusCode() == 404
        ? 0
        : line.items(ALL + id + "/timeline?limit=100").size();
  }
}
