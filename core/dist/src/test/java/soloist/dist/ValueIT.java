package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The value of customers from the orders to the segments; the scores against a computation of the
 * test's own.
 */
class ValueIT {
  private static final int BUYERS = 220;
  private static final int PROSPECTS = 10;
  private static final String AT_RISK = "profiler-value-at-risk";

  private static final String WELCOME =
      """
      {"campaigns": [{
        "id": "welcome", "version": 1, "name": {"en": "Welcome"}, "purpose": "marketing",
        "trigger": {"segmentEntered": "profiler-value-high-value"}, "audience": {"all": []},
        "freshness": "PT24H", "reEntry": {"after": "P30D"},
        "steps": [{"send": "hello", "channel": "email", "template": "thanks"}]
      }]}
      """;

  @TempDir Path folder;
  private Line line;
  private Owner owner;

  @BeforeEach
  void open() {
    line = Line.open(folder);
    owner = new Owner(line);
  }

  @AfterEach
  void close() {
    line.close();
  }

  /** One customer of the shop, as the test itself adds him up. */
  private static final class Buyer {
    int orders;
    BigDecimal spent = BigDecimal.ZERO;
    Instant last = Instant.EPOCH;
  }

  @Test
  void scoresAndStandingSegmentsAreWhatAPlainComputationGives() {
    Map<String, Buyer> buyers = new TreeMap<>();
    owner.bringIn(orders(buyers));
    for (int i = 0; i < PROSPECTS; i++) {
      line.tell(traits("prospect" + i, new JsonObject().put("city", "Oslo")));
    }
    line.settle();
    owner.configure(
        "rfm", "profiler-value", new JsonObject().put("currency", "EUR").put("months", 3));
    line.soloist().publish(new JsonObject(WELCOME));

    JsonObject job = owner.run("rfm", new JsonObject());

    assertEquals("done", job.getString("state"), job.encode());
    assertEquals(
        BUYERS + PROSPECTS, job.getJsonObject("result").getInteger("people"), job.encode());
    Map<String, String> expected = expected(buyers, line.clock.instant());
    assertEquals(expected, portraits());
    assertTrue(
        Set.copyOf(expected.values().stream().map(it -> it.replaceAll(".* ", "")).toList()).size()
            >= 6,
        "the made-up shop has too few kinds of customers: " + expected);

    Map<String, Set<String>> members = new TreeMap<>();
    expected.forEach(
        (email, said) ->
            segments(said)
                .forEach(id -> members.computeIfAbsent(id, _ -> new TreeSet<>()).add(email)));
    members.put(AT_RISK, foretoldAtRisk());
    assertTrue(members.get(AT_RISK).size() >= 5, "the made-up shop loses nobody: " + members);
    assertEquals(members, members());
    members.keySet().forEach(this::isDefinedInBothLanguages);
    assertEquals(0, line.stored("decisions").countDocuments(), "somebody was written to");

    JsonObject score = line.customer("b7").trait("rfm_score");
    assertEquals("profiler:rfm", score.getString("source"));
    JsonObject because = score.getJsonObject("evidence").getJsonObject("because");
    assertTrue(because.getString("en").length() > 10, because.encode());
    assertNotEquals(because.getString("en"), because.getString("zh-CN"));
    JsonObject model = line.items("/api/v1/models").getFirst();
    assertEquals("done", model.getString("state"));
    assertEquals(BUYERS, model.getJsonObject("card").getInteger("people"));
    assertEquals(6, model.getJsonArray("segments").size());
    assertEquals(model, line.json("/api/v1/models/" + model.getString("id")));
    everyNumberOfTheMapOpensThePeopleWhomItCounts(model.getJsonObject("card"));

    line.advance(Duration.ofMinutes(1));
    JsonObject again = owner.run("rfm", new JsonObject()).getJsonObject("result");
    assertEquals(0, again.getInteger("written"), again.encode());
    assertEquals(6, line.stored("definitions").countDocuments(rfmSegments()));

    foretellsWhoLeavesAndSaysWhy();

    Customer left = line.customer("b6");
    left.agrees("consent");
    left.orders("fresh");
    left.awaitMessage("thanks", "sent");
    assertTrue(line.stored("decisions").countDocuments() > 0, "decisions are counted elsewhere");
  }

