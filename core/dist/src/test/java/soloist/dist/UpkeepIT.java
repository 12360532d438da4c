package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a profiler stays true: it is repeated by the clock, what is learnt has to prove itself
 * against what stands, and what has taken over can be taken back.
 */
class UpkeepIT {
  private static final int PEOPLE = 240;
  private static final int DAYS = 30;
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @TempDir Path folder;
  private Line line;
  private Owner owner;
  private final Random random = new Random(42);
  private int number;

  @Test
  void aModelIsRepeatedProvesItselfAndCanBeTakenBack() {
    try (Line opened = Line.open(folder)) {
      line = opened;
      owner = new Owner(line);
      livesIn(ZONE);
      // Every second one buys all the time, the others now and then.
      StringBuilder history = new StringBuilder();
      for (int person = 0; person < PEOPLE; person++) {
        if (person % 2 == 0) {
          buys(history, person, -150);
        } else {
          buysNowAndThen(history, person, -150);
        }
      }
      owner.bringIn(file(history));
      gendersAreKnown();
      line.settle();
      owner.configure(
          "leaving",
          "profiler-predict",
          new JsonObject()
              .put("goal", "churn")
              .put("days", DAYS)
              .put("currency", "EUR")
              .put("method", "logistic"));
      String first = model(owner.run("leaving", new JsonObject()));

      assertEquals("standing", json(first).getString("role"));
      assertEquals("first", verdict(first).getString("reason"));
      pointsOutWhomItChoosesLess(first);
      Set<String> heldOut = everyCellOpensItsPeople(first);

      whatHasChangedIsLearntOnceThoughMissedTwice(first);
      String second = standing();
      Map<String, Double> said = chances();
      String declined = whatIsWorseIsDeclined(second, said, heldOut);
      assertEquals(said, chances(), "the one that was declined told somebody something");

      theOwnerIsAskedWhoWantsToBe(declined);
      takesBack(first, declined);
      fewerGroupsLeaveNoSegmentBehind();
    }
  }

  /** Women leave less often, so fewer of them are named. */
  private void pointsOutWhomItChoosesLess(String model) {
    JsonObject fairness = json(model).getJsonObject("fairness");
    JsonObject gender = fairness.getJsonArray("fields").getJsonObject(0);
    List<JsonObject> groups = Line.objects(gender.getJsonArray("groups"));

    assertEquals("low", fairness.getString("state"), fairness.encode());
    assertEquals(
        List.of("female", "male"), groups.stream().map(it -> it.getString("group")).toList());
    assertEquals("low", groups.getFirst().getString("state"));
    assertEquals("fair", groups.getLast().getString("state"));
    assertEquals(1.0, groups.getLast().getDouble("ratio"));
  }

  private Set<String> everyCellOpensItsPeople(String model) {
    JsonObject cells = json(model).getJsonObject("cells");
    Set<String> all = new HashSet<>();
    for (String named : List.of("yes", "no")) {
      for (String came : List.of("yes", "no")) {
        List<JsonObject> people =
            line.items(
                "/api/v1/models/" + model + "/people?limit=200&named=" + named + "&came=" + came);
        String cell =
            (named.equals("yes") ? "named" : "other") + (came.equals("yes") ? "Came" : "Not");
        assertEquals(cells.getInteger(cell), people.size(), cell);
        people.forEach(it -> all.add(email(it.getJsonObject("person"))));
      }
    }
    assertEquals(cells.getInteger("people"), all.size());
    assertTrue(all.size() >= 30, all.size() + " people are held out");
    assertEquals(400, line.get("/api/v1/models/" + model + "/people?named=yes").statusCode());
    return all;
  }

