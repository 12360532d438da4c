package soloist.security;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import soloist.http.Caller;
import soloist.http.Door;
import soloist.http.Json;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;

/** Signing in and out, and saying the passphrase again. */
final class SignIn {
  private final Users users;
  private final Sessions sessions;
  private final Passphrases passphrases;
  private final SecondFactors factors;
  private final Doorkeeper doorkeeper;
  private final Limits limits;
  private final Audit audit;

  SignIn(
      Users users,
      Sessions sessions,
      Passphrases passphrases,
      SecondFactors factors,
      Doorkeeper doorkeeper,
      Limits limits,
      Audit audit) {
    this.users = users;
    this.sessions = sessions;
    this.passphrases = passphrases;
    this.factors = factors;
    this.doorkeeper = doorkeeper;
    this.limits = limits;
    this.audit = audit;
  }

  void mount(Routes api) {
    api.get("/api/v1/session", Door.OPEN, this::session);
    api.post("/api/v1/sign-in", Door.SIGN_IN, this::signIn);
    api.post("/api/v1/sign-out", Door.PERSON, this::signOut);
    api.post("/api/v1/confirm", Door.PERSON, this::confirm);
  }

  private Reply session(Request request) {
    if (doorkeeper.isFirstStart()) {
      return Reply.json(Map.of("state", "setup"));
    }
    return doorkeeper
        .session(request)
        .map(found -> Reply.json(200, shown(found.user(), found.id())))
        .orElseGet(() -> Reply.json(Map.of("state", "signedOut")));
  }

  private JsonObject shown(User user, String session) {
    return Json.object(
        Map.of(
            "state",
            "signedIn",
            "user",
            Map.of("id", user.id(), "email", user.email(), "role", user.role().text()),
            "permissions",
            user.role().may().stream().map(Permission::text).sorted().toList(),
            "csrf",
            sessions.csrf(session)));
  }

  private Reply signIn(Request request) {
    String email = Typed.email(request.json());
    Optional<User> user = users.findByEmail(email);
    boolean isRight =
        tryPassphrase(
            email,
            request,
            user.map(User::passphrase).orElse(""),
            Typed.passphrase(request.json()));
    if (!isRight) {
      note("sign-in-failed", user, request, 403);
      throw new Problem(403, "sign-in-wrong", List.of(), Map.of());
    }
    User person = user.orElseThrow();
    if (person.hasSecondFactor()) {
      requireCode(person, request);
    }
    note("signed-in", user, request, 200);
    return begin(200, person, request);
  }

  /** Asked for once the passphrase was right, so that nobody learns by it who has one. */
  private void requireCode(User user, Request request) {
    if (!(request.json().getValue("code") instanceof String code) || code.isBlank()) {
      throw new Problem(403, "code-needed", List.of(), Map.of());
    }
    if (!takesCode(user, code)) {
      note("code-wrong", Optional.of(user), request, 403);
      throw new Problem(403, "code-wrong", List.of(), Map.of());
    }
  }

  boolean takesCode(User user, String code) {
    return limited(user, () -> Optional.of(factors.take(user, code)).filter(it -> it)).isPresent();
  }

  /** Tries a code as often as may be; what was right costs nothing. */
  <T> Optional<T> limited(User user, Supplier<Optional<T>> trial) {
    limits.take(Limits.SECOND_FACTOR, user.id());
    Optional<T> found = trial.get();
    if (found.isPresent()) {
      limits.giveBack(Limits.SECOND_FACTOR, user.id());
    }
    return found;
  }

  /**
   * Compares as often as may be.
   *
   * @param stored empty when there is no such account or it has no passphrase yet
   */
  boolean tryPassphrase(String email, Request request, String stored, String tried) {
    String network = Limits.network(request.from());
    limits.take(Limits.SIGN_IN_ADDRESS, network);
    limits.take(Limits.SIGN_IN_ACCOUNT, email);
    boolean isRight = passphrases.matches(stored, tried);
    if (isRight) {
      limits.giveBack(Limits.SIGN_IN_ADDRESS, network);
      limits.giveBack(Limits.SIGN_IN_ACCOUNT, email);
    }
    return isRight;
  }

  String hash(String passphrase) {
    return passphrases.hash(passphrase);
  }

  /** Signs in with a session of its own, whatever the cookie held before. */
  Reply begin(int status, User user, Request request) {
    doorkeeper.session(request).ifPresent(old -> sessions.end(old.id()));
    String secret = sessions.begin(user, request.from());
    return Reply.json(status, shown(user, Secrets.hash(secret)))
        .with("Set-Cookie", doorkeeper.cookie(request, secret));
  }

  private Reply signOut(Request request) {
    sessions.end(request.caller().session());
    return Reply.json(Map.of("state", "signedOut"))
        .with("Set-Cookie", doorkeeper.cookie(request, ""));
  }

  private Reply confirm(Request request) {
    User user = users.find(request.caller().id()).orElseThrow(Problem::notFound);
    String tried = Typed.passphrase(request.json());
    if (!tryPassphrase(user.email(), request, user.passphrase(), tried)) {
      throw Problem.invalid("/passphrase", "passphrase-wrong");
    }
    sessions.freshen(request.caller().session());
    return Reply.json(Map.of("confirmed", true));
  }

  /** What was tried is not told when nobody has that address: it may be a passphrase. */
  void note(String what, Optional<User> user, Request request, int status) {
    Caller who =
        user.map(known -> new Caller(Caller.Kind.PERSON, known.id(), known.email(), Set.of(), ""))
            .orElse(Caller.NOBODY);
    audit.note(new Audit.Entry(who, what, request.target(), status, request.from(), List.of()));
  }
}
