package soloist.dist;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.dist.Visitor.WORDS;
import static soloist.dist.Visitor.code;
import static soloist.dist.Visitor.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start, signing in, and everything that ends it. */
class SignInIT {
  private static final String NEW_WORDS = "four green boats asleep";

  @TempDir private Path folder;
  private Line line;

  @BeforeEach
  void open() {
    line = Line.withoutRelay(folder);
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void theFirstStartIsDoneOnceAndThenGone() throws Exception {
    Visitor guest = new Visitor(line);
    assertEquals("setup", json(200, guest.get("/api/v1/session")).getString("state"));
    assertEquals(guest.get("/").statusCode(), guest.get("/setup").statusCode());
    JsonObject answers = Visitor.setup(line, "Owner@Tea.example", WORDS);
    JsonObject begun =
        json(
            200,
            guest.post(
                "/api/v1/setup/begin", new JsonObject().put("token", answers.getString("token"))));
    assertEquals("Tea & Co", begun.getString("sender"));
    assertEquals(
        "setup-wrong", code(guest.post("/api/v1/setup", answers.copy().put("token", "guess"))));
    JsonArray faults =
        json(
                400,
                guest.post(
                    "/api/v1/setup", answers.copy().put("timeZone", "Moon/Sea").put("sender", "")))
            .getJsonArray("errors");
    assertEquals(2, faults.size(), faults.encode());
    assertEquals(
        "passphrase-common", fault(guest, answers.copy().put("passphrase", "password1234567")));

    Visitor owner = new Visitor(line);
    JsonObject signedIn = json(201, owner.post("/api/v1/setup", answers));

    assertEquals("owner@tea.example", signedIn.getJsonObject("user").getString("email"));
    assertEquals("signedIn", json(200, owner.get("/api/v1/session")).getString("state"));
    assertEquals("signedOut", json(200, guest.get("/api/v1/session")).getString("state"));
    JsonObject company = json(200, owner.get("/api/v1/company"));
    assertEquals("Tea & Co GmbH", company.getString("sender"));
    assertFalse(Files.exists(line.home().resolve("setup-token")));
    isGone(answers);
    line.restart();
    isGone(answers);
    assertEquals(company, json(200, owner.get("/api/v1/company")));
    Customer ada = line.customer("ada");
    ada.agrees("consent");
    ada.orders("order");
    ada.awaitMessage("thanks", "sent");
    String mail = line.items("/api/v1/mails").getFirst().getString("id");
    assertTrue(line.json("/api/v1/mails/" + mail).getString("text").contains("Tea & Co GmbH"));
  }

  private static String fault(Visitor visitor, JsonObject answers) {
    return json(400, visitor.post("/api/v1/setup", answers))
        .getJsonArray("errors")
        .getJsonObject(0)
        .getString("code");
  }

  private void isGone(JsonObject answers) {
    assertTrue(line.soloist().setupUrl().isEmpty());
    for (String path :
        List.of(
            "/api/v1/setup",
            "/api/v1/setup/begin",
            "/api/v1/setup/",
            "/api/v1/%73etup",
            "/api/v1//setup",
            "/api/v1/x/../setup",
            "/api/%76%31/setup")) {
      assertEquals(404, new Visitor(line).post(path, answers).statusCode(), path);
    }
    for (String path :
        List.of("/setup", "/setup/", "/%73etup", "/SETUP", "//setup", "/x/../setup", "/./setup")) {
      int status =
          Wire.send(line.port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 1)
              .firstStatus();
      assertEquals(404, status, path);
    }
  }

  @Test
  void theCookieIsForThisSiteAndItsPagesAloneAndAnotherAfterEachSignIn() {
    Visitor owner = Visitor.owner(line);
    String first = owner.cookie();
    assertTrue(
        owner
            .cookieLine()
            .matches("sid=[0-9A-Za-z]{43}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict"),
        owner.cookieLine());

    json(200, owner.signsIn("owner@tea.example", WORDS));

    assertNotEquals(first, owner.cookie());
    assertEquals(401, old(first).statusCode());
    assertEquals(200, owner.get("/api/v1/profiles").statusCode());
    String kept = line.stored("sessions").find().first().toJson();
    assertFalse(kept.contains(owner.cookie().substring(4)), kept);
    json(200, owner.post("/api/v1/sign-out", new JsonObject()));
    assertEquals("", owner.cookie());
    assertEquals(401, new Visitor(line).get("/api/v1/profiles").statusCode());
  }

  private HttpResponse<String> old(String cookie) {
    return line.sendAs(HttpRequest.newBuilder(line.url("/api/v1/profiles")), "Cookie", cookie);
  }

  @Test
  void halfAnHourOfNothingOrTwelveHoursEndASession() {
    Visitor owner = Visitor.owner(line);
    for (int i = 0; i < 24; i++) {
      line.advance(Duration.ofMinutes(29));
      assertEquals(200, owner.get("/api/v1/status").statusCode(), "after half hour " + i);
    }
    line.advance(Duration.ofMinutes(25));
    assertEquals(401, owner.get("/api/v1/status").statusCode());

    json(200, owner.signsIn("owner@tea.example", WORDS));
    line.advance(Duration.ofMinutes(30).plusSeconds(1));
    assertEquals(401, owner.get("/api/v1/status").statusCode());
  }

  @Test
  void whatChangesAnAccountEndsEverySessionOfItAtOnce() {
    Visitor owner = Visitor.owner(line);
    Visitor marie = owner.invites("marie@tea.example", "marketer");
    Visitor elsewhere = new Visitor(line);
    json(200, elsewhere.signsIn("marie@tea.example", WORDS));
    assertEquals(2, json(200, marie.get("/api/v1/sessions")).getJsonArray("items").size());

    json(
        200,
        marie.post(
            "/api/v1/passphrase/change",
            new JsonObject().put("old", WORDS).put("passphrase", NEW_WORDS)));

    assertEquals(401, elsewhere.get("/api/v1/profiles").statusCode());
    assertEquals(200, marie.get("/api/v1/profiles").statusCode());
    assertEquals("sign-in-wrong", code(elsewhere.signsIn("marie@tea.example", WORDS)));
    json(200, elsewhere.signsIn("marie@tea.example", NEW_WORDS));
    json(200, marie.post("/api/v1/sessions/end-others", new JsonObject()));
    assertEquals(401, elsewhere.get("/api/v1/profiles").statusCode());
    json(200, elsewhere.signsIn("marie@tea.example", NEW_WORDS));
    String id = json(200, marie.get("/api/v1/session")).getJsonObject("user").getString("id");
    json(200, owner.post("/api/v1/users/" + id, new JsonObject().put("role", "analyst")));
    assertEquals(401, marie.get("/api/v1/profiles").statusCode());
    assertEquals(401, elsewhere.get("/api/v1/profiles").statusCode());
    json(200, marie.signsIn("marie@tea.example", NEW_WORDS));
    json(200, owner.post("/api/v1/users/" + id + "/remove", new JsonObject()));
    assertEquals(401, marie.get("/api/v1/profiles").statusCode());
    assertEquals("sign-in-wrong", code(marie.signsIn("marie@tea.example", NEW_WORDS)));
  }

  @Test
  void noOneGuessesAPassphrase() {
    Visitor.owner(line);
    Visitor guest = new Visitor(line);
    for (int i = 0; i < 5; i++) {
      assertEquals("sign-in-wrong", code(guest.signsIn("owner@tea.example", "guess " + i)));
    }

    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      refused += guest.signsIn("OWNER@tea.example ", "guess " + i).statusCode() == 429 ? 1 : 0;
    }

    assertEquals(1_000, refused);
    HttpResponse<String> answer = guest.signsIn("owner@tea.example", WORDS);
    assertEquals("too-often", code(answer));
    // Of the address; the account itself has to wait three minutes.
    assertEquals("45", answer.headers().firstValue("Retry-After").orElse(""));
    line.advance(Duration.ofMinutes(3));
    json(200, guest.signsIn("owner@tea.example", WORDS));
  }