  private void everyNumberOfTheMapOpensThePeopleWhomItCounts(JsonObject card) {
    JsonObject map = Line.objects(card.getJsonArray("figures")).getFirst();
    int all = 0;
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        int count = map.getJsonArray("values").getJsonArray(i).getInteger(j);
        JsonObject question =
            new JsonObject()
                .put("condition", map.getJsonArray("people").getJsonArray(i).getJsonObject(j))
                .put("exact", true);
        JsonObject found = new JsonObject(line.ask("/api/v1/segments/preview", question).body());
        assertEquals(count, found.getJsonObject("count").getInteger("value"), question.encode());
        all += count;
      }
    }
    assertEquals(BUYERS, all);
  }

  /** The same shop, asked by the other profiler who will order no more. */
  private void foretellsWhoLeavesAndSaysWhy() {
    owner.configure(
        "leaving",
        "profiler-predict",
        new JsonObject().put("goal", "churn").put("days", 40).put("currency", "EUR"));

    JsonObject job = owner.run("leaving", new JsonObject());

    assertEquals("done", job.getString("state"), job.encode());
    JsonObject model =
        line.items("/api/v1/models").stream()
            .filter(each -> each.getString("instance").equals("leaving"))
            .findFirst()
            .orElseThrow();
    JsonObject card = model.getJsonObject("card");
    assertEquals(7, card.getJsonArray("measures").size());
    assertTrue(card.getJsonArray("figures").size() >= 5, card.encode());
    Document likely =
        line.stored("definitions")
            .find(new Document("id", "profiler-predict-churn-likely"))
            .first()
            .get("body", Document.class);
    double bound = Double.parseDouble(likely.get("condition", Document.class).getString("value"));
    Map<String, Double> chances = new TreeMap<>();
    Set<String> expected = new TreeSet<>();
    Set<String> members = new TreeSet<>();
    owner
        .people()
        .forEach(
            (email, profile) -> {
              Double chance = profile.getJsonObject("traits").getDouble("p_churn");
              if (chance != null) {
                chances.put(email, chance);
                if (chance >= bound) {
                  expected.add(email);
                }
              }
              if (profile.getJsonArray("segments").encode().contains("predict-churn-likely")) {
                members.add(email);
              }
            });
    assertEquals(BUYERS, chances.size());
    assertTrue(chances.values().stream().allMatch(chance -> chance >= 0 && chance <= 1));
    assertTrue(Set.copyOf(chances.values()).size() > 5, "chances " + Set.copyOf(chances.values()));
    assertFalse(expected.isEmpty());
    assertEquals(expected, members);
    String because =
        line.customer("b7")
            .trait("p_churn")
            .getJsonObject("evidence")
            .getJsonObject("because")
            .getString("en");
    assertTrue(because.startsWith("no order comes within 40 days; of all customers"), because);
  }

  /** Orders of all, some of which take goods back, and what each customer has spent by them. */
  private String orders(Map<String, Buyer> buyers) {
    Random random = new Random(7);
    Instant now = line.clock.instant().truncatedTo(ChronoUnit.SECONDS);
    StringBuilder file = new StringBuilder("email,number,when,total,currency\n");
    int number = 0;
    for (int i = 0; i < BUYERS; i++) {
      Buyer buyer = new Buyer();
      buyers.put("b" + i + "@example.com", buyer);
      // One of three comes all the time and one of three left four months ago, so that there is
      // something to foretell whomever the learner does not see.
      int orders = i % 3 == 1 ? 12 + random.nextInt(9) : 1 + random.nextInt(random.nextInt(9) + 1);
      for (int order = 0; order <= orders; order++) {
        boolean isReturn = order == orders;
        if (isReturn && random.nextInt(5) > 0) {
          continue;
        }
        BigDecimal total = BigDecimal.valueOf(100 + random.nextInt(20_000), 2);
        int since = i % 3 == 0 ? 24 * 130 : 1;
        Instant time = now.minus(Duration.ofHours(since + random.nextInt(24 * 300 - since)));
        BigDecimal signed = isReturn ? total.negate() : total;
        file.append("b" + i + "@example.com,N-" + number++ + "," + time + "," + signed + ",EUR\n");
        buyer.spent = buyer.spent.add(signed);
        if (!isReturn) {
          buyer.orders++;
          buyer.last = buyer.last.isBefore(time) ? time : buyer.last;
        }
      }
    }
    return file.toString();
  }

  /** By ranks: equal values share the mean of the places they take. */
  private static Map<String, String> expected(Map<String, Buyer> buyers, Instant now) {
    Map<String, Integer> recency =
        fifths(buyers, buyer -> -Duration.between(buyer.last, now).toDays());
    Map<String, Integer> frequency = fifths(buyers, buyer -> buyer.orders);
    Map<String, Integer> monetary = fifths(buyers, buyer -> buyer.spent.doubleValue());
    Map<String, String> expected = new TreeMap<>();
    buyers.forEach(
        (email, buyer) -> {
          int r = recency.get(email);
          int f = frequency.get(email);
          int m = monetary.get(email);
          String group;
          if (r < 3) {
            group = f > 2 || m > 2 ? "at-risk" : "lapsed";
          } else if (f > 3) {
            group = m > 3 ? "high-value" : "loyal";
          } else {
            group = buyer.orders == 1 && r > 3 ? "new" : "potential";
          }
          expected.put(email, r + " " + f + " " + m + " " + (r + f + m) + " " + group);
        });
    for (int i = 0; i < PROSPECTS; i++) {
      expected.put("prospect" + i + "@example.com", "prospects");
    }
    return expected;
  }

  private static Map<String, Integer> fifths(
      Map<String, Buyer> buyers, ToDoubleFunction<Buyer> measure) {
    Map<String, Double> values = new HashMap<>();
    buyers.forEach((email, buyer) -> values.put(email, measure.applyAsDouble(buyer)));
    return Fifths.of(values);
  }

  private static List<String> segments(String said) {
    String group = said.replaceAll(".* ", "");
    return switch (group) {
      case "lapsed" -> List.of();
      case "high-value" -> List.of("profiler-value-high-value", "profiler-value-loyal");
      case "at-risk" -> List.of(); // stands on what is foretold, see below
      default -> List.of("profiler-value-" + group);
    };
  }

  /** Who bought often or for much and will more likely than not buy no more, by the traits. */
  private Set<String> foretoldAtRisk() {
    Set<String> atRisk = new TreeSet<>();
    owner
        .people()
        .forEach(
            (email, profile) -> {
              JsonObject traits = profile.getJsonObject("traits");
              if (traits.containsKey("churn_risk")
                  && traits.getDouble("churn_risk") >= 0.5
                  && (traits.getInteger("rfm_frequency") >= 3
                      || traits.getInteger("rfm_monetary") >= 3)) {
                atRisk.add(email);
              }
            });
    return atRisk;
  }

  private Map<String, Set<String>> members() {
    Map<String, Set<String>> members = new TreeMap<>();
    owner
        .people()
        .forEach(
            (email, profile) ->
                Line.objects(profile.getJsonArray("segments")).stream()
                    .map(segment -> segment.getString("id"))
                    .filter(id -> id.startsWith("profiler-value-"))
                    .forEach(id -> members.computeIfAbsent(id, _ -> new TreeSet<>()).add(email)));
    return members;
  }

  private Map<String, String> portraits() {
    Map<String, String> portraits = new TreeMap<>();
    owner
        .people()
        .forEach(
            (email, profile) -> {
              JsonObject traits = profile.getJsonObject("traits");
              portraits.put(
                  email,
                  traits.containsKey("rfm_group")
                      ? traits.getInteger("rfm_recency")
                          + " "
                          + traits.getInteger("rfm_frequency")
                          + " "
                          + traits.getInteger("rfm_monetary")
                          + " "
                          + traits.getInteger("rfm_score")
                          + " "
                          + traits.getString("rfm_group")
                      : "prospects");
            });
    return portraits;
  }

  private void isDefinedInBothLanguages(String segment) {
    Document body =
        line.stored("definitions")
            .find(new Document("id", segment))
            .first()
            .get("body", Document.class);
    for (String words : List.of("name", "description")) {
      assertEquals(
          Set.of("en", "zh-CN"), body.get(words, Document.class).keySet(), segment + " " + words);
    }
  }

  private static Document rfmSegments() {
    return new Document("id", new Document("$regex", "^profiler-value-"));
  }

  private JsonObject traits(String name, JsonObject properties) {
    return line.customer(name).event("traits", "traits", properties);
  }
}
