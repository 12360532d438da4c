package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.dist.Visitor.code;
import static soloist.dist.Visitor.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route against every role and every way to ask, compared with the tables in {@code
 * security/}. A change that may be made is asked for with a body that is refused right behind the
 * gate (415), so that nothing is done by it.
 */
class RolesIT {
  private static final Path TABLES = Path.of("src/test/resources/security");
  private static final String NO_JSON = "text/plain";

  /** What those meet who are not let in. */
  private static final Set<String> GATE =
      Set.of(
          "setup-first",
          "signed-out",
          "token-wrong",
          "forbidden",
          "confirm",
          "csrf",
          "cross-site",
          "not-a-person",
          "not-here",
          "too-often");

  @TempDir static Path folder;
  private static Line line;
  private static final Map<String, String> ROUTES = new LinkedHashMap<>();
  private static final Map<String, Set<String>> ROLES = new LinkedHashMap<>();
  private static final Map<String, Visitor> PEOPLE = new LinkedHashMap<>();
  private static final Map<String, String> TOKENS = new TreeMap<>();
  private static final List<String> BEFORE = new ArrayList<>();

  @BeforeAll
  static void open() throws IOException {
    rows("routes.csv").forEach(row -> ROUTES.put(row.getFirst(), row.getLast()));
    rows("roles.csv")
        .forEach(row -> ROLES.put(row.getFirst(), Set.of(row.getLast().split(" ", -1))));
    line = Line.withoutRelay(folder);
    ROUTES.forEach(
        (route, access) -> {
          HttpResponse<String> answer = line.sendAs(request(route), "Content-Type", NO_JSON);
          boolean isOpen = Set.of("open", "setup").contains(access);
          boolean isRight =
              isOpen ? !GATE.contains(code(answer)) : code(answer).equals("setup-first");
          if (!isRight) {
            BEFORE.add(route + " was answered " + answer.statusCode());
          }
        });
    Visitor owner = Visitor.owner(line);
    for (String role : ROLES.keySet()) {
      Visitor person = role.equals("owner") ? owner : owner.invites(role + "@tea.example", role);
      PEOPLE.put(role, person);
      if (ROLES.get(role).contains("tokens:write")) {
        TOKENS.put(role, token(person, role));
      }
    }
    // From here on nobody has given the passphrase just now.
    line.advance(Duration.ofMinutes(6));
  }

  private static String token(Visitor person, String role) {
    List<String> scopes =
        ROLES.get(role).stream().filter(permission -> !isGrave(permission)).sorted().toList();
    return json(
            201,
            person.post(
                "/api/v1/tokens",
                new JsonObject()
                    .put("name", role + "'s")
                    .put("days", 30)
                    .put("scopes", new JsonArray(scopes))))
        .getString("token");
  }

  private static boolean isGrave(String permission) {
    return ROUTES.containsValue(permission + " !");
  }

  @AfterAll
  static void close() {
    line.close();
  }

  @Test
  void everyRouteIsInTheTableAndTheOtherWayRound() {
    Set<String> mounted = new TreeSet<>();
    line.soloist().operations().forEach(operation -> mounted.add(operation.toString()));

    assertEquals(new TreeSet<>(ROUTES.keySet()), mounted);
  }

  @Test
  void beforeThereIsAnOwnerNothingButTheSetupIsThere() {
    assertEquals(List.of(), BEFORE);
  }

  @Test
  void whoShowsNothingGetsNowhere() {
    List<String> wrong = new ArrayList<>();
    ROUTES.forEach(
        (route, access) -> {
          String expected =
              switch (access) {
                case "open", "sign-in" -> "let in";
                case "setup" -> "not-found";
                default -> "signed-out";
              };
          check(
              wrong,
              "nobody",
              route,
              expected,
              line.sendAs(request(route), "Content-Type", NO_JSON));
        });
    assertEquals(List.of(), wrong);
  }

