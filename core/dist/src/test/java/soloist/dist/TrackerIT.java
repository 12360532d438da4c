package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What visitors do on a website of the owner's. */
class TrackerIT {
  private static final Path UI = Path.of("..", "..", "ui");
  private static final String SITE = "https://shop.example";
  private static final String ADA = "a".repeat(32);

  @TempDir static Path folder;
  private static Line line;

  @BeforeAll
  static void open() {
    line = Line.withoutRelay(folder);
    assertEquals(200, sites(SITE).statusCode());
  }

  @AfterAll
  static void close() {
    line.close();
  }

  @Test
  void aVisitOfSomebodyWhoAgreedStandsInTheTimelineOnceAndJoinsTheirOrder() {
    JsonObject search =
        visit("1", ADA, "search").put("properties", page("/tea").put("query", "green tea"));
    assertEquals(202, tell(search).statusCode());
    assertEquals(202, tell(search).statusCode());
    JsonObject order =
        line.customer("ada")
            .order("order", "10.00")
            .put(
                "identifiers",
                new JsonObject().put("email", "ada@example.com").put("visitorId", ADA));
    line.tell(order);
    line.settle();

    List<JsonObject> timeline = line.customer("ada").timeline();

    assertEquals(
        List.of("order", "search"),
        timeline.stream().map(event -> event.getString("type")).sorted().toList());
    assertEquals(
        new JsonObject().put("query", "green tea").put("url", SITE + "/tea"),
        timeline.stream()
            .filter(event -> event.getString("type").equals("search"))
            .findFirst()
            .orElseThrow()
            .getJsonObject("properties"));
  }

  @Test
  void whoIsKnownByANumberAloneIsLeftOutOfAListThatAsksForIt() {
    String frank = "f".repeat(32);
    long everybody = total("");
    long known = total("?visitors=false");
    tell(visit("9", frank, "page_view").put("properties", page("/tea")));
    line.settle();
    assertEquals(everybody + 1, total(""));
    assertEquals(known, total("?visitors=false"));
    assertEquals(known, line.items("/api/v1/profiles?visitors=false&limit=200").size());

    line.tell(
        line.customer("frank")
            .order("order-frank", "1.00")
            .put(
                "identifiers",
                new JsonObject().put("email", "frank@example.com").put("visitorId", frank)));
    line.settle();

    assertEquals(everybody + 1, total(""));
    assertEquals(known + 1, total("?visitors=false"));
  }

  private static long total(String query) {
    return line.json("/api/v1/profiles" + query).getJsonObject("total").getLong("value");
  }

  @Test
  void onlyPagesOfTheOwnersSitesMayTell() {
    JsonObject visit = visit("2", "b".repeat(32), "page_view");

    assertEquals(403, tell(visit, "Origin", "https://elsewhere.example").statusCode());
    HttpResponse<String> foreign =
        tell(
            visit
                .copy()
                .put("properties", new JsonObject().put("url", "https://elsewhere.example/")));
    assertEquals(400, foreign.statusCode());
    assertTrue(foreign.body().contains("/properties/url"), foreign.body());
  }

  @Test
  void aVisitCanNameNobodyAndSayNothingElse() {
    JsonObject visit = visit("3", "c".repeat(32), "page_view");

    for (JsonObject bad :
        List.of(
            visit.copy().put("identifiers", new JsonObject().put("email", "ada@example.com")),
            visit.copy().put("type", "order"),
            visit.copy().put("visitor", "ada"),
            visit.copy().put("id", "1"),
            visit.copy().put("properties", page("/").put("email", "ada@example.com")),
            visit.copy().put("properties", page("/").put("title", new JsonObject())),
            visit.copy().put("properties", "x"))) {
      assertEquals(400, tell(bad).statusCode(), bad.encode());
    }
    assertEquals(
        413, tell(visit.copy().put("properties", page("/" + "x".repeat(17_000)))).statusCode());
    assertEquals(415, tell(visit, "Origin", SITE, "Content-Type", "application/json").statusCode());
  }

  @Test
  void whoAsksNotToBeFollowedIsCountedAndNeverKnown() {
    long people = line.json("/api/v1/profiles").getJsonObject("total").getLong("value");
    long before = unlinked("add_to_cart");
    JsonObject visit = visit("4", "d".repeat(32), "add_to_cart");

    assertEquals(202, tell(visit, "Origin", SITE, "Sec-GPC", "1").statusCode());
    assertEquals(202, tell(visit.copy().putNull("visitor")).statusCode());
    assertEquals(202, tell(visit, "Origin", SITE, "User-Agent", "Examplebot/2.1").statusCode());
    line.settle();

    assertEquals(before + 2, unlinked("add_to_cart"));
    assertEquals(people, line.json("/api/v1/profiles").getJsonObject("total").getLong("value"));
  }

