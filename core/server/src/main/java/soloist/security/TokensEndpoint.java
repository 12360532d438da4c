package soloist.security;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import soloist.http.Json;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;

/** One's own API tokens. */
final class TokensEndpoint {
  private static final String ALL = "/api/v1/tokens";
  private static final int MOST_NETWORKS = 20;
  private static final int LONGEST_NAME = 100;

  private final Tokens tokens;

  TokensEndpoint(Tokens tokens) {
    this.tokens = tokens;
  }

  void mount(Routes api) {
    api.get(
        ALL,
        Permission.TOKENS_WRITE,
        request ->
            Reply.json(
                Map.of(
                    "items",
                    tokens.of(request.caller().id()).stream()
                        .map(TokensEndpoint::shown)
                        .toList())));
    api.post(ALL, Permission.TOKENS_WRITE, this::make);
    api.post(ALL + "/:id/revoke", Permission.TOKENS_WRITE, this::revoke);
  }

  private Reply make(Request request) {
    JsonObject body = request.json();
    String name = Typed.text(body, "name", "token-name").strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.matches("(?s).*\\p{Cntrl}.*")) {
      throw Problem.invalid("/name", "token-name");
    }
    if (!(body.getValue("days") instanceof Integer days)
        || days < 1
        || days > Tokens.LONGEST.toDays()) {
      throw Problem.invalid("/days", "token-days", Long.toString(Tokens.LONGEST.toDays()));
    }
    Tokens.Made made =
        tokens.make(
            request.caller().id(), name, scopes(body, request), from(body), Duration.ofDays(days));
    Map<String, Object> shown = shown(made.token());
    shown.put("token", made.text());
    return Reply.json(201, Json.object(shown));
  }

  /** No more than one may oneself, and nothing that one would be asked the passphrase for. */
  private static Set<Permission> scopes(JsonObject body, Request request) {
    Set<Permission> scopes = EnumSet.noneOf(Permission.class);
    if (body.getValue("scopes") instanceof JsonArray named) {
      for (Object name : named) {
        Optional<Permission> scope =
            name instanceof String text ? Permission.find(text) : Optional.empty();
        scopes.add(
            scope
                .filter(it -> !it.isGrave() && request.caller().may().contains(it))
                .orElseThrow(() -> Problem.invalid("/scopes", "token-scopes")));
      }
    }
    if (scopes.isEmpty()) {
      throw Problem.invalid("/scopes", "token-scopes");
    }
    return scopes;
  }

  private static List<String> from(JsonObject body) {
    if (!(body.getValue("from", new JsonArray()) instanceof JsonArray written)
        || written.size() > MOST_NETWORKS) {
      throw Problem.invalid("/from", "token-from", Integer.toString(MOST_NETWORKS));
    }
    List<String> networks = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      if (!(written.getValue(i) instanceof String text) || Network.read(text).isEmpty()) {
        throw Problem.invalid("/from/" + i, "token-from", Integer.toString(MOST_NETWORKS));
      }
      networks.add(text);
    }
    return networks;
  }

  private Reply revoke(Request request) {
    if (!tokens.revoke(request.caller().id(), request.path("id"))) {
      throw Problem.notFound();
    }
    return Reply.json(Map.of("id", request.path("id"), "removed", true));
  }

  private static Map<String, Object> shown(Tokens.Token token) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", token.id());
    shown.put("name", token.name());
    shown.put("scopes", token.scopes().stream().map(Permission::text).sorted().toList());
    shown.put("from", token.from());
    shown.put("createdAt", token.createdAt());
    shown.put("expiresAt", token.expiresAt());
    shown.put("usedAt", token.usedAt());
    shown.put("usedFrom", token.usedFrom());
    return shown;
  }
}