  /** Who bought all the time stops, the others begin to: what was learnt is wrong now. */
  private void whatHasChangedIsLearntOnceThoughMissedTwice(String first) {
    line.advance(Duration.ofDays(DAYS));
    StringBuilder changed = new StringBuilder();
    people(person -> person % 2 == 1, changed);
    owner.bringIn(file(changed));
    JsonObject plan = plan(new JsonObject().put("every", "day").put("hour", 3));
    Instant due = Instant.parse(plan.getString("dueAt"));
    ZonedDateTime shown = due.atZone(ZONE);
    assertEquals(3, shown.getHour());
    assertTrue(Duration.between(line.clock.instant(), due).toHours() < 24, plan.encode());
    assertEquals(1, line.items("/api/v1/instances/leaving/models").size(), "it was not due yet");

    line.restartAfter(Duration.ofHours(50));

    Line.until("what was missed", () -> upkeep().getValue("last") != null);
    assertEquals("done", upkeep().getJsonObject("last").getString("state"));
    Line.until(
        "the next time",
        () -> Instant.parse(upkeep().getString("dueAt")).isAfter(line.clock.instant()));
    assertEquals(2, line.items("/api/v1/instances/leaving/models").size(), "missed is done once");
    assertNotEquals(first, standing());
    assertEquals("former", json(first).getString("role"));
    JsonObject drift = json(first).getJsonObject("drift");
    assertEquals("much", drift.getString("mark"), drift.encode());
    assertTrue(drift.getBoolean("worse"), drift.encode());
    JsonObject verdict = verdict(standing());
    assertEquals("better", verdict.getString("reason"), verdict.encode());
    assertEquals(first, verdict.getString("against"));
    assertTrue(verdict.getJsonObject("gain").getDouble("low") > 0, verdict.encode());
  }

  /** Those held out do as the model says that stands, everybody else the opposite. */
  private String whatIsWorseIsDeclined(
      String standing, Map<String, Double> said, Set<String> heldOut) {
    double middle = said.values().stream().sorted().toList().get(PEOPLE / 2);
    plan(null);
    line.advance(Duration.ofDays(DAYS));
    StringBuilder broken = new StringBuilder();
    people(
        person -> (said.get(email(person)) >= middle) != heldOut.contains(email(person)), broken);
    owner.bringIn(file(broken));
    plan(new JsonObject().put("every", "day").put("hour", 3));

    line.advance(Duration.ofHours(25));

    Line.until(
        "the repetition",
        () -> line.items("/api/v1/instances/leaving/models").size() == 3 && !isRunning());
    JsonObject declined = line.items("/api/v1/instances/leaving/models").getFirst();
    assertEquals("declined", declined.getString("role"), declined.encode());
    assertEquals("worse", declined.getJsonObject("verdict").getString("reason"));
    assertTrue(
        declined.getJsonObject("verdict").getJsonObject("gain").getDouble("high") < 0,
        declined.getJsonObject("verdict").encode());
    assertEquals(standing, standing());
    assertEquals(List.of(), declined.getJsonArray("segments").getList());
    plan(null);
    return declined.getString("id");
  }

  /** The same on the same people is no worse, and then it is the owner's word that counts. */
  private void theOwnerIsAskedWhoWantsToBe(String declined) {
    plan(null, true);
    owner.awaitEnd(owner.ask("/models/" + declined + "/stand", new JsonObject()));
    assertEquals(declined, standing());
    assertEquals(409, owner.ask("/models/" + declined + "/stand", new JsonObject()).statusCode());

    String waiting = model(owner.run("leaving", new JsonObject().put("challenge", true)));

    JsonObject calling = line.items("/api/v1/upkeep").getFirst();
    assertEquals("always", verdict(waiting).getString("reason"), verdict(waiting).encode());
    assertEquals(0, verdict(waiting).getJsonObject("gain").getDouble("value"));
    assertEquals(waiting, calling.getString("waiting"));
    assertEquals(declined, calling.getString("standing"));
    assertEquals("waiting", json(waiting).getString("role"));
    assertEquals(200, owner.ask("/models/" + waiting + "/decline", new JsonObject()).statusCode());
    assertEquals(409, owner.ask("/models/" + waiting + "/decline", new JsonObject()).statusCode());
    assertEquals(List.of(), line.items("/api/v1/upkeep"));
    JsonObject look = owner.awaitEnd(owner.ask("/instances/leaving/look", new JsonObject()));
    assertEquals("none", look.getJsonObject("result").getString("drift"), look.encode());
  }

