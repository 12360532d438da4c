package soloist.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The server on the loopback interface: the pages, the API and, on a router of their own, the
 * public paths that mails link to. Every request passes the same guards first.
 */
public final class HttpHost implements AutoCloseable {
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src"
          + " 'self'; connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri"
          + " 'none'; form-action 'self'; require-trusted-types-for 'script'";
  private static final long YEAR_SECONDS = 31_536_000;
  private static final long LINGER_MILLIS = 1_000;
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final List<String> PUBLIC = List.of("/o/", "/c/", "/u/", "/.well-known/soloist/");
  private static final Http1ServerConfig LIMITS =
      new Http1ServerConfig().setMaxHeaderSize(16 * 1024).setMaxInitialLineLength(8 * 1024);

  private final Vertx vertx;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Router pages;
  private final Router publicPaths;
  private final Routes api;
  private final Routes open;
  private final Gate gate;
  private final Supplier<List<URI>> addresses;
  private volatile HttpServer server;

  /**
   * @param addresses of a proxy on this machine that passes on what people ask for there; they are
   *     allowed beside loopback names, and where there are any the proxy is believed about who asks
   */
  public HttpHost(Vertx vertx, Supplier<List<URI>> addresses, Gate gate) {
    this.vertx = vertx;
    this.addresses = addresses;
    this.gate = gate;
    pages = Router.router(vertx);
    publicPaths = Router.router(vertx);
    pages.route().handler(this::guard);
    publicPaths.route().handler(this::guard);
    BooleanSupplier behindProxy = () -> !addresses.get().isEmpty();
    api = new Routes(vertx, pages, threads, gate, behindProxy);
    open = new Routes(vertx, publicPaths, threads, gate, behindProxy);
    server = vertx.createHttpServer();
  }

  /** Routes of the owner: the API. */
  public Routes api() {
    return api;
  }

  /** Routes of everybody who got a mail. */
  public Routes open() {
    return open;
  }

