package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.http.Door;
import soloist.http.Operation;
import soloist.http.Permission;

/** The document that describes the API and the server that answers it. */
class OpenApiIT {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private static final JsonObject DOCUMENT = Contract.DOCUMENT;

  @TempDir static Path folder;
  private static Line line;

  @BeforeAll
  static void open() {
    line = Line.withoutRelay(folder);
  }

  @AfterAll
  static void close() {
    line.close();
  }

  @Test
  void everyOperationIsAnsweredAndEveryAnswerDescribed() {
    Set<String> described = new TreeSet<>();
    JsonObject paths = DOCUMENT.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      for (String method : paths.getJsonObject(path).fieldNames()) {
        if (METHODS.contains(method)) {
          described.add(method.toUpperCase(Locale.ROOT) + " " + path);
        }
      }
    }

    Set<String> answered =
        line.soloist().operations().stream()
            .map(OpenApiIT::template)
            .filter(operation -> !operation.matches("\\w+ /([ocu]/.*|e|t\\.js|\\.well-known/.*)"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(described, answered);
  }

  @Test
  void everyOperationSaysWhoMayUseIt() {
    for (Operation operation : line.soloist().operations()) {
      String path = template(operation).split(" ", 2)[1];
      JsonObject described = DOCUMENT.getJsonObject("paths").getJsonObject(path);
      if (described != null) {
        JsonObject method = described.getJsonObject(operation.method().toLowerCase(Locale.ROOT));
        assertEquals(security(operation), method.getJsonArray("security"), operation.toString());
      }
    }
  }

  private static JsonArray security(Operation operation) {
    JsonArray nobody = new JsonArray();
    return switch (operation.access()) {
      case Permission permission ->
          JsonArray.of(
              new JsonObject().put("session", JsonArray.of(permission.text())),
              new JsonObject().put("token", JsonArray.of(permission.text())));
      case Door door ->
          switch (door) {
            case OPEN, SETUP, SIGN_IN -> nobody;
            case PERSON -> JsonArray.of(new JsonObject().put("session", nobody));
            case MACHINE -> JsonArray.of(new JsonObject().put("machine", nobody));
          };
    };
  }

  private static String template(Operation operation) {
    return operation.toString().replaceAll(":(\\w+)", "{$1}");
  }

  @Test
  void whatIsAnsweredHasTheFieldsThatAreDescribed() {
    Customer ada = line.customer("ada");
    ada.agrees("consent");
    ada.orders("order");
    ada.awaitMessage("thanks", "sent");
    String profile = "/api/v1/profiles/" + ada.id();
    String mail = "/api/v1/mails/" + line.items("/api/v1/mails").getFirst().getString("id");

    fits("/health", "/health");
    fits("/api/v1/status", "/api/v1/status");
    fits("/api/v1/profiles", "/api/v1/profiles");
    fits("/api/v1/profiles/{id}", profile);
    fits("/api/v1/profiles/{id}/timeline", profile + "/timeline");
    fits("/api/v1/profiles/{id}/decisions", profile + "/decisions");
    String segment = "/api/v1/segments/recent-buyers";
    fits("/api/v1/segments", "/api/v1/segments");
    fits("/api/v1/segments/words", "/api/v1/segments/words");
    fits("/api/v1/fields", "/api/v1/fields");
    fits("/api/v1/survey/trait", "/api/v1/survey/trait?trait=orders");
    fits("/api/v1/survey/relations", "/api/v1/survey/relations?traits=orders,spent_EUR");
    fits("/api/v1/segments/{id}", segment);
    fits("/api/v1/segments/{id}/versions", segment + "/versions");
    fits("/api/v1/segments/{id}/people/{person}", segment + "/people/" + ada.id());
    OwnCampaign draft = OwnCampaign.of(line, "win-back", new JsonObject());
    fits("/api/v1/recipes", "/api/v1/recipes");
    fits("/api/v1/audiences", "/api/v1/audiences");
    fits("/api/v1/campaigns", "/api/v1/campaigns");
    fits("/api/v1/campaigns/{id}", draft.path());
    fits("/api/v1/campaigns/{id}/mails/{mail}/preview", draft.path() + "/mails/mail-1/preview");
    fits("/api/v1/campaigns/{id}/results", "/api/v1/campaigns/thanks/results");
    fits("/api/v1/campaigns/{id}/people", "/api/v1/campaigns/thanks/people?of=sent");
    fits("/api/v1/messages", "/api/v1/messages");
    fits("/api/v1/plugins", "/api/v1/plugins");
    fits("/api/v1/plugins/{id}", "/api/v1/plugins/channel-email");
    fits("/api/v1/instances", "/api/v1/instances");
    fits("/api/v1/imports", "/api/v1/imports");
    fits("/api/v1/company", "/api/v1/company");
    fits("/api/v1/session", "/api/v1/session");
    fits("/api/v1/sending", "/api/v1/sending");
    fits("/api/v1/waves", "/api/v1/waves");
    fits("/api/v1/dead", "/api/v1/dead");
    fits("/api/v1/mails", "/api/v1/mails");
    fits("/api/v1/mails/{id}", mail);
  }

  /** What a line asks is compared with the description of this path by itself. */
  private static void fits(String path, String asked) {
    assertTrue(DOCUMENT.getJsonObject("paths").containsKey(path), path);
    line.json(asked);
  }

  @Test
  void whatIsNotAsDescribedIsFoundOut() {
    String company = line.get("/api/v1/company").body();

    assertEquals(List.of(), answered(company));
    for (JsonObject other :
        List.of(
            new JsonObject(),
            new JsonObject(company).put("unknown", 1),
            new JsonObject(company).put("language", "fr"),
            new JsonObject(company).put("currency", 7))) {
      assertEquals(1, Math.min(1, answered(other.encode()).size()), other.encode());
    }
    assertEquals(
        1, faults("/api/v1/company", new Contract.Answer(204, "application/json", "{}")).size());
    assertEquals(
        1, faults("/api/v1/company", new Contract.Answer(200, "text/html", company)).size());
    assertThrows(AssertionError.class, () -> line.get("/api/v1/company?unknown=1"));
    for (String wrong : List.of("limit=0", "limit=x", "visitors=perhaps")) {
      assertEquals(1, asked("/api/v1/profiles?" + wrong).size(), wrong);
    }
    assertEquals(List.of(), asked("/api/v1/profiles?limit=20&visitors=true&q=%3D1"));
  }

  private static List<String> asked(String path) {
    return Contract.parameters(HttpRequest.newBuilder(line.url(path)).build());
  }

  private static List<String> answered(String body) {
    return faults("/api/v1/company", new Contract.Answer(200, "application/json", body));
  }

  private static List<String> faults(String path, Contract.Answer answer) {
    return Contract.faults("GET", path, answer);
  }
}
