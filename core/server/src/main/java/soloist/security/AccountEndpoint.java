package soloist.security;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import soloist.http.Caller;
import soloist.http.Door;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;

/** What everybody does with their own account: passphrase and sessions. */
final class AccountEndpoint {
  private final Users users;
  private final Sessions sessions;
  private final SignIn signIn;
  private final Limits limits;

  AccountEndpoint(Users users, Sessions sessions, SignIn signIn, Limits limits) {
    this.users = users;
    this.sessions = sessions;
    this.signIn = signIn;
    this.limits = limits;
  }

  void mount(Routes api) {
    api.post("/api/v1/passphrase", Door.SIGN_IN, this::choose);
    api.post("/api/v1/passphrase/change", Door.PERSON, this::change);
    api.get("/api/v1/sessions", Door.PERSON, this::sessions);
    api.post("/api/v1/sessions/end-others", Door.PERSON, this::endOthers);
  }

  /** Behind a link; who has used it signs in like everybody. */
  private Reply choose(Request request) {
    limits.take(Limits.SIGN_IN_ADDRESS, Limits.network(request.from()));
    JsonObject body = request.json();
    String link = Typed.text(body, "link", "link-wrong");
    User user =
        users
            .findByLink(link)
            .orElseThrow(() -> new Problem(403, "link-wrong", List.of(), Map.of()));
    String passphrase = Typed.passphrase(body);
    GoodPassphrase.check("/passphrase", passphrase, user.email());
    String hash = signIn.hash(passphrase);
    if (!users.useLink(link)) {
      throw new Problem(403, "link-wrong", List.of(), Map.of());
    }
    users.setPassphrase(user.id(), hash);
    signIn.note("passphrase-chosen", Optional.of(user), request, 200);
    return Reply.json(Map.of("email", user.email()));
  }

  private Reply change(Request request) {
    JsonObject body = request.json();
    User user = users.find(request.caller().id()).orElseThrow(Problem::notFound);
    String old = Typed.text(body, "old", "passphrase-missing");
    String passphrase = Typed.passphrase(body);
    if (!signIn.tryPassphrase(user.email(), request, user.passphrase(), old)) {
      throw Problem.invalid("/old", "passphrase-wrong");
    }
    GoodPassphrase.check("/passphrase", passphrase, user.email());
    users.setPassphrase(user.id(), signIn.hash(passphrase));
    return signIn.begin(200, users.find(user.id()).orElseThrow(Problem::notFound), request);
  }

  private Reply sessions(Request request) {
    Caller caller = request.caller();
    List<Map<String, Object>> items =
        sessions.of(caller.id()).stream()
            .map(
                session ->
                    Map.<String, Object>of(
                        "begunAt", session.createdAt(),
                        "seenAt", session.seenAt(),
                        "from", session.from(),
                        "isThis", session.id().equals(caller.session())))
            .toList();
    return Reply.json(Map.of("items", items));
  }

  private Reply endOthers(Request request) {
    long ended = sessions.endOthers(request.caller().id(), request.caller().session());
    return Reply.json(Map.of("ended", ended));
  }
}
