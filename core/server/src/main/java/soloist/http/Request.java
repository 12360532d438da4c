package soloist.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** A request as endpoints see it. */
public final class Request {
  private static final int MOST_ITEMS = 200;
  private static final int USUAL_ITEMS = 50;

  private final RoutingContext context;
  private final boolean behindProxy;
  private volatile Caller caller = Caller.NOBODY;

  /**
   * @param behindProxy whether the client is who {@code X-Forwarded-For} names last
   */
  Request(RoutingContext context, boolean behindProxy) {
    this.context = context;
    this.behindProxy = behindProxy;
  }

  void admit(Caller admitted) {
    caller = admitted;
  }

  /** Who asks, as the gate has found. */
  public Caller caller() {
    return caller;
  }

  public String method() {
    return context.request().method().name();
  }

  /** The path as it was asked for. */
  public String target() {
    return context.request().path();
  }

  /** The client's address. */
  public String from() {
    String peer = context.request().remoteAddress().host();
    List<String> forwarded = context.request().headers().getAll("X-Forwarded-For");
    if (!behindProxy || forwarded.isEmpty()) {
      return peer;
    }
    String last = forwarded.getLast();
    return last.substring(last.lastIndexOf(',') + 1).strip();
  }

  /**
   * Whether a proxy handed it on: it says for whom, or leaves the name that was asked for. Who sits
   * at this machine asks by a loopback name and for nobody else.
   */
  public boolean isHandedOn() {
    HostAndPort authority = context.request().authority();
    boolean isFromHere = authority != null && HttpHost.isLoopback(authority.host());
    return behindProxy && (!isFromHere || header("X-Forwarded-For").isPresent());
  }

  public Optional<String> cookie(String name) {
    return Optional.ofNullable(context.request().getCookie(name)).map(Cookie::getValue);
  }

  /** A part of the path, as routed. */
  public String path(String name) {
    return Optional.ofNullable(context.pathParam(name)).orElseThrow(Problem::notFound);
  }

  public Optional<String> query(String name) {
    return context.queryParam(name).stream().findFirst().filter(value -> !value.isBlank());
  }

  /** The {@code limit} of a list, 1 to 200, 50 when not given. */
  public int limit() {
    Optional<String> written = query("limit");
    if (written.isEmpty()) {
      return USUAL_ITEMS;
    }
    try {
      int limit = Integer.parseInt(written.get());
      if (limit >= 1 && limit <= MOST_ITEMS) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // named below with the number that is out of bounds
    }
    throw Problem.invalid("limit", "limit", Integer.toString(MOST_ITEMS));
  }

  /** The offset that an opaque cursor of ours stands for, 0 without one. */
  public int offset() {
    Optional<String> cursor = query("cursor");
    if (cursor.isEmpty()) {
      return 0;
    }
    if (cursor.get().matches("[0-9]{1,9}")) {
      return Integer.parseInt(cursor.get());
    }
    throw Problem.invalid("cursor", "cursor");
  }

  public JsonObject json() {
    try {
      Buffer body = context.body().buffer();
      if (body != null && body.length() > 0 && body.toJsonValue() instanceof JsonObject object) {
        return object;
      }
    } catch (DecodeException _) {
      // the sentence below serves both faults
    }
    throw Problem.invalid("", "json-object");
  }

  public String language() {
    return Texts.language(context.request().getHeader("Accept-Language"));
  }

  /** Whether only the head of the answer is wanted: a look that means nothing. */
  public boolean isHead() {
    return HttpMethod.HEAD.equals(context.request().method());
  }

  /** Whether nobody waits for the answer any more: the connection has ended. */
  public boolean isGone() {
    return context.response().closed();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(context.request().getHeader(name));
  }
}
