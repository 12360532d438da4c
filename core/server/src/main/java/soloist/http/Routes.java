package soloist.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * Routes whose handlers may block: each request runs on a virtual thread of its own, the event loop
 * only reads and writes.
 */
public final class Routes {
  private static final System.Logger LOG = System.getLogger(Routes.class.getName());
  private static final int LARGEST_BODY = 64 * 1024;

  /** Answers a request; blocks as it likes. */
  @FunctionalInterface
  public interface Handler {
    Reply handle(Request request);
  }

  private final Vertx vertx;
  private final Router router;
  private final ExecutorService threads;
  private final List<String> operations = new ArrayList<>();

  Routes(Vertx vertx, Router router, ExecutorService threads) {
    this.vertx = vertx;
    this.router = router;
    this.threads = threads;
  }

  /** Answers GET, and HEAD with the same head. */
  public void get(String path, Handler handler) {
    operations.add("GET " + path);
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(context -> run(context, handler));
  }

  /**
   * A POST with a JSON body. Another content type is 415, so that no foreign page can send one
   * without asking first.
   */
  public void post(String path, Handler handler) {
    postAs("application/json", "json-only", path, LARGEST_BODY, handler);
  }

  /**
   * A POST of JSON that says it is plain text, which a page of another site may send without asking
   * first (Fetch, "simple request"). At most {@code most} bytes.
   */
  public void postText(String path, int most, Handler handler) {
    postAs("text/plain", "text-only", path, most, handler);
  }

  private void postAs(String type, String otherwise, String path, int most, Handler handler) {
    postAny(path, most, only(type, otherwise, handler));
  }

  private static Handler only(String type, String otherwise, Handler handler) {
    return request -> {
      String sent = request.header("Content-Type").orElse("").split(";", 2)[0].strip();
      if (!sent.equalsIgnoreCase(type)) {
        throw new Problem(415, otherwise, List.of(), Map.of());
      }
      return handler.handle(request);
    };
  }

  /** A POST of a form whose fields do not matter, urlencoded or multipart (RFC 8058). */
  public void postForm(String path, Handler handler) {
    postAny(path, LARGEST_BODY, handler);
  }

  /** A PUT with a JSON body: what people edit, the whole of it. */
  public void put(String path, Handler handler) {
    withBody(HttpMethod.PUT, path, LARGEST_BODY, only("application/json", "json-only", handler));
  }

  private void postAny(String path, int most, Handler handler) {
    withBody(HttpMethod.POST, path, most, handler);
  }

  private void withBody(HttpMethod method, String path, int most, Handler handler) {
    operations.add(method.name() + " " + path);
    router
        .route(method, path)
        .handler(BodyHandler.create(false).setBodyLimit(most))
        .handler(context -> run(context, handler));
  }

  /** Answers a request whose body was put into a file, which the handler deletes. */
  @FunctionalInterface
  public interface FileHandler {
    Reply handle(Request request, Path file);
  }

  /** A POST whose body is a file, of at most {@code most} bytes. */
  public void postFile(String path, long most, Supplier<Path> target, FileHandler handler) {
    operations.add("POST " + path);
    router.post(path).handler(context -> take(context, most, target, handler));
  }

  private void take(RoutingContext context, long most, Supplier<Path> target, FileHandler handler) {
    String type = context.request().getHeader("Content-Type");
    if (type == null || !type.strip().equalsIgnoreCase("application/octet-stream")) {
      fail(context, new Problem(415, "file-only", List.of(), Map.of("Connection", "close")));
      return;
    }
    Path file = target.get();
    Upload.into(vertx, context.request(), file, most)
        .onSuccess(_ -> run(context, request -> handler.handle(request, file)))
        .onFailure(
            e -> {
              vertx.fileSystem().delete(file.toString());
              fail(context, e);
            });
  }

  /** Method and path template of every route. */
  public List<String> operations() {
    return List.copyOf(operations);
  }

  private void run(RoutingContext context, Handler handler) {
    Context loop = vertx.getOrCreateContext();
    threads.execute(
        () -> {
          try {
            Reply reply = handler.handle(new Request(context));
            loop.runOnContext(_ -> send(context, reply));
          } catch (RuntimeException e) {
            loop.runOnContext(_ -> fail(context, e));
          }
        });
  }

  private static void send(RoutingContext context, Reply reply) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    if (HttpMethod.HEAD.equals(context.request().method())) {
      response.end();
    } else {
      response.end(reply.body());
    }
  }

  /**
   * The boundary of HTTP: a fault of the caller is explained, one of ours is logged with the id
   * that the caller gets.
   */
  static void fail(RoutingContext context, Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    String trace = UUID.randomUUID().toString();
    Problem problem;
    if (cause instanceof Problem known) {
      problem = known;
    } else if (cause instanceof com.mongodb.MongoException) {
      LOG.log(System.Logger.Level.WARNING, "the store did not answer, trace " + trace, cause);
      problem = new Problem(503, "store-away", List.of(), Map.of("Retry-After", "5"));
    } else {
      LOG.log(System.Logger.Level.ERROR, "request failed, trace " + trace, cause);
      problem = new Problem(500, "internal", List.of(), Map.of());
    }
    send(
        context,
        reply(
            problem,
            Texts.language(context.request().getHeader("Accept-Language")),
            context,
            trace));
  }

  private static Reply reply(
      Problem problem, String language, RoutingContext context, String trace) {
    JsonArray errors = new JsonArray();
    for (Problem.Detail detail : problem.details()) {
      errors.add(
          new JsonObject()
              .put("pointer", detail.pointer())
              .put("code", detail.code())
              .put("message", Texts.say(language, detail.code(), detail.values())));
    }
    JsonObject body =
        new JsonObject()
            .put("type", "/problems/" + problem.code())
            .put("title", Texts.say(language, problem.code() + ".title"))
            .put("status", problem.status())
            .put("detail", Texts.say(language, problem.code()))
            .put("instance", context.request().path())
            .put("code", problem.code())
            .put("traceId", trace);
    if (!errors.isEmpty()) {
      body.put("errors", errors);
    }
    Reply reply = new Reply(problem.status(), problem.headers(), Buffer.buffer(body.encode()));
    return reply.with("Content-Type", "application/problem+json");
  }
}
