package soloist.security;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import soloist.config.PublicAddress;
import soloist.http.Caller;
import soloist.http.Door;
import soloist.http.Gate;
import soloist.http.Operation;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Request;

/**
 * Says of every request who asks and whether they may: by a token where there is one, by the cookie
 * otherwise. A change by cookie needs the page's token beside it, a grave one the passphrase of the
 * last minutes.
 */
final class Doorkeeper implements Gate {
  static final String CSRF = "X-CSRF-Token";
  private static final String BEARER = "Bearer ";

  private final Users users;
  private final Sessions sessions;
  private final Tokens tokens;
  private final MachineToken machine;
  private final Limits limits;
  private final Audit audit;
  private final PublicAddress address;

  /**
   * @param address of the proxy that ends TLS, which says how cookies are kept
   */
  Doorkeeper(
      Users users,
      Sessions sessions,
      Tokens tokens,
      MachineToken machine,
      Limits limits,
      Audit audit,
      PublicAddress address) {
    this.users = users;
    this.sessions = sessions;
    this.tokens = tokens;
    this.machine = machine;
    this.limits = limits;
    this.audit = audit;
    this.address = address;
  }

  @Override
  public boolean isFirstStart() {
    return !users.hasOwner();
  }

  @Override
  public Caller admit(Request request, Operation operation) {
    return switch (operation.access()) {
      case Door door -> door(door, request, operation);
      case Permission permission -> permitted(permission, request, operation);
    };
  }

  private Caller door(Door door, Request request, Operation operation) {
    switch (door) {
      case OPEN -> {
        slow(request);
        return Caller.NOBODY;
      }
      case SETUP -> {
        if (users.hasOwner()) {
          throw Problem.notFound();
        }
        limits.take(Limits.SETUP, Limits.network(request.from()));
        return Caller.NOBODY;
      }
      case SIGN_IN -> {
        if (!users.hasOwner()) {
          throw refusal(403, "setup-first");
        }
        return Caller.NOBODY;
      }
      case PERSON, MACHINE -> {
        Caller caller = known(request, operation);
        boolean isRight =
            caller.kind() == (door == Door.PERSON ? Caller.Kind.PERSON : Caller.Kind.MACHINE);
        if (!isRight) {
          throw denied(
              caller, request, operation, door == Door.PERSON ? "not-a-person" : "not-here");
        }
        return caller;
      }
    }
    throw new IllegalStateException(door.name());
  }

  private Caller permitted(Permission permission, Request request, Operation operation) {
    Caller caller = known(request, operation);
    if (!caller.may().contains(permission)) {
      throw denied(caller, request, operation, "forbidden");
    }
    boolean asksAgain = permission.isGrave() && !operation.method().equals("GET");
    if (asksAgain && caller.kind() == Caller.Kind.PERSON && !isFresh(request)) {
      throw refusal(403, "confirm");
    }
    return caller;
  }

  private boolean isFresh(Request request) {
    return session(request).filter(sessions::isFresh).isPresent();
  }

  /** Who it is that asks; a token outweighs a cookie. */
  private Caller known(Request request, Operation operation) {
    Optional<String> authorization = request.header("Authorization");
    if (authorization.isPresent()) {
      return bearer(authorization.get(), request, operation);
    }
    Optional<Sessions.Session> session = session(request);
    if (session.isEmpty()) {
      throw isFirstStart() ? refusal(403, "setup-first") : signedOut("signed-out");
    }
    boolean isChange = !request.method().equals("GET") && !request.method().equals("HEAD");
    if (isChange && !isOurPage(request, session.get())) {
      throw refusal(403, "csrf");
    }
    User user = session.get().user();
    return new Caller(
        Caller.Kind.PERSON, user.id(), user.email(), user.role().may(), session.get().id());
  }

  private Caller bearer(String authorization, Request request, Operation operation) {
    String text =
        authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? authorization.substring(BEARER.length()).strip()
            : "";
    if (machine.is(text)) {
      return new Caller(Caller.Kind.MACHINE, Users.OWNER, "", Set.of(Permission.values()), "");
    }
    Tokens.Token token = tokens.find(text).orElseThrow(() -> signedOut("token-wrong"));
    limits.take(Limits.TOKEN, token.id());
    Caller caller = new Caller(Caller.Kind.TOKEN, token.id(), token.name(), token.scopes(), "");
    if (!token.isGoodFrom(request.from())) {
      throw denied(caller, request, operation, "token-elsewhere");
    }
    tokens.noteUse(token, request.from());
    return caller;
  }

  private boolean isOurPage(Request request, Sessions.Session session) {
    return request
        .header(CSRF)
        .filter(sent -> Secrets.isSame(sessions.csrf(session.id()), sent))
        .isPresent();
  }

  /** The session that the request's cookie stands for. */
  Optional<Sessions.Session> session(Request request) {
    return request.cookie(name(isHttps(request))).flatMap(sessions::find);
  }

  private static String name(boolean isHttps) {
    return isHttps ? "__Host-sid" : "sid";
  }

  /**
   * Whether a browser keeps the cookie for TLS only. With an address of the command line always;
   * one of the owner's may be wrong, so who asks on this machine itself stays signed in.
   */
  private boolean isHttps(Request request) {
    return address.isFixed()
        ? address.now().map(URI::getScheme).filter("https"::equalsIgnoreCase).isPresent()
        : request.isHandedOn();
  }

  /** The header that gives a page its session; without a secret, takes it away. */
  String cookie(Request request, String secret) {
    boolean isHttps = isHttps(request);
    long seconds = secret.isEmpty() ? 0 : Sessions.LONGEST.toSeconds();
    return name(isHttps)
        + "="
        + secret
        + "; Path=/; Max-Age="
        + seconds
        + "; HttpOnly; SameSite=Strict"
        + (isHttps ? "; Secure" : "");
  }

  /**
   * Public paths. Requests from this machine itself come from its owner or from a proxy that does
   * not say for whom; neither is told apart from another by an address.
   */
  private void slow(Request request) {
    String from = request.from();
    if (from.startsWith("127.") || from.equals("0:0:0:0:0:0:0:1") || from.equals("::1")) {
      return;
    }
    if (request.target().startsWith("/u/")) {
      limits.take(Limits.UNSUBSCRIBE, Limits.network(from));
    } else if (request.target().matches("/[oc]/.*|/e")) {
      limits.take(Limits.TRACKING, Limits.network(from));
    }
  }

  private Problem denied(Caller caller, Request request, Operation operation, String code) {
    audit.note(
        new Audit.Entry(
            caller, operation.toString(), request.target(), 403, request.from(), List.of()));
    return refusal(403, code);
  }

  private static Problem refusal(int status, String code) {
    return new Problem(status, code, List.of(), Map.of());
  }

  private static Problem signedOut(String code) {
    return new Problem(401, code, List.of(), Map.of("WWW-Authenticate", "Bearer"));
  }

  @Override
  public void changed(
      Request request, Operation operation, int status, JsonObject before, JsonObject after) {
    boolean isOfCustomers = operation.access() instanceof Permission it && it.isOfCustomers();
    List<Document> changes = Changes.between(before, after, isOfCustomers);
    audit.note(
        new Audit.Entry(
            request.caller(),
            operation.toString(),
            request.target(),
            status,
            request.from(),
            changes));
  }
}