  @Test
  void whoShowsATokenThatIsNoneGetsNowhereEvenWithACookie() {
    List<String> wrong = new ArrayList<>();
    String forged = TOKENS.get("owner").substring(0, TOKENS.get("owner").length() - 1) + "_";
    ROUTES.forEach(
        (route, access) -> {
          if (!Set.of("open", "sign-in", "setup").contains(access)) {
            HttpRequest.Builder request = request(route);
            request.header("Authorization", "Bearer " + forged);
            request.header("Cookie", PEOPLE.get("owner").cookie());
            request.header("X-CSRF-Token", PEOPLE.get("owner").csrf());
            check(
                wrong,
                "forger",
                route,
                "token-wrong",
                line.sendAs(request, "Content-Type", NO_JSON));
          }
        });
    assertEquals(List.of(), wrong);
  }

  @Test
  void everyRoleMayWhatTheTablesSay() {
    List<String> wrong = new ArrayList<>();
    PEOPLE.forEach(
        (role, person) ->
            ROUTES.forEach(
                (route, access) -> {
                  HttpRequest.Builder request = request(route);
                  request.header("Cookie", person.cookie());
                  request.header("X-CSRF-Token", person.csrf());
                  if (!route.endsWith("/sign-out")) {
                    check(
                        wrong,
                        role,
                        route,
                        expected(role, access),
                        line.sendAs(request, "Content-Type", NO_JSON));
                  }
                }));
    assertEquals(List.of(), wrong);
  }

  private static String expected(String role, String access) {
    return switch (access) {
      case "open", "sign-in", "person" -> "let in";
      case "setup" -> "not-found";
      case "machine" -> "not-here";
      default -> {
        String permission = access.replace(" !", "");
        boolean may = ROLES.get(role).contains(permission);
        yield !may ? "forbidden" : access.endsWith("!") ? "confirm" : "let in";
      }
    };
  }

