package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner makes a campaign of a recipe, and it does what its pages say. */
class CampaignIT {
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
  void recipesShipCompleteInBothLanguages() {
    List<JsonObject> recipes = line.items("/api/v1/recipes");

    assertEquals(
        List.of("welcome", "stay", "win-back", "vip-thanks"),
        recipes.stream().map(recipe -> recipe.getString("id")).toList());
    for (JsonObject recipe : recipes) {
      OwnCampaign draft = OwnCampaign.of(line, recipe.getString("id"), new JsonObject());
      assertEquals("draft", draft.state());
      for (String language : List.of("en", "zh-CN")) {
        assertFalse(recipe.getJsonObject("description").getString(language).isBlank());
        for (JsonObject answer : Line.objects(recipe.getJsonArray("answers"))) {
          assertFalse(answer.getJsonObject("name").getString(language).isBlank());
          assertFalse(answer.getJsonObject("help").getString(language).isBlank());
        }
        for (JsonObject mail : Line.objects(draft.told().getJsonArray("mails"))) {
          HttpResponse<String> preview =
              line.get(
                  draft.path() + "/mails/" + mail.getString("id") + "/html?language=" + language);
          boolean isUsed = mail.getBoolean("used");
          assertEquals(isUsed ? 200 : 404, preview.statusCode(), mail.getString("id"));
          assertFalse(preview.body().contains("{{"), preview.body());
        }
      }
    }
  }

  @Test
  void everyFaultOfADraftIsNamedWithItsPlaceInTheReadersLanguage() {
    HttpResponse<String> answers =
        line.ask(
            "/api/v1/campaigns",
            new JsonObject(
                """
                {"recipe": "vip-thanks", "answers": {"total": "0", "currency": "euro",
                 "gift": {"en": "a {{gift}}", "zh-CN": ""}, "link": "javascript:1", "more": 1}}"""),
            "Accept-Language",
            "zh-CN");
    OwnCampaign draft = OwnCampaign.of(line, "welcome", new JsonObject());
    HttpResponse<String> words =
        line.put(
            draft.path(),
            new JsonObject(
                """
                {"name": {"en": "W"}, "mails": {"mail-1": {"en": {"subject": "a\\nb",
                 "blocks": [{"paragraph": "{{#x}} open"}, {"button": "b", "url": "ftp://x"}]},
                 "fr": {}}, "mail-9": {}}}"""),
            "If-Match",
            draft.tag());

    assertEquals(400, answers.statusCode());
    assertEquals(
        List.of(
            "/answers/total",
            "/answers/currency",
            "/answers/gift/en",
            "/answers/gift/zh-CN",
            "/answers/link",
            "/answers/more"),
        pointers(answers));
    assertTrue(answers.body().contains("应为 1 到 1000000000 的金额"), answers.body());
    assertEquals(400, words.statusCode());
    assertEquals(
        List.of(
            "/mails/mail-1/en/subject",
            "/mails/mail-1/en/blocks/0/paragraph",
            "/mails/mail-1/en/blocks/1/url",
            "/mails/mail-1/fr",
            "/mails/mail-9"),
        pointers(words));
    JsonObject same = new JsonObject().put("name", OwnCampaign.name("W"));
    assertEquals(428, line.put(draft.path(), same).statusCode());
    assertEquals(412, line.put(draft.path(), same, "If-Match", "\"7\"").statusCode());
    assertEquals(409, line.ask(draft.path() + "/pause", new JsonObject()).statusCode());
    assertEquals(409, line.ask(draft.path() + "/release", confirm(0)).statusCode());
    assertEquals(404, line.get("/api/v1/campaigns/nothing").statusCode());
  }

