package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.Delivered;

/** One order becomes one mail and comes back as a click. */
class OrderToMailIT {
  private static final Pattern SOURCE = Pattern.compile("src=\"([^\"]+)\"");

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
  void anOrderIsPaintedIntoThePortrait() {
    Customer ada = line.customer("ada");

    ada.isThanked();
    line.tell(ada.order("second", "2.55"));
    Line.until("two orders", () -> ada.trait("orders").getInteger("value") == 2);

    assertEquals(12.55, ada.trait("spent_EUR").getDouble("value"));
    assertEquals("EUR", ada.trait("spent_EUR").getString("currency"));
    assertEquals("money", ada.trait("spent_EUR").getString("type"));
    assertEquals(line.clock.instant().toString(), ada.trait("last_order").getString("value"));
    assertEquals("ada-second", ada.trait("orders").getJsonObject("evidence").getString("event"));
    assertEquals(
        new JsonObject("{\"email\":[\"ada@example.com\"],\"userId\":[\"user-ada\"]}"),
        ada.portrait().getJsonObject("identifiers"));
    assertEquals(List.of("recent-buyers"), ada.segments());
  }

  @Test
  void eventsOfABatchAreJudgedInTheirOrderAndCountOnce() {
    Customer eve = line.customer("eve");
    JsonObject batch =
        new JsonObject()
            .put(
                "events",
                JsonArray.of(
                    eve.consent("consent", true, line.clock.instant()),
                    eve.order("order", "10.00"),
                    eve.order("next", "5.00")));

    List<Boolean> first = doubles(batch);
    Line.until("a mail", () -> !eve.mails().isEmpty());
    List<Boolean> again = doubles(batch);

    assertEquals(List.of(false, false, false), first);
    assertEquals(List.of(true, true, true), again);
    assertEquals(15, eve.trait("spent_EUR").getInteger("value"));
  }

  private static List<Boolean> doubles(JsonObject batch) {
    HttpResponse<String> answer = line.ask("/api/v1/events/batch", batch);
    assertEquals(202, answer.statusCode(), answer.body());
    return Line.objects(new JsonObject(answer.body()).getJsonArray("events")).stream()
        .map(event -> event.getBoolean("duplicate"))
        .toList();
  }

  @Test
  void everyDecisionIsKeptWithWhatItSaw() {
    Customer bea = line.customer("bea");

    bea.isThanked();

    assertEquals(
        List.of("wait", "send", "start"),
        bea.decisions().stream().map(decision -> decision.getString("kind")).toList());
    JsonObject start = bea.decisions("start").getFirst();
    assertEquals("bea-order", start.getJsonObject("cause").getString("event"));
    assertEquals("segmentEntered", start.getJsonObject("cause").getString("kind"));
    assertEquals("Thank-you after an order", start.getJsonObject("campaignName").getString("en"));
    assertTrue(start.getJsonObject("verdict").getBoolean("holds"));
    List<JsonObject> parts = Line.objects(start.getJsonObject("verdict").getJsonArray("parts"));
    assertEquals(3, parts.size());
    assertTrue(parts.stream().allMatch(part -> part.getBoolean("holds")));
    assertEquals("PT0S", parts.get(1).getJsonObject("saw").getString("age"));
    JsonObject message = bea.messageOf("thanks").orElseThrow();
    assertEquals("sent", message.getString("state"));
    assertNotNull(message.getString("sentAt"));
    assertEquals(
        List.of("address true", "consent true", "suppression true"), Customer.gates(message));
  }

  @Test
  void theMailCarriesItsIdAWayOutOneLinkAndOnePixel() {
    Customer cem = line.customer("cem");

    Delivered mail = cem.isThanked();

    JsonObject message = cem.messageOf("thanks").orElseThrow();
    assertEquals(1, cem.mails().size());
    assertEquals(
        List.of("<" + message.getString("messageId") + "@tea.example>"),
        mail.headers("Message-ID"));
    List<String> unsubscribe = mail.headers("List-Unsubscribe");
    assertEquals(1, unsubscribe.size());
    assertTrue(unsubscribe.getFirst().matches("<" + line.url("/u/") + "[\\w-]+>"));
    assertEquals(List.of("List-Unsubscribe=One-Click"), mail.headers("List-Unsubscribe-Post"));
    assertEquals(1, count(mail.html(), line.url("/c/").toString()));
    assertEquals(1, count(mail.html(), line.url("/o/").toString()));
    assertEquals(1, count(mail.text(), line.url("/c/").toString()));
    assertEquals(message.getString("subject"), mail.subject());
  }

