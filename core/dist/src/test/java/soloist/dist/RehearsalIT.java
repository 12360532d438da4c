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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.Delivered;

/** What a rehearsal counts is what then happens, and what happened can be counted by hand. */
class RehearsalIT {
  private static final int WILLING = 25;
  private static final int SILENT = 4;
  private static final int SUPPRESSED = 3;
  private static final int NAMELESS = 2;
  private static final int ALL = WILLING + SILENT + SUPPRESSED + NAMELESS;

  @TempDir Path folder;

  @Test
  void theRehearsalEqualsWhatThenHappensAndTheResultsEqualPlainCounting() {
    try (Line line = Line.open(folder)) {
      assertEquals(List.of(), steps(line));
      List<Customer> willing = people(line);
      OwnCampaign vip = OwnCampaign.of(line, "vip-thanks", new JsonObject().put("total", "100.00"));
      vip.write("For you, {{first_name}}");
      assertEquals(List.of("customers", "behaviour"), steps(line));

      JsonObject rehearsed = vip.rehearse();
      assertEquals(ALL, rehearsed.getJsonObject("members").getInteger("count"));
      assertEquals(WILLING, rehearsed.getJsonObject("written").getInteger("count"));
      assertEquals(20, rehearsed.getJsonObject("written").getJsonArray("people").size());
      assertEquals(
          Map.of("no-address", NAMELESS, "no-consent", SILENT, "suppressed", SUPPRESSED),
          byReason(Line.objects(rehearsed.getJsonArray("stopped"))));
      agree(line, "I want news.");
      assertEquals(List.of("customers", "behaviour", "agreement", "rehearsal"), steps(line));
      agree(line, "");
      assertEquals(List.of("customers", "behaviour", "rehearsal"), steps(line));
      int mailsBefore = line.ledger().entries().size();

      HttpResponse<String> unconfirmed =
          line.ask(
              vip.path() + "/activate",
              new JsonObject().put("alsoThoseIn", true).put("confirm", 3));
      assertEquals(409, unconfirmed.statusCode());
      assertTrue(unconfirmed.body().contains("it is " + ALL + " now"), unconfirmed.body());
      assertEquals("draft", vip.state());
      assertEquals(mailsBefore, line.ledger().entries().size());
      vip.act("activate", new JsonObject().put("alsoThoseIn", true).put("confirm", ALL));
      vip.awaitWalks();
      line.settle();

      JsonObject results = vip.results(1);
      assertEquals(ALL, count(results, "entered"));
      assertEquals(WILLING, count(results, "sent"));
      assertEquals(
          byReason(Line.objects(rehearsed.getJsonArray("stopped"))),
          byReason(Line.objects(results.getJsonObject("held").getJsonArray("reasons"))));
      assertEquals(mailsBefore + WILLING, line.ledger().entries().size());
      JsonObject again = vip.rehearse();
      assertEquals(0, again.getJsonObject("written").getInteger("count"));
      assertEquals(
          Map.of("entered-before", ALL), byReason(Line.objects(again.getJsonArray("declined"))));

      answers(line, vip, willing);
      previewsAndTests(line, vip, willing.getFirst());
    }
  }

  /** Which of the first steps are done. */
  private static List<String> steps(Line line) {
    JsonObject steps = line.json("/api/v1/status").getJsonObject("steps");
    return steps.fieldNames().stream().filter(steps::getBoolean).toList();
  }

  private static void agree(Line line, String sentence) {
    JsonObject company =
        line.json("/api/v1/company")
            .put("agreement", new JsonObject().put("en", sentence).put("zh-CN", ""));
    assertEquals(200, line.ask("/api/v1/company", company).statusCode());
  }