  private void takesBack(String first, String last) {
    Map<String, Double> before = chances();
    String bound = bound();
    line.advance(Duration.ofMinutes(1));

    JsonObject job = owner.awaitEnd(owner.ask("/models/" + first + "/stand", new JsonObject()));

    assertEquals("done", job.getString("state"), job.encode());
    assertEquals(first, standing());
    assertEquals("former", json(last).getString("role"));
    assertNotEquals(bound, bound(), "the segment is still that of the other model");
    Map<String, Double> now = chances();
    assertNotEquals(before, now);
    double least = Double.parseDouble(bound());
    owner
        .people()
        .forEach(
            (email, person) ->
                assertEquals(
                    now.get(email) >= least,
                    person.getJsonArray("segments").encode().contains("churn-likely"),
                    email));
    line.advance(Duration.ofMinutes(1));
    owner.awaitEnd(owner.ask("/models/" + last + "/stand", new JsonObject()));
    assertEquals(bound, bound());
    noCampaignGoesByItBeforeSomebodyHasLooked(first);
  }

  /** By its segment, and by a segment of the owner's that asks another for what it wrote. */
  private void noCampaignGoesByItBeforeSomebodyHasLooked(String unfair) {
    line.advance(Duration.ofMinutes(1));
    owner.awaitEnd(owner.ask("/models/" + unfair + "/stand", new JsonObject()));
    String scored = segment("Scored", trait("p_churn", "0.5"));
    String byModel = newsTo("profiler-predict-churn-likely");
    String byScore = newsTo(segment("Within", new JsonObject().put("inSegment", scored)));
    String byOrders = newsTo(segment("Orders", trait("orders", "1")));

    assertTrue(refusal(byModel).contains("The segment 'profiler-predict-churn-likely' stands on"));
    assertTrue(refusal(byScore).contains("asks for 'p_churn'"), refusal(byScore));
    assertFalse(refusal(byOrders).contains("four fifths"), refusal(byOrders));
    owner.ask("/models/" + unfair + "/seen", new JsonObject());

    assertFalse(refusal(byModel).contains("four fifths"), refusal(byModel));
    assertFalse(refusal(byScore).contains("four fifths"), refusal(byScore));
  }

  private String segment(String name, JsonObject condition) {
    JsonObject segment =
        new JsonObject().put("name", new JsonObject().put("en", name)).put("condition", condition);
    HttpResponse<String> answer = line.ask("/api/v1/segments", segment);
    assertEquals(201, answer.statusCode(), answer.body());
    return new JsonObject(answer.body()).getString("id");
  }

  private static JsonObject trait(String key, String least) {
    return new JsonObject()
        .put("trait", key)
        .put("comparison", "atLeast")
        .put("value", least)
        .put("type", "number");
  }

  private String newsTo(String segment) {
    OwnCampaign news = OwnCampaign.broadcast(line, segment);
    news.write("News");
    return news.path();
  }

  /** Nobody has 100,000 customers, so the number is refused at the latest. */
  private String refusal(String campaign) {
    JsonObject release = new JsonObject().put("minutes", 10).put("confirm", 100_000);
    HttpResponse<String> refused = line.ask(campaign + "/release", release);
    assertEquals(409, refused.statusCode(), refused.body());
    return refused.body();
  }

  private void fewerGroupsLeaveNoSegmentBehind() {
    owner.configure("kinds", "profiler-cluster", new JsonObject().put("numbers", "score"));
    line.advance(Duration.ofMinutes(1));
    scores(3);
    String three = model(owner.run("kinds", new JsonObject()));
    line.advance(Duration.ofMinutes(1));
    scores(2);
    String two = model(owner.run("kinds", new JsonObject()));

    Set<String> left = new HashSet<>(segments(three));
    left.removeAll(segments(two));
    assertFalse(left.isEmpty(), "both have the same groups: " + segments(two));
    for (String segment : left) {
      assertEquals(404, line.get("/api/v1/segments/" + segment).statusCode(), segment);
    }
    line.advance(Duration.ofMinutes(1));
    owner.awaitEnd(owner.ask("/models/" + three + "/stand", new JsonObject()));
    for (String segment : left) {
      assertEquals(200, line.get("/api/v1/segments/" + segment).statusCode(), segment);
    }
  }

