package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at the API as a page is: with a cookie, and the token that changes need beside it. */
final class Visitor {
  static final String WORDS = "quiet lamp seven rivers";
  private static final Pattern COOKIE = Pattern.compile("((?:__Host-)?sid)=([^;]*);.*");

  private final Line line;
  private String cookie = "";
  private String csrf = "";
  private String cookieLine = "";

  Visitor(Line line) {
    this.line = line;
  }

  /** The owner, who has just made the account. */
  static Visitor owner(Line line) {
    Visitor owner = new Visitor(line);
    HttpResponse<String> answer =
        owner.post("/api/v1/setup", setup(line, "owner@tea.example", WORDS));
    assertEquals(201, answer.statusCode(), answer.body());
    return owner;
  }

  /** Everything the first start asks for. */
  static JsonObject setup(Line line, String email, String passphrase) {
    return new JsonObject()
        .put("token", line.soloist().setupUrl().orElseThrow().replaceAll(".*#", ""))
        .put("email", email)
        .put("passphrase", passphrase)
        .put("language", "en")
        .put("timeZone", "Europe/Berlin")
        .put("currency", "EUR")
        .put("sender", "Tea & Co GmbH")
        .put("postalAddress", "1 Quay Street, Hamburg");
  }

  /** Somebody whom this one has invited, who has chosen a passphrase and signed in. */
  Visitor invites(String email, String role) {
    JsonObject added =
        json(201, post("/api/v1/users", new JsonObject().put("email", email).put("role", role)));
    Visitor invited = new Visitor(line);
    json(
        200,
        invited.post(
            "/api/v1/passphrase",
            new JsonObject()
                .put("link", added.getString("link").replaceAll(".*#", ""))
                .put("passphrase", WORDS)));
    json(200, invited.signsIn(email, WORDS));
    return invited;
  }

  HttpResponse<String> signsIn(String email, String passphrase) {
    return post(
        "/api/v1/sign-in", new JsonObject().put("email", email).put("passphrase", passphrase));
  }

  HttpResponse<String> confirms() {
    return post("/api/v1/confirm", new JsonObject().put("passphrase", WORDS));
  }

  /** The same person in another window. */
  Visitor copy() {
    Visitor copy = new Visitor(line);
    copy.cookie = cookie;
    copy.csrf = csrf;
    return copy;
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(line.url(path)), path);
  }

  HttpResponse<String> post(String path, JsonObject body) {
    return post(path, body.encode(), "Content-Type", "application/json", "X-CSRF-Token", csrf);
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send(
        HttpRequest.newBuilder(line.url(path)).POST(HttpRequest.BodyPublishers.ofString(body)),
        path,
        headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path, String... headers) {
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    List<String> filled = java.util.stream.Stream.of(headers).toList();
    for (int i = 0; i < filled.size(); i += 2) {
      if (!filled.get(i + 1).isEmpty()) {
        request.header(filled.get(i), filled.get(i + 1));
      }
    }
    HttpResponse<String> answer = line.sendAs(request);
    answer.headers().firstValue("Set-Cookie").ifPresent(this::keep);
    boolean isSession = answer.statusCode() / 100 == 2 && answer.body().contains("\"csrf\"");
    if (isSession && path.startsWith("/api/")) {
      csrf = new JsonObject(answer.body()).getString("csrf", csrf);
    }
    return answer;
  }

  private void keep(String header) {
    cookieLine = header;
    Matcher parts = COOKIE.matcher(header);
    if (parts.matches()) {
      cookie = parts.group(2).isEmpty() ? "" : parts.group(1) + "=" + parts.group(2);
    }
  }

  String csrf() {
    return csrf;
  }

  String cookie() {
    return cookie;
  }

  /** The header that has set the cookie. */
  String cookieLine() {
    return cookieLine;
  }

  static JsonObject json(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    return new JsonObject(answer.body());
  }

  static String code(HttpResponse<String> answer) {
    return answer.body().startsWith("{") ? new JsonObject(answer.body()).getString("code", "") : "";
  }
}
