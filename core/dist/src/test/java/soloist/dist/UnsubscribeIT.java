package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.Delivered;

/** Everybody can stop it with one click, and nobody can by accident or for another. */
class UnsubscribeIT {
  private static final String FORM = "application/x-www-form-urlencoded";

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
  void lookingAtTheLinkChangesNothing() {
    Customer ada = line.customer("ada");
    URI link = wayOut(ada.isThanked());

    HttpResponse<String> english = line.send(HttpRequest.newBuilder(link));
    HttpResponse<String> chinese =
        line.send(HttpRequest.newBuilder(link), "Accept-Language", "zh-Hans-CN,zh;q=0.9,en;q=0.1");
    HttpResponse<String> head = line.send(HttpRequest.newBuilder(link).HEAD());

    assertEquals(200, english.statusCode());
    assertTrue(english.body().contains("Shall Tea &amp; Co stop writing to you?"));
    assertTrue(english.body().contains("<form method=\"post\">"));
    assertTrue(chinese.body().contains("是否不再接收"));
    assertTrue(chinese.body().contains("<html lang=\"zh-CN\">"));
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals(0, line.stored("suppressions").countDocuments());
    assertEquals(0, ada.happened("unsubscribed"));
  }

  @Test
  void onePostEndsItForGood() {
    Customer bea = line.customer("bea");
    URI link = wayOut(bea.isThanked());

    List<HttpResponse<String>> answers =
        List.of(
            post(link, FORM, "List-Unsubscribe=One-Click"),
            post(
                link,
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\n"
                    + "One-Click\r\n--b--\r\n"),
            post(link, FORM, ""),
            post(link, FORM, "List-Unsubscribe=One-Click"),
            post(link, FORM, "List-Unsubscribe=One-Click"));

    for (HttpResponse<String> answer : answers) {
      assertEquals(200, answer.statusCode());
      assertEquals(List.of(), answer.headers().allValues("Set-Cookie"));
      assertEquals(List.of(), answer.headers().allValues("Location"));
      assertEquals(List.of("close"), answer.headers().allValues("Connection"));
    }
    assertTrue(answers.getFirst().body().contains("Done."));
    String message = bea.messageOf("thanks").orElseThrow().getString("id");
    assertEquals(
        1, line.stored("suppressions").countDocuments(new org.bson.Document("message", message)));
    Line.until("the event", () -> bea.happened("unsubscribed") == 1);
    Line.until(
        "the consent to end",
        () -> !bea.portrait().getJsonArray("consents").getJsonObject(0).getBoolean("granted"));

    line.advance(Duration.ofDays(31));
    bea.agrees("again");
    bea.orders("later");

    Line.until("a second start", () -> bea.decisions("start").size() == 2);
    Line.until(
        "the gate",
        () -> "suppressed".equals(bea.messageOf("thanks").orElseThrow().getString("reason")));
    JsonObject held = bea.awaitMessage("thanks", "held");
    assertEquals(
        List.of("address true", "consent true", "suppression false"), Customer.gates(held));
    assertEquals(1, bea.mails().size());
    assertEquals(1, bea.happened("unsubscribed"));
  }

  @Test
  void aMailOnItsWayIsStoppedByIt() {
    Customer cem = line.customer("cem");
    URI link = wayOut(cem.isThanked());
    post(link, FORM, "List-Unsubscribe=One-Click");
    Line.until("the event", () -> cem.happened("unsubscribed") == 1);
    line.advance(Duration.ofMinutes(1));
    cem.agrees("again");

    line.advance(Duration.ofDays(3));

    assertEquals("suppressed", cem.awaitMessage("reminder", "held").getString("reason"));
    assertEquals(1, cem.mails().size());
  }

  @Test
  void nobodyForgesALink() {
    Customer dan = line.customer("dan");
    Delivered mail = dan.isThanked();
    List<URI> links =
        List.of(
            wayOut(mail),
            mail.link("/c/").orElseThrow(),
            URI.create(mail.html().replaceAll("(?s).*src=\"([^\"]+)\".*", "$1")));
    long seed = 20261101;
    Random random = new Random(seed);
    long suppressed = line.stored("suppressions").countDocuments();
    long events = line.stored("events").countDocuments();

    for (int i = 0; i < 201; i++) {
      URI link = links.get(i % links.size());
      String forged = forge(link.getPath(), random);
      boolean isPost = forged.startsWith("/u/") && i % 2 == 0;
      HttpRequest.Builder request = HttpRequest.newBuilder(line.url(forged));
      HttpResponse<String> answer = isPost ? post(line.url(forged), FORM, "") : line.send(request);
      assertEquals(404, answer.statusCode(), forged + ", seed " + seed);
      assertTrue(answer.headers().firstValue("Location").isEmpty());
    }
    line.settle();

    assertEquals(suppressed, line.stored("suppressions").countDocuments());
    assertEquals(events, line.stored("events").countDocuments());
  }

  @Test
  void aLinkOfOneKindOpensNoOther() {
    Delivered mail = line.customer("eva").isThanked();
    String open = mail.html().replaceAll("(?s).*src=\"[^\"]+/o/([^\"]+)\".*", "$1");

    assertEquals(404, post(line.url("/u/" + open), FORM, "").statusCode());
    assertEquals(404, line.get("/c/" + open).statusCode());
    assertEquals(200, line.get("/o/" + open).statusCode());
  }

  @Test
  void nothingIsPromisedForAMessageThatIsNotKnown() {
    Customer fei = line.customer("fei");
    URI link = wayOut(fei.isThanked());
    String id = fei.messageOf("thanks").orElseThrow().getString("id");
    line.stored("outbox").deleteOne(new org.bson.Document("_id", id));

    HttpResponse<String> answer = post(link, FORM, "List-Unsubscribe=One-Click");

    assertEquals(404, answer.statusCode());
    assertFalse(answer.body().contains("Done."));
  }

  /** Changes a character, cuts, lengthens, or moves to the path of another kind. */
  private static String forge(String path, Random random) {
    String token = path.substring(3);
    int at = random.nextInt(token.length());
    return switch (random.nextInt(4)) {
      case 0 -> path.substring(0, 3) + token.substring(0, at);
      case 1 -> path + "A";
      case 2 -> (path.charAt(1) == 'u' ? "/c/" : "/u/") + token;
      default ->
          path.substring(0, 3)
              + token.substring(0, at)
              + (token.charAt(at) == 'A' ? 'B' : 'A')
              + token.substring(at + 1);
    };
  }

  private static URI wayOut(Delivered mail) {
    return URI.create(mail.headers("List-Unsubscribe").getFirst().replaceAll("[<>]", ""));
  }

  /** Again while the store is slow, as the answer asks for. */
  private static HttpResponse<String> post(URI link, String type, String body) {
    AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
    Line.until(
        "an answer of the store",
        () -> {
          answer.set(
              line.send(
                  HttpRequest.newBuilder(link).POST(HttpRequest.BodyPublishers.ofString(body)),
                  "Content-Type",
                  type));
          return answer.get().statusCode() != 503;
        });
    return answer.get();
  }
}