  private void scores(int clumps) {
    for (int person = 0; person < 90; person++) {
      JsonObject score =
          new JsonObject().put("score", 100 * (person % clumps) + random.nextInt(10));
      line.tell(line.customer("b" + person).event("score" + clumps, "traits", score));
    }
    line.settle();
  }

  private List<String> segments(String model) {
    return json(model).getJsonArray("segments").stream().map(String.class::cast).toList();
  }

  private void gendersAreKnown() {
    for (int person = 0; person < 160; person++) {
      // Of ten who buy all the time seven are women; of the others three.
      boolean isWoman = person / 2 % 10 < (person % 2 == 0 ? 7 : 3);
      line.tell(
          line.customer("b" + person)
              .event(
                  "gender", "traits", new JsonObject().put("gender", isWoman ? "female" : "male")));
    }
  }

  /** Orders of the last month but its first days, of some; one in ten does as the others. */
  private void people(IntPredicate buy, StringBuilder orders) {
    for (int person = 0; person < PEOPLE; person++) {
      if (buy.test(person) != (random.nextInt(10) == 0)) {
        buys(orders, person, 4 - DAYS);
      }
    }
  }

  /** Orders every few days until today. */
  private void buys(StringBuilder orders, int person, int from) {
    for (int day = from + random.nextInt(4); day < 0; day += 3 + random.nextInt(6)) {
      order(orders, person, day);
    }
  }

  private void buysNowAndThen(StringBuilder orders, int person, int from) {
    for (int day = from + random.nextInt(30); day < 0; day += 15 + random.nextInt(75)) {
      order(orders, person, day);
    }
  }

  private void order(StringBuilder orders, int person, int day) {
    Instant at = line.clock.instant().plus(Duration.ofDays(day)).minus(Duration.ofHours(1));
    orders
        .append(email(person))
        .append(",N-" + number++ + ",")
        .append(at)
        .append("," + (10 + random.nextInt(50)) + ".00,EUR\n");
  }

  private static String file(StringBuilder orders) {
    return "email,number,when,total,currency\n" + orders;
  }

  private static String email(int person) {
    return "b" + person + "@example.com";
  }

  private static String email(JsonObject person) {
    return person.getJsonObject("identifiers").getJsonArray("email").getString(0);
  }

  private void livesIn(ZoneId zone) {
    JsonObject company = line.json("/api/v1/company").put("timeZone", zone.getId());
    assertEquals(200, line.ask("/api/v1/company", company).statusCode());
  }

  private JsonObject plan(JsonObject repeat) {
    return plan(repeat, false);
  }

  private JsonObject plan(JsonObject repeat, boolean asks) {
    JsonObject body = new JsonObject().put("repeat", repeat).put("asks", asks);
    HttpResponse<String> answer = line.ask("/api/v1/instances/leaving/upkeep", body);
    assertEquals(200, answer.statusCode(), answer.body());
    return new JsonObject(answer.body());
  }

  private JsonObject upkeep() {
    return line.json("/api/v1/instances/leaving/upkeep");
  }

  private boolean isRunning() {
    return line.items("/api/v1/instances/leaving/runs").stream()
        .anyMatch(job -> job.getString("state").equals("running"));
  }

  private String standing() {
    return upkeep().getString("standing");
  }

  private String bound() {
    return line.json("/api/v1/segments/profiler-predict-churn-likely")
        .getJsonObject("condition")
        .getString("value");
  }

  private Map<String, Double> chances() {
    Map<String, Double> chances = new TreeMap<>();
    owner
        .people()
        .forEach(
            (email, person) ->
                chances.put(email, person.getJsonObject("traits").getDouble("p_churn")));
    return chances;
  }

  private JsonObject json(String model) {
    return line.json("/api/v1/models/" + model);
  }

  private JsonObject verdict(String model) {
    return json(model).getJsonObject("verdict");
  }

  private static String model(JsonObject job) {
    assertEquals("done", job.getString("state"), job.encode());
    return job.getJsonObject("result").getString("model");
  }
}
