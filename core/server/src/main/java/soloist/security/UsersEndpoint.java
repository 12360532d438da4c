package soloist.security;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import soloist.http.Door;
import soloist.http.Json;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;

/**
 * Who may sign in and as what. The owner is out of everybody's reach, and nobody changes himself.
 */
final class UsersEndpoint {
  private static final String ALL = "/api/v1/users";
  private static final String ONE = ALL + "/:id";

  private final Users users;
  private final Tokens tokens;
  private final SecondFactors factors;
  private final Supplier<URI> url;

  /**
   * @param url what links begin with: never what a request says it was sent to
   */
  UsersEndpoint(Users users, Tokens tokens, SecondFactors factors, Supplier<URI> url) {
    this.users = users;
    this.tokens = tokens;
    this.factors = factors;
    this.url = url;
  }

  void mount(Routes api) {
    api.get(ALL, Permission.USERS_WRITE, _ -> list());
    api.post(ALL, Permission.USERS_WRITE, this::add);
    api.get(ONE, Permission.USERS_WRITE, request -> Reply.json(shown(find(request))));
    api.post(ONE, Permission.USERS_WRITE, this::change);
    api.post(ONE + "/link", Permission.USERS_WRITE, this::link);
    api.post(ONE + "/remove", Permission.USERS_WRITE, this::remove);
    api.post(ONE + "/second-factor/remove", Permission.USERS_WRITE, this::removeFactor);
    api.post("/api/v1/owner/link", Door.MACHINE, _ -> ownersLink());
    api.post("/api/v1/owner/second-factor/remove", Door.MACHINE, _ -> removeOwnersFactor());
  }

  private Reply list() {
    return Reply.json(Map.of("items", users.all().stream().map(UsersEndpoint::shown).toList()));
  }

  private Reply add(Request request) {
    JsonObject body = request.json();
    User user = users.add(Typed.email(body), role(body), "");
    return Reply.json(
        201, Json.object(shown(user)).mergeIn(Json.object(linked(user, Users.INVITED_FOR))));
  }

  private Reply change(Request request) {
    User user = other(request);
    users.setRole(user.id(), role(request.json()));
    return Reply.json(shown(find(request)));
  }

  private Reply link(Request request) {
    return Reply.json(linked(other(request), Users.RESET_FOR));
  }

  private Reply remove(Request request) {
    User user = other(request);
    tokens.revokeAll(user.id());
    users.remove(user.id());
    return Reply.json(Map.of("id", user.id(), "removed", true));
  }

  /** For {@code reset-owner}: whoever can read the token file is the owner's equal already. */
  private Reply ownersLink() {
    return Reply.json(linked(owner(), Users.RESET_FOR));
  }

  private Reply removeOwnersFactor() {
    factors.remove(owner());
    return Reply.json(shown(owner()));
  }

  private Reply removeFactor(Request request) {
    factors.remove(other(request));
    return Reply.json(shown(find(request)));
  }

  private User owner() {
    return users.owner().orElseThrow(() -> new Problem(409, "no-owner", List.of(), Map.of()));
  }

  private Map<String, Object> linked(User user, Duration goodFor) {
    return Map.of(
        "link",
        url.get().toString().replaceAll("/+$", "") + "/welcome#" + users.link(user.id(), goodFor),
        "goodForHours",
        goodFor.toHours());
  }

  private User find(Request request) {
    return users.find(request.path("id")).orElseThrow(Problem::notFound);
  }

  private User other(Request request) {
    User user = find(request);
    if (user.role() == Role.OWNER || user.id().equals(request.caller().id())) {
      throw new Problem(409, "user-not-yours", List.of(), Map.of());
    }
    return user;
  }

  private static Role role(JsonObject body) {
    return Role.find(Typed.text(body, "role", "user-role"))
        .filter(role -> role != Role.OWNER)
        .orElseThrow(() -> Problem.invalid("/role", "user-role"));
  }

  private static Map<String, Object> shown(User user) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", user.id());
    shown.put("email", user.email());
    shown.put("role", user.role().text());
    shown.put("invited", user.passphrase().isEmpty());
    shown.put("secondFactor", user.hasSecondFactor());
    shown.put("createdAt", user.createdAt());
    return shown;
  }
}