  /** Starts to listen once all routes are there; returns the port. */
  public int listen(int port) {
    pages
        .route("/api/*")
        .handler(
            context ->
                Routes.fail(
                    context,
                    HttpMethod.PUT.equals(context.request().method())
                        ? notServed()
                        : Problem.notFound()));
    // What the build names by its content never changes; the page that names it is asked for each
    // time.
    pages
        .route("/assets/*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(
            StaticHandler.create("webroot/assets")
                .setIncludeHidden(false)
                .setMaxAgeSeconds(YEAR_SECONDS));
    pages
        .route("/*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(StaticHandler.create("webroot").setIncludeHidden(false).setCachingEnabled(false));
    pages.route("/*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::page);
    for (Router router : List.of(pages, publicPaths)) {
      router.route().handler(context -> Routes.fail(context, Problem.notFound()));
      router.route().failureHandler(HttpHost::failed);
    }
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setHttp2ClearTextEnabled(false)
                    .setCompressionSupported(true)
                    .setIdleTimeout(60)
                    .setMaxHeaderSize(LIMITS.getMaxHeaderSize())
                    .setMaxInitialLineLength(LIMITS.getMaxInitialLineLength()))
            .connectionHandler(connection -> ExactHeaderNames.readFrom(connection, LIMITS))
            .requestHandler(
                request -> (isPublic(request.path()) ? publicPaths : pages).handle(request))
            .listen()
            .await();
    return server.actualPort();
  }

  /** The port that {@link #listen} got. */
  public int port() {
    return server.actualPort();
  }

  private void guard(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean isPublic = isPublic(request.path());
    headers(context, isPublic);
    context.addEndHandler(_ -> hangUpAsSaid(context));
    if (!METHODS.contains(request.method().name())) {
      Routes.fail(context, notServed());
    } else if (!mayHaveBody(request) && hasBody(request)) {
      // A body where none belongs is how one request is smuggled behind another.
      context.response().putHeader("Connection", "close");
      Routes.fail(context, new Problem(400, "no-body-here", List.of(), Map.of()));
    } else if (!hasHost(request) || BAD_ESCAPE.matcher(request.path()).find()) {
      Routes.fail(context, new Problem(400, "bad-request", List.of(), Map.of()));
    } else if (!isPublic && !isOurHost(request)) {
      Routes.fail(context, new Problem(421, "host", List.of(), Map.of()));
    } else if (!isPublic && mayHaveBody(request) && isFromElsewhere(request)) {
      Routes.fail(context, new Problem(403, "cross-site", List.of(), Map.of()));
    } else {
      context.next();
    }
  }

  private static Problem notServed() {
    return new Problem(405, "method", List.of(), Map.of("Allow", "GET, HEAD, POST, PUT"));
  }

  /** Whether its method is one of those that change something. */
  private static boolean mayHaveBody(HttpServerRequest request) {
    return HttpMethod.POST.equals(request.method()) || HttpMethod.PUT.equals(request.method());
  }

  /** One host, and well-formed (RFC 9112, 3.2). */
  private static boolean hasHost(HttpServerRequest request) {
    return request.headers().getAll("Host").size() == 1 && request.authority() != null;
  }

  /** The header alone is a request to the client; what it has sent behind must not be read. */
  private void hangUpAsSaid(RoutingContext context) {
    if (!"close".equals(context.response().headers().get("Connection"))) {
      return;
    }
    HttpServerRequest request = context.request();
    HttpConnection connection = request.connection();
    if (context.response().getStatusCode() != 413 || request.isEnded()) {
      connection.close();
      return;
    }
    // Closing over unread bytes resets the connection, and the answer may be lost on its way.
    vertx.setTimer(LINGER_MILLIS, _ -> connection.close());
    request.handler(_ -> {});
    request.endHandler(_ -> connection.close());
    request.exceptionHandler(_ -> {});
    request.resume();
  }

  private static boolean isPublic(String path) {
    return path != null
        && (path.equals("/e")
            || path.equals("/t.js")
            || PUBLIC.stream().anyMatch(path::startsWith));
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return request.getHeader("Transfer-Encoding") != null
        || (length != null && !length.strip().equals("0"));
  }

  /**
   * A foreign name that resolves to this machine is a page elsewhere that wants to read the API.
   */
  private boolean isOurHost(HttpServerRequest request) {
    var authority = request.authority();
    if (authority == null) {
      return false;
    }
    String host = authority.host();
    return isLoopback(host)
        || addresses.get().stream().map(URI::getHost).anyMatch(host::equalsIgnoreCase);
  }

  /** Whether a name is one of those by which a browser on this machine asks. */
  static boolean isLoopback(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }

  /** Another port of this machine is the same site to a browser, but not ours. */
  private boolean isFromElsewhere(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return true;
    }
    String origin = request.getHeader("Origin");
    return origin != null
        && !origin.equalsIgnoreCase("http://" + request.getHeader("Host"))
        && addresses.get().stream().map(HttpHost::origin).noneMatch(origin::equalsIgnoreCase);
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  private static void headers(RoutingContext context, boolean isPublic) {
    var response = context.response();
    response
        .putHeader("Content-Security-Policy", CONTENT_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", isPublic ? "cross-origin" : "same-origin");
    String path = context.request().path();
    if ("/e".equals(path)) {
      // A page of another site may read that its visit was taken; there is nothing else to read.
      response.putHeader("Access-Control-Allow-Origin", "*");
    }
    if (isPublic || path.startsWith("/api/")) {
      response.putHeader("Cache-Control", "no-store");
    } else if (!path.startsWith("/assets/")) {
      response.putHeader("Cache-Control", "no-cache");
    }
    if (isPublic && HttpMethod.POST.equals(context.request().method())) {
      response.putHeader("Connection", "close");
    }
  }

  /**
   * Paths inside the application are its own business: it gets the page and looks at the path
   * itself.
   */
  private void page(RoutingContext context) {
    String path = context.normalizedPath().toLowerCase(Locale.ROOT);
    boolean isOver = path.startsWith("/setup") && !gate.isFirstStart();
    if (path.contains(".") || isOver) {
      Routes.fail(context, Problem.notFound());
    } else {
      context.reroute("/index.html");
    }
  }

  private static void failed(RoutingContext context) {
    int status = context.statusCode();
    Throwable cause = context.failure();
    if (!hasHost(context.request())) {
      // The router gives up on it before the guard has seen it.
      headers(context, isPublic(context.request().path()));
      Routes.fail(context, new Problem(400, "bad-request", List.of(), Map.of()));
    } else if (cause != null && !(cause instanceof io.vertx.ext.web.handler.HttpException)) {
      Routes.fail(context, cause);
    } else if (status == 405) {
      Routes.fail(context, notServed());
    } else if (status == 413) {
      context.response().putHeader("Connection", "close");
      Routes.fail(context, new Problem(413, "too-large", List.of(), Map.of()));
    } else {
      Routes.fail(
          context,
          new Problem(
              status < 400 ? 500 : status,
              status == 404 ? "not-found" : "bad-request",
              List.of(),
              Map.of()));
    }
  }

  /** Takes nothing more; what was asked before is answered, if that takes no longer than this. */
  @Override
  public void close() {
    server.shutdown(LONGEST_ANSWER).await();
    threads.close();
  }
}
