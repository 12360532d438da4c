package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.dist.Visitor.WORDS;
import static soloist.dist.Visitor.code;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.SelfSigned;

/** A server behind a proxy that ends TLS and says for whom it asks. */
class BehindProxyIT {
  @TempDir static Path folder;
  private static Line line;
  private static Visitor owner;
  private static int triedSetups;
  private static HttpResponse<String> refusedSetup;

  @BeforeAll
  static void open() throws Exception {
    SelfSigned.context(folder, "shop.example");
    line =
        Line.behind(
            new Line.Door(
                URI.create("https://shop.example/"), PublicUrlIT.pem(folder, "shop.example")),
            folder);
    do {
      refusedSetup = from("198.51.100.7", "/api/v1/setup/begin", "{\"token\": \"guess\"}");
    } while (refusedSetup.statusCode() == 403 && ++triedSetups < 100);
    owner = Visitor.owner(line);
  }

  @AfterAll
  static void close() {
    line.close();
  }

  @Test
  void theCookieIsBoundToThisHostAndToTls() {
    String secret = owner.cookie().replaceAll(".*=", "");

    assertTrue(
        owner
            .cookieLine()
            .matches(
                "__Host-sid=[0-9A-Za-z]{43}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict;"
                    + " Secure"),
        owner.cookieLine());
    assertEquals(200, owner.get("/api/v1/profiles").statusCode());
    for (String other : new String[] {"sid=" + secret, "__host-sid=" + secret}) {
      HttpResponse<String> answer =
          line.sendAs(HttpRequest.newBuilder(line.url("/api/v1/profiles")), "Cookie", other);
      assertEquals(401, answer.statusCode(), other);
    }
  }

  @Test
  void whoTriesLinksOfTheFirstStartIsSlowedDown() {
    assertEquals(20, triedSetups);
    assertIsTooOften(refusedSetup);
  }

  @Test
  void whoSignsInTooOftenIsSlowedDownWhoeverTheySayTheyAre() {
    for (int i = 0; i < 20; i++) {
      assertEquals("sign-in-wrong", code(signIn("203.0.113." + i, i + "@tea.example")));
    }

    assertIsTooOften(signIn("203.0.113.99", "99@tea.example"));
    // The last address is what the proxy has seen; what stands before it anybody can write.
    assertIsTooOften(signIn("192.0.2.1, 203.0.113.99", "99@tea.example"));
    assertEquals("sign-in-wrong", code(signIn("203.0.113.99, 192.0.2.1", "99@tea.example")));
  }

  private static HttpResponse<String> signIn(String address, String email) {
    JsonObject body = new JsonObject().put("email", email).put("passphrase", WORDS);
    return from(address, "/api/v1/sign-in", body.encode());
  }

  @Test
  void whoFloodsTheTrackerIsSlowedDownAndNobodyElse() {
    int taken = 0;
    HttpResponse<String> answer = visit("233.252.0.1");
    while (answer.statusCode() != 429 && taken++ < 1_000) {
      answer = visit("233.252.0." + taken % 200);
    }

    assertEquals(500, taken);
    assertIsTooOften(answer);
    assertEquals("site-unknown", code(visit("192.0.2.9")));
    HttpRequest.Builder link = HttpRequest.newBuilder(line.url("/c/guess"));
    assertEquals(429, line.sendAs(link, "X-Forwarded-For", "233.252.0.5").statusCode());
  }

  private static HttpResponse<String> visit(String address) {
    return line.sendAs(
        HttpRequest.newBuilder(line.url("/e")).POST(HttpRequest.BodyPublishers.ofString("{}")),
        "Content-Type",
        "text/plain",
        "X-Forwarded-For",
        address);
  }

  private static HttpResponse<String> from(String address, String path, String body) {
    return line.sendAs(
        HttpRequest.newBuilder(line.url(path)).POST(HttpRequest.BodyPublishers.ofString(body)),
        "Content-Type",
        "application/json",
        "X-Forwarded-For",
        address);
  }

  private static void assertIsTooOften(HttpResponse<String> answer) {
    assertEquals(429, answer.statusCode(), answer.body());
    assertEquals("too-often", code(answer));
    assertTrue(
        Integer.parseInt(answer.headers().firstValue("Retry-After").orElse("0")) >= 1,
        answer.headers().toString());
  }
}
