package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop over two months, from its files of orders: good customers stop, the owner hears of it, and
 * a letter is on its way; what customers are worth is kept from run to run; orders that are unlike
 * the others are looked at by the owner.
 */
class AtRiskIT {
  private static final String AT_RISK = "profiler-value-at-risk";
  private static final int CUSTOMERS = 80;

  /** The first of them spend most, and stop. */
  private static final int LEAVING = 10;

  private static final int BIG = 20;
  private static final int MANY = 21;

  @TempDir Path folder;
  private Line line;
  private Owner owner;
  private final Random random = new Random(3);
  private int number;

  @Test
  void whoStopsIsSeenAndWrittenToAndWhatIsOddIsReviewed() {
    try (Line opened = Line.open(folder)) {
      line = opened;
      owner = new Owner(line);
      StringBuilder orders = new StringBuilder();
      for (int customer = 0; customer < CUSTOMERS; customer++) {
        buys(orders, customer, -200);
      }
      owner.bringIn(file(orders));
      leaving().forEach(each -> each.agrees("consent"));
      line.settle();
      OwnCampaign stay = OwnCampaign.of(line, "stay", new JsonObject());
      stay.write("Do stay", "Still yours");
      assertTrue(refusal(stay).contains("'" + AT_RISK + "'"), refusal(stay));
      owner.configure(
          "value",
          "profiler-value",
          new JsonObject().put("currency", "EUR").put("months", 1).put("risk", 40));

      assertEquals("done", owner.run("value", new JsonObject()).getString("state"));

      assertEquals(List.of(), reviews("open"), "ordinary orders");
      assertFalse(inSegment().stream().anyMatch(this::leaves), "they still come: " + inSegment());
      seen();
      stay.act("activate");
      stay.awaitWalks();
      twoMonthsPass();

      assertEquals("done", owner.run("value", new JsonObject()).getString("state"));

      everybodyWhoStoppedIsSeenAndWrittenTo(stay);
      worthIsKeptOfBothRuns();
      theOwnerReviewsWhatIsOdd();
    }
  }

  private void everybodyWhoStoppedIsSeenAndWrittenTo(OwnCampaign stay) {
    Set<String> atRisk = inSegment();
    Set<String> expected = leaving().stream().map(Customer::email).collect(Collectors.toSet());
    assertTrue(atRisk.containsAll(expected), atRisk.toString());
    JsonObject watch = line.items("/api/v1/watches").getFirst();
    assertEquals(AT_RISK, watch.getString("segment"));
    assertTrue(watch.getInteger("people") >= LEAVING, watch.encode());
    assertTrue(watch.getInteger("people") <= atRisk.size(), watch.encode());
    for (Customer each : leaving()) {
      Line.until(
          "the letter to " + each.name(), () -> stay.subjects(each).equals(List.of("Do stay")));
    }
    assertEquals(
        expected,
        line.ledger().entries().stream().map(each -> each.recipient()).collect(Collectors.toSet()),
        "nobody else has agreed or come in");
    seen();
    String path = "/api/v1/segments/" + AT_RISK + "/watch";
    assertEquals(400, line.ask(path, new JsonObject().put("seen", "soon")).statusCode());
    assertEquals(200, line.ask(path, new JsonObject().put("on", false)).statusCode());
    assertFalse(line.json(path).getBoolean("on"));
  }

  private void worthIsKeptOfBothRuns() {
    List<JsonObject> all = line.items("/api/v1/worth");
    List<JsonObject> best = line.items("/api/v1/worth?segment=profiler-value-high-value");
    List<JsonObject> atRisk = line.items("/api/v1/worth?segment=" + AT_RISK);

    assertEquals(2, all.size());
    assertEquals(2, best.size());
    assertEquals(line.clock.instant().toString(), all.getLast().getString("at"));
    assertEquals(
        Duration.ofDays(60),
        Duration.between(
            Instant.parse(all.getFirst().getString("at")),
            Instant.parse(all.getLast().getString("at"))));
    assertEquals(inSegment().size(), atRisk.getLast().getInteger("people"));
    assertEquals(CUSTOMERS, all.getLast().getInteger("people"));
    double sum =
        owner.people().values().stream()
            .mapToDouble(each -> each.getJsonObject("traits").getDouble("clv"))
            .sum();
    assertEquals(sum, all.getLast().getDouble("sum"), 1, "the sum of what is said of each");
    for (JsonObject point : List.of(all.getLast(), best.getLast(), atRisk.getLast())) {
      assertEquals(
          point.getDouble("sum"), point.getDouble("mean") * point.getInteger("people"), 1e-6);
      assertTrue(point.getDouble("low") < point.getDouble("sum"), point.encode());
      assertTrue(point.getDouble("sum") < point.getDouble("high"), point.encode());
      assertEquals("EUR within 1 month", point.getJsonObject("unit").getString("en"));
    }
  }