  @Test
  void aSeriesGoesOutInTheOwnersWordsAndAnEditIsForThoseWhoComeLater() {
    Customer early = line.customer("early");
    early.agrees("consent");
    line.settle();
    OwnCampaign welcome =
        OwnCampaign.of(line, "welcome", new JsonObject().put("mails", 2).put("days", 1));
    welcome.write("Hello one", "Hello two");

    welcome.act("activate");
    welcome.awaitWalks();
    Customer ann = line.customer("ann");
    ann.agrees("consent");
    awaitSubjects(welcome, ann, "Hello one");
    welcome.write("Second one", "Second two");
    Customer bob = line.customer("bob");
    bob.agrees("consent");
    awaitSubjects(welcome, bob, "Second one");

    welcome.act("pause");
    line.restart();
    assertEquals("paused", welcome.state());
    assertEquals(2, welcome.told().getInteger("version"));
    Customer cem = line.customer("cem");
    cem.agrees("consent");
    Line.until("a reason why cem gets none", () -> !cem.decisions("decline").isEmpty());
    line.advance(Duration.ofDays(1));
    awaitPause(ann);
    assertEquals("campaign-paused", cem.decisions("decline").getFirst().getString("reason"));
    assertEquals(List.of("Hello one"), welcome.subjects(ann));

    welcome.act("resume");
    line.advance(Duration.ofMinutes(10));
    awaitSubjects(welcome, ann, "Hello two", "Hello one");
    awaitSubjects(welcome, bob, "Second two", "Second one");
    assertEquals(2, ann.mails().size());
    assertTrue(ann.mails().getLast().html().contains("Dear , Hello two"));

    Customer dan = line.customer("dan");
    dan.agrees("consent");
    awaitSubjects(welcome, dan, "Second one");
    welcome.act("end");
    line.advance(Duration.ofDays(1));
    Line.until("dan to leave", () -> !dan.decisions("leave").isEmpty());
    Customer eve = line.customer("eve");
    eve.agrees("consent");
    line.settle();
    assertEquals(1, dan.mails().size());
    assertEquals(List.of(), eve.mails());
    assertEquals(List.of(), early.mails());
    assertTrue(early.segments().contains(welcome.id()));
    assertEquals(409, line.ask(welcome.path() + "/resume", new JsonObject()).statusCode());
  }

  @Test
  void whoIsInAlreadyEntersSilentlyAndWhoComesByTimeAloneIsWrittenTo() {
    Customer old = line.customer("old");
    Customer fresh = line.customer("fresh");
    for (Customer each : List.of(old, fresh)) {
      each.agrees("consent");
    }
    line.tell(
        old.order("long-ago", "10.00")
            .put("time", line.clock.instant().minus(Duration.ofDays(70)).toString()));
    fresh.orders("today");
    line.settle();
    OwnCampaign back = OwnCampaign.of(line, "win-back", new JsonObject());
    back.write("Come back", "Still there");

    back.act("activate");
    back.awaitWalks();
    Line.until("old to be in", () -> old.segments().contains(back.id()));
    assertFalse(fresh.segments().contains(back.id()));
    line.advance(Duration.ofDays(60));

    awaitSubjects(back, fresh, "Come back");
    assertEquals(List.of(), back.subjects(old));
    assertTrue(
        old.decisions().stream().noneMatch(it -> it.getString("campaign").equals(back.id())));
  }

  private static void awaitPause(Customer customer) {
    String since = line.clock.instant().toString();
    Line.until(
        "to be looked at in the pause",
        () ->
            Line.objects(customer.portrait().getJsonArray("journeys")).stream()
                .anyMatch(it -> it.getString("wakeAt").compareTo(since) > 0));
  }

  private static void awaitSubjects(OwnCampaign campaign, Customer customer, String... subjects) {
    Line.until(
        List.of(subjects) + " for " + customer.name(),
        () -> campaign.subjects(customer).equals(List.of(subjects)));
  }

  private static JsonObject confirm(int count) {
    return new JsonObject().put("confirm", count);
  }

  private static List<String> pointers(HttpResponse<String> refusal) {
    return Line.objects(new JsonObject(refusal.body()).getJsonArray("errors")).stream()
        .map(error -> error.getString("pointer"))
        .toList();
  }
}