  @Test
  void noChangeIsMadeByACookieAlone() {
    List<String> wrong = new ArrayList<>();
    for (String csrf : List.of("", "x", PEOPLE.get("admin").csrf())) {
      ROUTES.forEach(
          (route, access) -> {
            boolean isKnown = !Set.of("open", "sign-in", "setup").contains(access);
            if (route.startsWith("POST") && isKnown) {
              HttpRequest.Builder request = request(route);
              request.header("Cookie", PEOPLE.get("owner").cookie());
              if (!csrf.isEmpty()) {
                request.header("X-CSRF-Token", csrf);
              }
              check(
                  wrong,
                  "csrf " + csrf,
                  route,
                  "csrf",
                  line.sendAs(request, "Content-Type", NO_JSON));
            }
          });
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void noOtherSiteMakesAChange() {
    List<String> wrong = new ArrayList<>();
    for (String[] header :
        new String[][] {
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"},
          {"Origin", "https://evil.example"},
          {"Origin", "null"},
          {"Origin", "http://localhost:1"}
        }) {
      ROUTES.forEach(
          (route, access) -> {
            if (route.startsWith("POST /api/")) {
              HttpRequest.Builder request = request(route);
              request.header("Cookie", PEOPLE.get("owner").cookie());
              request.header("X-CSRF-Token", PEOPLE.get("owner").csrf());
              request.header(header[0], header[1]);
              check(
                  wrong,
                  header[1],
                  route,
                  "cross-site",
                  line.sendAs(request, "Content-Type", NO_JSON));
            }
          });
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void aTokenMayWhatItsScopesAndItsPersonMay() {
    List<String> wrong = new ArrayList<>();
    TOKENS.forEach(
        (role, token) ->
            ROUTES.forEach(
                (route, access) -> {
                  String permission = access.replace(" !", "");
                  boolean may = ROLES.get(role).contains(permission) && !isGrave(permission);
                  String expected =
                      switch (access) {
                        case "open", "sign-in" -> "let in";
                        case "setup" -> "not-found";
                        case "person" -> "not-a-person";
                        case "machine" -> "not-here";
                        default -> may ? "let in" : "forbidden";
                      };
                  line.advance(Duration.ofMillis(20));
                  check(
                      wrong,
                      role + "'s token",
                      route,
                      expected,
                      line.sendAs(
                          request(route),
                          "Authorization",
                          "Bearer " + token,
                          "Content-Type",
                          NO_JSON));
                }));
    assertEquals(List.of(), wrong);
  }

  @Test
  void noOtherSpellingOfAPathGoesRoundTheGate() {
    List<String> wrong = new ArrayList<>();
    ROUTES.forEach(
        (route, access) -> {
          if (!access.equals("open")) {
            String path = route.split(" ", 2)[1].replaceAll(":\\w+", "x");
            for (String other :
                List.of(
                    path + "/",
                    path + "/.",
                    path + "/x/..",
                    path + ";a=b",
                    path + "%2f",
                    path + ".json",
                    path.replaceFirst("/v1/", "//v1/"),
                    path.replaceFirst("/v1/", "/%2e/v1/"),
                    path.replaceFirst("/v1/", "/./v1/"),
                    path.replaceFirst("/v1/", "/V1/"),
                    path.replaceFirst("/v1/", "/x/../v1/"),
                    path.replaceFirst("/api/", "/%61pi/"),
                    path.replaceFirst("/api/", "/API/"))) {
              String method = route.split(" ", 2)[0];
              String body =
                  method.equals("GET") ? "" : "Content-Type: text/plain\r\nContent-Length: 0\r\n";
              int status =
                  Wire.send(
                          line.port(),
                          method + " " + other + " HTTP/1.1\r\nHost: localhost\r\n" + body + "\r\n",
                          1)
                      .firstStatus();
              boolean isPage = status == 200 && !other.startsWith("/api/");
              boolean isSignIn = access.equals("sign-in") && status == 415;
              if (!List.of(400, 401, 404, 405).contains(status) && !isPage && !isSignIn) {
                wrong.add(method + " " + other + " was answered " + status);
              }
            }
          }
        });
    assertEquals(List.of(), wrong);
  }

  @Test
  void aGraveChangeIsMadeRightAfterThePassphrase() {
    Visitor owner = PEOPLE.get("owner").copy();
    JsonObject body = new JsonObject().put("email", "nina@tea.example").put("role", "analyst");
    assertEquals("confirm", code(owner.post("/api/v1/users", body)));

    assertEquals(
        "passphrase-wrong",
        json(400, owner.post("/api/v1/confirm", new JsonObject().put("passphrase", "not my words")))
            .getJsonArray("errors")
            .getJsonObject(0)
            .getString("code"));
    assertEquals("confirm", code(owner.post("/api/v1/users", body)));
    json(200, owner.confirms());

    String id = json(201, owner.post("/api/v1/users", body)).getString("id");
    json(200, owner.post("/api/v1/users/" + id + "/remove", new JsonObject()));
    line.advance(Duration.ofMinutes(5).plusSeconds(1));
    assertEquals("confirm", code(owner.post("/api/v1/users", body)));
  }

  private static void check(
      List<String> wrong, String who, String route, String expected, HttpResponse<String> answer) {
    String code = code(answer);
    boolean isLetIn = answer.statusCode() < 500 && !GATE.contains(code);
    if (!(expected.equals("let in") ? isLetIn : code.equals(expected))) {
      wrong.add(
          who + " at " + route + ": " + answer.statusCode() + " " + code + ", not " + expected);
    }
  }

  private static HttpRequest.Builder request(String route) {
    String[] parts = route.split(" ", 2);
    var request = HttpRequest.newBuilder(line.url(parts[1].replaceAll(":\\w+", "x")));
    return parts[0].equals("GET")
        ? request
        : request.method(parts[0], HttpRequest.BodyPublishers.ofString("x"));
  }

  private static List<List<String>> rows(String file) throws IOException {
    List<List<String>> rows =
        Files.readAllLines(TABLES.resolve(file)).stream()
            .filter(row -> !row.startsWith("#"))
            .map(row -> List.of(row.split(",", 2)))
            .toList();
    assertTrue(rows.size() >= 5, file);
    return rows;
  }
}