  /** Some click, some leave, some order; the numbers are those of plain loops over the people. */
  private static void answers(Line line, OwnCampaign vip, List<Customer> willing) {
    for (int i = 0; i < willing.size(); i++) {
      Delivered mail = willing.get(i).mails().getLast();
      if (i % 3 == 0) {
        line.bytes(mail.link("/c/").orElseThrow());
        line.bytes(mail.link("/c/").orElseThrow());
      }
      if (i % 5 == 0) {
        unsubscribe(line, mail);
      }
    }
    line.advance(Duration.ofDays(3));
    for (int i = 0; i < willing.size(); i += 2) {
      willing.get(i).orders("soon");
    }
    line.advance(Duration.ofDays(5));
    for (int i = 0; i < willing.size(); i++) {
      willing.get(i).orders("late");
    }
    Line.until("all clicks", () -> count(vip.results(1), "clicked") == (WILLING + 2) / 3);
    Line.until("all orders", () -> count(vip.results(1), "ordered") == (WILLING + 1) / 2);

    JsonObject results = vip.results(1);
    Map<String, Integer> counted = new TreeMap<>();
    Map<String, Integer> told = new TreeMap<>();
    for (String number : List.of("entered", "sent", "held", "clicked", "unsubscribed", "ordered")) {
      told.put(number, count(results, number));
      counted.put(number, vip.people(number).size());
    }
    assertEquals(counted, told);
    assertEquals((WILLING + 4) / 5, told.get("unsubscribed"));
    assertEquals(SILENT, vip.people("held&reason=no-consent").size());
    assertEquals(0, vip.people("entered&version=2").size());
    assertEquals(
        WILLING, line.items("/api/v1/messages?limit=200&state=sent&campaign=" + vip.id()).size());
    assertEquals(
        WILLING,
        count(
            Line.objects(line.json(vip.path() + "/results?days=30").getJsonArray("versions"))
                .getFirst(),
            "ordered"));
  }

  private static void previewsAndTests(Line line, OwnCampaign vip, Customer reader) {
    String mail = vip.path() + "/mails/mail-1";
    JsonObject preview = line.json(mail + "/preview?profile=" + reader.id());
    HttpResponse<String> html = line.get(mail + "/html?profile=" + reader.id());
    JsonObject sent = vip.act("mails/mail-1/test", new JsonObject().put("to", "me@tea.example"));
    HttpResponse<String> nowhere =
        line.ask(mail + "/test", new JsonObject().put("to", "not an address"));

    assertEquals("For you, Willing0", preview.getString("subject"));
    assertTrue(html.body().contains("href=\"https://www.example.com/look\""));
    assertFalse(html.body().contains("/c/"));
    assertTrue(
        html.headers().firstValue("Content-Security-Policy").orElse("").startsWith("sandbox"));
    assertTrue(sent.getBoolean("ok"), sent.encode());
    assertEquals("For you,", line.ledger().only("me@tea.example").subject());
    assertEquals(400, nowhere.statusCode());
  }

  private static List<Customer> people(Line line) {
    List<Customer> willing = new ArrayList<>();
    for (int i = 0; i < WILLING + SUPPRESSED; i++) {
      Customer customer = line.customer("willing" + i);
      line.tell(
          customer.event("name", "traits", new JsonObject().put("first_name", "Willing" + i)));
      customer.agrees("consent");
      willing.add(customer);
    }
    for (int i = 0; i < SILENT; i++) {
      line.tell(line.customer("silent" + i).order("order", "100.00"));
    }
    for (int i = 0; i < NAMELESS; i++) {
      JsonObject order = line.customer("nameless" + i).order("order", "150.00");
      order.getJsonObject("identifiers").remove("email");
      line.tell(order);
    }
    line.tell(line.customer("poor").order("order", "99.99"));
    for (Customer customer : willing) {
      line.tell(customer.order("order", "250.00"));
    }
    List<Customer> suppressed = willing.subList(WILLING, willing.size());
    for (Customer customer : suppressed) {
      Line.until("a mail", () -> !customer.mails().isEmpty());
      unsubscribe(line, customer.mails().getFirst());
      Line.until("the event", () -> customer.happened("unsubscribed") == 1);
      line.advance(Duration.ofSeconds(1));
      customer.agrees("again");
    }
    line.settle();
    return List.copyOf(willing.subList(0, WILLING));
  }

  private static void unsubscribe(Line line, Delivered mail) {
    URI link = URI.create(mail.headers("List-Unsubscribe").getFirst().replaceAll("[<>]", ""));
    line.send(
        HttpRequest.newBuilder(link).POST(HttpRequest.BodyPublishers.noBody()),
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  private static int count(JsonObject version, String number) {
    return version.getJsonObject(number).getInteger("count");
  }

  private static Map<String, Integer> byReason(List<JsonObject> groups) {
    Map<String, Integer> counts = new TreeMap<>();
    groups.forEach(group -> counts.put(group.getString("reason"), group.getInteger("count")));
    return counts;
  }
}