  private void theOwnerReviewsWhatIsOdd() {
    List<JsonObject> open = reviews("open");
    assertEquals(2, open.size(), open.toString());
    JsonObject big = of(open, BIG);
    JsonObject many = of(open, MANY);
    assertEquals(1_500.0, big.getDouble("total"));
    assertTrue(reason(big, "en").contains("times what this customer usually spends"), big.encode());
    assertTrue(reason(big, "zh-CN").contains("修正 z 分数"), big.encode());
    assertTrue(
        reason(many, "en").startsWith("the last of 6 orders within 24 hours"), many.encode());

    JsonObject fine = say(big, "fine");
    say(many, "odd");
    assertEquals(400, line.ask("/api/v1/reviews", said(big, "perhaps")).statusCode());
    look();

    assertEquals(List.of(), reviews("open"), "what was said stays said");
    assertFalse(fine.getString("by").isEmpty(), fine.encode());
    assertEquals(line.clock.instant().toString(), fine.getString("at"));
    assertEquals(
        List.of(big.getString("id")),
        reviews("fine").stream().map(each -> each.getString("id")).toList());
    Line.until("the fact", () -> owner.people().get(email(MANY)).encode().contains("odd_orders"));
    assertEquals(1, line.customer("b" + MANY).trait("odd_orders").getInteger("value"));
    assertEquals(0, line.customer("b" + BIG).trait("odd_orders").getInteger("value"));

    say(big, "open");
    assertEquals(List.of(big.getString("id")), List.of(reviews("open").getFirst().getString("id")));
  }

  private static String reason(JsonObject review, String language) {
    return review.getJsonArray("reasons").getJsonObject(0).getString(language);
  }

  private static JsonObject of(List<JsonObject> reviews, int customer) {
    return reviews.stream()
        .filter(each -> each.getJsonObject("person").encode().contains(email(customer)))
        .findFirst()
        .orElseThrow();
  }

  private List<JsonObject> reviews(String word) {
    return line.items("/api/v1/reviews?word=" + word);
  }

  private JsonObject say(JsonObject review, String word) {
    HttpResponse<String> answer = line.ask("/api/v1/reviews", said(review, word));
    assertEquals(200, answer.statusCode(), answer.body());
    return new JsonObject(answer.body());
  }

  private static JsonObject said(JsonObject review, String word) {
    return new JsonObject().put("id", review.getString("id")).put("word", word);
  }

  private void look() {
    JsonObject job = owner.awaitEnd(owner.ask("/reviews/look", new JsonObject()));
    assertEquals("done", job.getString("state"), job.encode());
  }

  private void seen() {
    for (JsonObject watch : line.items("/api/v1/watches")) {
      String path = "/api/v1/segments/" + watch.getString("segment") + "/watch";
      JsonObject until = new JsonObject().put("seen", watch.getString("at"));
      assertEquals(200, line.ask(path, until).statusCode());
    }
    assertEquals(List.of(), line.items("/api/v1/watches"));
  }

  private String refusal(OwnCampaign campaign) {
    HttpResponse<String> refused = line.ask(campaign.path() + "/activate", new JsonObject());
    assertEquals(409, refused.statusCode(), refused.body());
    return refused.body();
  }

  private Set<String> inSegment() {
    return owner.people().entrySet().stream()
        .filter(each -> each.getValue().getJsonArray("segments").encode().contains(AT_RISK))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean leaves(String email) {
    return leaving().stream().anyMatch(each -> each.email().equals(email));
  }

  private List<Customer> leaving() {
    return IntStream.range(0, LEAVING).mapToObj(i -> line.customer("b" + i)).toList();
  }

  private void twoMonthsPass() {
    line.advance(Duration.ofDays(60));
    StringBuilder orders = new StringBuilder();
    for (int customer = LEAVING; customer < CUSTOMERS; customer++) {
      buys(orders, customer, -60);
    }
    order(orders, BIG, line.clock.instant().minus(Duration.ofDays(5)), 1_500);
    for (int i = 0; i < 6; i++) {
      order(orders, MANY, line.clock.instant().minus(Duration.ofMinutes(90 + 20L * i)), 25 + i);
    }
    owner.bringIn(file(orders));
    line.settle();
  }

  /** An order every week or two, until yesterday. */
  private void buys(StringBuilder orders, int customer, int from) {
    for (int day = from + random.nextInt(7); day < -1; day += 5 + random.nextInt(9)) {
      Instant at = line.clock.instant().plus(Duration.ofDays(day));
      order(orders, customer, at, (customer < LEAVING ? 100 : 20) + random.nextInt(20));
    }
  }

  private void order(StringBuilder orders, int customer, Instant at, int total) {
    orders
        .append(email(customer))
        .append(",N-" + number++ + ",")
        .append(at)
        .append("," + total + ".00,EUR\n");
  }

  private static String file(StringBuilder orders) {
    return "email,number,when,total,currency\n" + orders;
  }

  private static String email(int customer) {
    return "b" + customer + "@example.com";
  }
}