  @Test
  void anAddressIsKeptWithoutWhatMayNameSomebody() {
    String eve = "e".repeat(32);
    tell(
        visit("5", eve, "page_view")
            .put(
                "properties",
                page("/tea?email=eve@example.com&utm_source=mail#token=1")
                    .put("referrer", "https://search.example/?q=eve")));
    line.tell(
        line.customer("eve")
            .order("order", "1.00")
            .put(
                "identifiers",
                new JsonObject().put("email", "eve@example.com").put("visitorId", eve)));
    line.settle();

    JsonObject properties =
        line.customer("eve").timeline().stream()
            .filter(event -> event.getString("type").equals("page_view"))
            .findFirst()
            .orElseThrow()
            .getJsonObject("properties");

    assertEquals(SITE + "/tea?utm_source=mail", properties.getString("url"));
    assertEquals("https://search.example", properties.getString("referrer"));
  }

  @Test
  void anAddressThatIsNoSiteIsNamed() {
    HttpResponse<String> answer = sites("https://ok.example", "ftp://x", "javascript:alert(1)");

    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("/origins/1") && answer.body().contains("/origins/2"));
    assertEquals(new JsonArray().add(SITE), line.json("/api/v1/sites").getJsonArray("origins"));
  }

  @Test
  void theScriptIsSmallAndIsNotHeldByTheBrowserForEver() {
    HttpResponse<String> script = line.get("/t.js");

    assertEquals(200, script.statusCode());
    assertTrue(script.body().getBytes(StandardCharsets.UTF_8).length <= 3 * 1024);
    assertEquals("public, max-age=3600", script.headers().firstValue("Cache-Control").orElse(""));
  }

  @Test
  void theScriptTellsFromAnotherOriginInARealBrowser() throws Exception {
    assumeTrue(
        Files.isDirectory(UI.resolve("node_modules")),
        "the pages were not built in this run (-Dui.skip)");
    String site = "http://127.0.0.1:" + Line.freePort();
    assertEquals(200, sites(SITE, site).statusCode());
    ProcessBuilder walk =
        new ProcessBuilder("node", "browser/tracker.mjs")
            .directory(UI.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    walk.environment().put("SOLOIST_URL", line.url("").toString());
    walk.environment().put("SITE_URL", site);
    Process browser = walk.start();
    String said = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(browser.waitFor(2, TimeUnit.MINUTES), said);
    assertEquals(0, browser.exitValue(), said);
    sites(SITE);

    String visitor = said.replaceAll("(?s).*visitor ([0-9a-f]{32}).*", "$1");
    line.tell(
        line.customer("zoe")
            .order("order", "1.00")
            .put(
                "identifiers",
                new JsonObject().put("email", "zoe@example.com").put("visitorId", visitor)));
    line.settle();
    List<JsonObject> timeline = line.customer("zoe").timeline();

    assertEquals(
        List.of("add_to_cart", "order", "page_view", "page_view", "product_view", "search"),
        timeline.stream().map(event -> event.getString("type")).sorted().toList());
    assertTrue(
        timeline.stream()
            .noneMatch(
                event -> event.encode().contains("secret") || event.encode().contains("#top")));
    assertTrue(unlinked("page_view") >= 1);
  }

  private static long unlinked(String type) {
    return line.json("/api/v1/sites").getJsonObject("unlinked").getLong(type, 0L);
  }

  private static JsonObject page(String path) {
    return new JsonObject().put("url", SITE + path);
  }

  private static JsonObject visit(String id, String visitor, String type) {
    return new JsonObject()
        .put("id", id.repeat(32).substring(0, 32))
        .put("visitor", visitor)
        .put("type", type)
        .put("properties", page("/"));
  }

  private static HttpResponse<String> sites(String... origins) {
    return line.send(
        HttpRequest.newBuilder(line.url("/api/v1/sites"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    new JsonObject().put("origins", new JsonArray(List.of(origins))).encode())),
        "Content-Type",
        "application/json");
  }

  private static HttpResponse<String> tell(JsonObject visit, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(line.url("/e"))
            .POST(HttpRequest.BodyPublishers.ofString(visit.encode()));
    if (!List.of(headers).contains("Origin")) {
      request.header("Origin", SITE);
    }
    if (!List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "text/plain;charset=UTF-8");
    }
    return line.send(request, headers);
  }
}