  @Test
  void aClickLeadsOnAndStandsInTheTimeline() {
    Customer dan = line.customer("dan");
    URI link = dan.isThanked().link("/c/").orElseThrow();

    HttpResponse<byte[]> response = line.bytes(link);

    assertEquals(302, response.statusCode());
    assertEquals(Line.DESTINATION, response.headers().firstValue("Location").orElseThrow());
    Line.until("the click", () -> dan.happened("email.clicked") == 1);
    JsonObject properties = dan.timeline().getFirst().getJsonObject("properties");
    assertEquals(Line.DESTINATION, properties.getString("url"));
    assertEquals(
        dan.messageOf("thanks").orElseThrow().getString("id"), properties.getString("message"));
  }

  @Test
  void aPixelIsAGifOf43BytesAndStandsInTheTimeline() {
    Customer eva = line.customer("eva");
    Matcher pixel = SOURCE.matcher(eva.isThanked().html());
    assertTrue(pixel.find());

    HttpResponse<byte[]> response = line.bytes(URI.create(pixel.group(1)));

    assertEquals(200, response.statusCode());
    assertEquals("image/gif", response.headers().firstValue("Content-Type").orElseThrow());
    assertEquals("no-store", response.headers().firstValue("Cache-Control").orElseThrow());
    assertEquals(43, response.body().length);
    Line.until("the open", () -> eva.happened("email.opened") == 1);
  }

  @Test
  void whoSpeaksChineseIsWrittenToInChinese() {
    Customer fei = line.customer("fei");
    line.tell(
        fei.event(
            "traits", "traits", new JsonObject().put("language", "zh-CN").put("first_name", "小飞")));

    Delivered mail = fei.isThanked();

    assertEquals("小飞，感谢您的订单", mail.subject());
    assertTrue(mail.html().contains("<html lang=\"zh-CN\">"));
    assertTrue(mail.text().contains("退订"));
  }

  @Test
  void whatPeopleCallThemselvesIsTextAndNoMarkup() {
    Customer gus = line.customer("gus");
    line.tell(
        gus.event(
            "traits",
            "traits",
            new JsonObject().put("first_name", "<img src=x>\r\nBcc: eve@example.com {{email}}")));

    Delivered mail = gus.isThanked();

    assertFalse(mail.html().contains("<img src=x>"));
    assertTrue(mail.html().contains("&lt;img src"));
    assertTrue(mail.headers("Bcc").isEmpty());
    assertEquals(
        1, line.ledger().entries().stream().filter(it -> it.file().equals(mail.file())).count());
  }

  @Test
  void theSameEventAgainChangesNothing() {
    Customer hal = line.customer("hal");
    hal.isThanked();
    JsonObject before = hal.portrait();
    long events = line.stored("events").countDocuments();

    boolean same = line.tell(hal.order("order", "10.00"));
    boolean other = line.tell(hal.order("order", "99.00").put("type", "visit"));
    line.settle();

    assertTrue(same);
    assertTrue(other);
    assertEquals(before, hal.portrait());
    assertEquals(events, line.stored("events").countDocuments());
    assertEquals(1, hal.mails().size());
  }

  @Test
  void theSameEventWithOtherPeopleInItBelongsToNobodyElse() {
    Customer ida = line.customer("ida");
    ida.isThanked();
    long identifiers = line.stored("identifiers").countDocuments();

    JsonObject other = ida.order("order", "10.00");
    other
        .getJsonObject("identifiers")
        .put("userId", "somebody-else")
        .put("phone", "+49 30 1234567");
    boolean known = line.tell(other);

    assertTrue(known);
    assertEquals(identifiers, line.stored("identifiers").countDocuments());
  }

  @Test
  void anOrderIsToldApartByItsNumber() {
    Customer jon = line.customer("jon");
    JsonObject order = jon.order("4711", "10.00");
    order.remove("id");

    boolean first = line.tell(order);
    boolean second = line.tell(order.copy().put("time", "2026-10-30T00:00:00Z"));

    assertFalse(first);
    assertTrue(second);
  }

  @Test
  void whatIsKnownOutlivesARestart() {
    Customer kim = line.customer("kim");
    Delivered mail = kim.isThanked();
    JsonObject before = kim.portrait();
    URI link = mail.link("/c/").orElseThrow();

    line.restart();
    boolean known = line.tell(kim.order("order", "10.00"));
    JsonObject after = kim.portrait();
    HttpResponse<byte[]> click = line.bytes(line.url(link.getPath()));

    assertTrue(known);
    assertEquals(before, after);
    assertEquals(302, click.statusCode());
    Line.until("the click", () -> kim.happened("email.clicked") == 1);
    assertEquals(1, kim.mails().size());
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