  @Test
  void oneAddressTriesTwentyTimesWhateverItTries() {
    Visitor.owner(line);
    Visitor guest = new Visitor(line);
    JsonObject guess = new JsonObject().put("link", "guess").put("passphrase", NEW_WORDS);
    for (int i = 0; i < 20; i++) {
      assertEquals("link-wrong", code(guest.post("/api/v1/passphrase", guess)));
    }

    assertEquals("too-often", code(guest.signsIn("somebody@tea.example", WORDS)));
  }

  @Test
  void theOwnerChoosesANewPassphraseByALinkOfThisMachineAndSignsInThen() {
    Visitor owner = Visitor.owner(line);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(line.url("/api/v1/owner/link"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    String link =
        json(
                200,
                line.send(
                    request,
                    "Content-Type",
                    "application/json",
                    "X-Forwarded-Host",
                    "evil.example",
                    "Forwarded",
                    "host=evil.example"))
            .getString("link");
    assertTrue(link.startsWith(line.soloist().url() + "/welcome#"), link);
    JsonObject chosen =
        new JsonObject().put("link", link.replaceAll(".*#", "")).put("passphrase", NEW_WORDS);
    Visitor reset = new Visitor(line);

    HttpResponse<String> answer = reset.post("/api/v1/passphrase", chosen);

    json(200, answer);
    assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
    assertEquals(401, owner.get("/api/v1/profiles").statusCode());
    assertEquals("link-wrong", code(reset.post("/api/v1/passphrase", chosen)));
    assertEquals("sign-in-wrong", code(reset.signsIn("owner@tea.example", WORDS)));
    json(200, reset.signsIn("owner@tea.example", NEW_WORDS));
    String other = line.order("/api/v1/owner/link").getString("link");
    line.advance(Duration.ofMinutes(61));
    assertEquals(
        "link-wrong",
        code(
            reset.post(
                "/api/v1/passphrase", chosen.copy().put("link", other.replaceAll(".*#", "")))));
  }

  @Test
  void nobodyReachesTheOwnerAndNobodyBecomesOne() {
    Visitor owner = Visitor.owner(line);
    Visitor admin = owner.invites("admin@tea.example", "admin");
    for (Map.Entry<String, JsonObject> change :
        Map.of(
                "/api/v1/users/owner", new JsonObject().put("role", "analyst"),
                "/api/v1/users/owner/link", new JsonObject(),
                "/api/v1/users/owner/remove", new JsonObject())
            .entrySet()) {
      assertEquals(
          "user-not-yours", code(admin.post(change.getKey(), change.getValue())), change.getKey());
    }
    String id = json(200, admin.get("/api/v1/session")).getJsonObject("user").getString("id");
    assertEquals(
        "user-not-yours",
        code(admin.post("/api/v1/users/" + id, new JsonObject().put("role", "analyst"))));
    assertEquals(
        400,
        admin
            .post(
                "/api/v1/users",
                new JsonObject().put("email", "b@tea.example").put("role", "owner"))
            .statusCode());
    assertEquals(200, owner.get("/api/v1/users").statusCode());
  }

  @Test
  void aTokenEndsWithItsDayItsOwnerOrAWord() {
    Visitor owner = Visitor.owner(line);
    Visitor dev = owner.invites("dev@tea.example", "developer");
    JsonObject asked =
        new JsonObject()
            .put("name", "shop")
            .put("days", 30)
            .put("scopes", JsonArray.of("events:write"));
    for (JsonObject bad :
        List.of(
            asked.copy().put("scopes", JsonArray.of("tokens:write")),
            asked.copy().put("scopes", JsonArray.of("settings:write")),
            asked.copy().put("scopes", new JsonArray()),
            asked.copy().put("days", 366),
            asked.copy().put("name", ""))) {
      assertEquals(400, dev.post("/api/v1/tokens", bad).statusCode(), bad.encode());
    }
    JsonObject made = json(201, dev.post("/api/v1/tokens", asked));
    assertTrue(made.getString("token").matches("mk_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}"));
    assertFalse(dev.get("/api/v1/tokens").body().contains(made.getString("token").substring(20)));

    assertEquals(400, tells(made));
    assertEquals(
        line.clock.instant(),
        json(200, dev.get("/api/v1/tokens"))
            .getJsonArray("items")
            .getJsonObject(0)
            .getInstant("usedAt"));
    for (int i = 0; i < 99; i++) {
      assertEquals(400, tells(made));
    }
    assertEquals(429, tells(made));
    line.advance(Duration.ofDays(30));
    assertEquals(401, tells(made));

    json(200, dev.signsIn("dev@tea.example", WORDS));
    JsonObject other = json(201, dev.post("/api/v1/tokens", asked));
    assertEquals(400, tells(other));
    json(200, dev.post("/api/v1/tokens/" + other.getString("id") + "/revoke", new JsonObject()));
    assertEquals(401, tells(other));
  }

  private int tells(JsonObject made) {
    return line.sendAs(
            HttpRequest.newBuilder(line.url("/api/v1/events"))
                .POST(HttpRequest.BodyPublishers.ofString("{}")),
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer " + made.getString("token"))
        .statusCode();
  }

  @Test
  void everyChangeAndEverySignInIsALineThatCannotBeEditedUnseen() {
    Visitor owner = Visitor.owner(line);
    Visitor marie = owner.invites("marie@tea.example", "marketer");
    new Visitor(line).signsIn("marie@tea.example", "guess");
    String id = json(200, marie.get("/api/v1/session")).getJsonObject("user").getString("id");
    json(200, owner.post("/api/v1/users/" + id, new JsonObject().put("role", "analyst")));
    json(200, marie.signsIn("marie@tea.example", WORDS));
    assertEquals("forbidden", code(marie.post("/api/v1/sending/release", new JsonObject())));

    List<JsonObject> lines = line.items("/api/v1/audit");

    assertEquals(
        List.of(
            "POST /api/v1/sending/release 403 marie@tea.example",
            "signed-in 200 marie@tea.example",
            "POST /api/v1/users/:id 200 owner@tea.example",
            "sign-in-failed 403 marie@tea.example",
            "signed-in 200 marie@tea.example",
            "passphrase-chosen 200 marie@tea.example",
            "POST /api/v1/users 201 owner@tea.example",
            "set-up 201 owner@tea.example"),
        lines.stream()
            .map(
                it ->
                    it.getString("what")
                        + " "
                        + it.getInteger("status")
                        + " "
                        + it.getString("name"))
            .toList());
    assertEquals(
        JsonArray.of(
            new JsonObject()
                .put("field", "role")
                .put("before", "marketer")
                .put("after", "analyst")),
        lines.get(2).getJsonArray("changes"));
    assertEquals("127.0.0.1", lines.get(2).getString("from"));
    assertEquals(2, line.items("/api/v1/audit?refused=true").size());
    assertEquals(1, line.items("/api/v1/audit?q=%2Fsending").size());
    assertEquals(0, line.json("/api/v1/audit/check").getJsonArray("faults").size());

    line.stored("audit").updateOne(eq("_id", 3L), set("status", 500));
    line.stored("audit").deleteOne(eq("_id", 5L));

    assertEquals(
        JsonArray.of(
            new JsonObject().put("line", 3).put("what", "edited"),
            new JsonObject().put("line", 5).put("what", "missing")),
        line.json("/api/v1/audit/check").getJsonArray("faults"));
  }
}
