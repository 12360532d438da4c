package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.dist.Visitor.WORDS;
import static soloist.dist.Visitor.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed in comes out nowhere, and becomes nothing but a value. */
class SecretsIT {
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
  void whatIsSecretIsInNoLogNoAnswerAndNotInTheStore() throws Exception {
    String canary = "canary-" + UUID.randomUUID();
    StringBuilder log = new StringBuilder();
    Handler ear = new Ear(log);
    Logger root = Logger.getLogger("");
    root.addHandler(ear);
    try {
      Visitor owner = Visitor.owner(line);
      StringBuilder answers = new StringBuilder();
      JsonObject passphrases = new JsonObject().put("old", WORDS).put("passphrase", canary);
      answers.append(owner.post("/api/v1/passphrase/change", passphrases).body());
      answers.append(new Visitor(line).signsIn("owner@tea.example", canary + "x").body());
      answers.append(new Visitor(line).signsIn(canary, canary).body());
      json(200, owner.signsIn("owner@tea.example", canary));
      answers.append(
          owner.post("/api/v1/confirm", new JsonObject().put("passphrase", canary)).body());
      JsonObject settings =
          new JsonObject()
              .put("host", "127.0.0.1")
              .put("port", Line.freePort())
              .put("security", "none")
              .put("from", "shop@example.com")
              .put("username", "shop")
              .put("password", canary);
      HttpResponse<String> made =
          owner.post(
              "/api/v1/instances",
              new JsonObject()
                  .put("id", "relay")
                  .put("plugin", "channel-email")
                  .put("name", "Relay")
                  .put("settings", settings));
      assertEquals(201, made.statusCode(), made.body());
      answers.append(made.body());
      answers.append(
          owner.post("/api/v1/instances/relay", new JsonObject().put("name", "R")).body());
      answers.append(
          owner
              .post(
                  "/api/v1/instances/relay/test", new JsonObject().put("recipient", "a@b.example"))
              .body());
      String token =
          json(
                  201,
                  owner.post(
                      "/api/v1/tokens",
                      new JsonObject()
                          .put("name", "shop")
                          .put("days", 1)
                          .put("scopes", JsonArray.of("customers:read"))))
              .getString("token");
      String session = owner.cookie().replaceAll(".*=", "");
      for (String path :
          List.of(
              "audit",
              "tokens",
              "users",
              "sessions",
              "instances",
              "instances/relay",
              "status",
              "company",
              "plugins")) {
        answers.append(owner.get("/api/v1/" + path).body());
      }

      for (String secret : List.of(canary, token, session, line.soloist().token())) {
        assertFalse(answers.toString().contains(secret), "an answer tells " + secret);
        assertFalse(log.toString().contains(secret), "the log tells " + secret);
        for (String collection :
            List.of("users", "sessions", "tokens", "audit", "instances", "state", "jobs")) {
          for (Document document : line.stored(collection).find()) {
            assertFalse(document.toJson().contains(secret), collection + " keeps " + secret);
          }
        }
      }
      assertTrue(line.items("/api/v1/audit").size() >= 8);
    } finally {
      root.removeHandler(ear);
    }
  }

  /** Hears what is logged. */
  private static final class Ear extends Handler {
    private final StringBuilder heard;
    private final Formatter words = new SimpleFormatter();

    Ear(StringBuilder heard) {
      this.heard = heard;
    }

    @Override
    public synchronized void publish(LogRecord record) {
      heard.append(words.format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void nothingThatIsNoTextBecomesAQuery() {
    Visitor owner = Visitor.owner(line);
    List<Object> odd =
        List.of(
            new JsonObject().put("$ne", ""),
            new JsonObject().put("$gt", ""),
            JsonArray.of("a"),
            true,
            7,
            "");
    Map<String, JsonObject> bodies =
        Map.of(
            "/api/v1/sign-in",
            new JsonObject().put("email", "owner@tea.example").put("passphrase", WORDS),
            "/api/v1/confirm",
            new JsonObject().put("passphrase", WORDS),
            "/api/v1/passphrase",
            new JsonObject().put("link", "x").put("passphrase", NEW_WORDS),
            "/api/v1/passphrase/change",
            new JsonObject().put("old", WORDS).put("passphrase", NEW_WORDS),
            "/api/v1/users",
            new JsonObject().put("email", "a@tea.example").put("role", "analyst"),
            "/api/v1/tokens",
            new JsonObject()
                .put("name", "n")
                .put("days", 1)
                .put("scopes", JsonArray.of("customers:read")),
            "/api/v1/company",
            new JsonObject()
                .put("language", "en")
                .put("timeZone", "UTC")
                .put("currency", "EUR")
                .put("sender", "S")
                .put("postalAddress", "P"));
    bodies.forEach(
        (path, body) -> {
          for (String field : body.fieldNames()) {
            for (Object value : odd) {
              if (!(field.equals("days") && value.equals(7))) {
                int status = owner.post(path, body.copy().put(field, value)).statusCode();
                boolean isWrongLink = path.equals("/api/v1/passphrase") && status == 403;
                assertTrue(
                    status == 400 || status == 429 || isWrongLink,
                    path + " took " + value + " as " + field + ": " + status);
                line.advance(Duration.ofMillis(10));
              }
            }
          }
        });
    assertEquals(1, json(200, owner.get("/api/v1/users")).getJsonArray("items").size());
    for (String name : List.of("a[$ne]=b", "q[$regex]=.*", "kind[$ne]=x", "id[$gt]=")) {
      String query = name.replace("[", "%5B").replace("]", "%5D").replace("$", "%24");
      HttpResponse<byte[]> answer =
          line.bytes(HttpRequest.newBuilder(line.url("/api/v1/audit?" + query)));
      assertEquals(200, answer.statusCode(), name);
    }
  }
}
