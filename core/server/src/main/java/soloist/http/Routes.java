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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
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
  private final Gate gate;
  private final BooleanSupplier behindProxy;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Handler> things = new ConcurrentHashMap<>();
  private final Set<String> single = ConcurrentHashMap.newKeySet();

  Routes(
      Vertx vertx, Router router, ExecutorService threads, Gate gate, BooleanSupplier behindProxy) {
    this.vertx = vertx;
    this.router = router;
    this.threads = threads;
    this.gate = gate;
    this.behindProxy = behindProxy;
  }

  /** Answers GET, and HEAD with the same head. */
  public void get(String path, Access access, Handler handler) {
    Operation operation = add("GET", path, access);
    things.put(path, handler);
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(context -> run(context, operation, handler));
  }

  /**
   * A POST with a JSON body. Another content type is 415, so that no foreign page can send one
   * without asking first.
   */
  public void post(String path, Access access, Handler handler) {
    post(path, access, LARGEST_BODY, handler);
  }

  /** The same with a body of at most {@code most} bytes. */
  public void post(String path, Access access, int most, Handler handler) {
    postAs("application/json", "json-only", path, access, most, handler);
  }

  /** A POST that changes the one thing which GET answers under the same path. */
  public void change(String path, Access access, Handler handler) {
    single.add(path);
    post(path, access, handler);
  }

  /**
   * A POST of JSON that says it is plain text, which a page of another site may send without asking
   * first (Fetch, "simple request"). At most {@code most} bytes.
   */
  public void postText(String path, Access access, int most, Handler handler) {
    postAs("text/plain", "text-only", path, access, most, handler);
  }

  private void postAs(
      String type, String otherwise, String path, Access access, int most, Handler handler) {
    postAny(path, access, most, only(type, otherwise, handler));
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
  public void postForm(String path, Access access, Handler handler) {
    postAny(path, access, LARGEST_BODY, handler);
  }

  /** A PUT with a JSON body: what people edit, the whole of it. */
  public void put(String path, Access access, Handler handler) {
    withBody(
        HttpMethod.PUT, path, access, LARGEST_BODY, only("application/json", "json-only", handler));
  }

  private void postAny(String path, Access access, int most, Handler handler) {
    withBody(HttpMethod.POST, path, access, most, handler);
  }

  private void withBody(HttpMethod method, String path, Access access, int most, Handler handler) {
    Operation operation = add(method.name(), path, access);
    router
        .route(method, path)
        .handler(BodyHandler.create(false).setBodyLimit(most))
        .handler(context -> run(context, operation, handler));
  }

  /** Finds the file that a request asks for; blocks as it likes. */
  @FunctionalInterface
  public interface FileFinder {
    Path find(Request request);
  }

  /** Answers GET with a file to be kept under its own name, however large it is. */
  public void getFile(String path, Access access, FileFinder finder) {
    Operation operation = add("GET", path, access);
    router
        .get(path)
        .handler(
            context -> {
              Request request = new Request(context, behindProxy.getAsBoolean());
              Context loop = vertx.getOrCreateContext();
              blocking(
                  context,
                  () -> {
                    admit(request, operation);
                    Path file = finder.find(request);
                    loop.runOnContext(_ -> hand(context, file));
                  });
            });
  }

  private static void hand(RoutingContext context, Path file) {
    context
        .response()
        .putHeader("Content-Type", "application/octet-stream")
        .putHeader("Content-Disposition", "attachment; filename=\"" + file.getFileName() + "\"")
        // Compressing it once more would take a processor and nothing off its size.
        .putHeader("Content-Encoding", "identity")
        .sendFile(file.toString())
        .onFailure(e -> failBefore(context, e));
  }

  /** Whoever has half a file already learns it by the connection's end. */
  private static void failBefore(RoutingContext context, Throwable thrown) {
    if (context.response().headWritten()) {
      context.request().connection().close();
    } else {
      fail(context, thrown);
    }
  }

  /** Answers a request whose body was put into a file, which the handler deletes. */
  @FunctionalInterface
  public interface FileHandler {
    Reply handle(Request request, Path file);
  }

  /** A POST whose body is a file, of at most {@code most} bytes. */
  public void postFile(
      String path, Access access, long most, Supplier<Path> target, FileHandler handler) {
    Operation operation = add("POST", path, access);
    router
        .post(path)
        .handler(
            context -> {
              // Nothing of it is read before it is known who sends it.
              context.request().pause();
              Request request = new Request(context, behindProxy.getAsBoolean());
              Context loop = vertx.getOrCreateContext();
              blocking(
                  context,
                  () -> {
                    admit(request, operation);
                    loop.runOnContext(
                        _ -> take(request, context, operation, most, target, handler));
                  });
            });
  }

  private void take(
      Request request,
      RoutingContext context,
      Operation operation,
      long most,
      Supplier<Path> target,
      FileHandler handler) {
    String type = request.header("Content-Type").orElse("");
    if (!type.strip().equalsIgnoreCase("application/octet-stream")) {
      context.response().putHeader("Connection", "close");
      fail(context, new Problem(415, "file-only", List.of(), Map.of()));
      return;
    }
    Path file = target.get();
    Context loop = vertx.getOrCreateContext();
    Upload.into(vertx, context.request(), file, most)
        .onSuccess(
            _ ->
                blocking(
                    context,
                    () -> {
                      Reply reply = answer(request, operation, it -> handler.handle(it, file));
                      loop.runOnContext(_ -> send(context, reply));
                    }))
        .onFailure(
            e -> {
              vertx.fileSystem().delete(file.toString());
              fail(context, e);
            });
  }

  /** Every route, in the order in which they were mounted. */
  public List<Operation> operations() {
    return List.copyOf(operations);
  }

  private Operation add(String method, String path, Access access) {
    Operation operation = new Operation(method, path, access);
    operations.add(operation);
    return operation;
  }

  private void run(RoutingContext context, Operation operation, Handler handler) {
    Request request = new Request(context, behindProxy.getAsBoolean());
    Context loop = vertx.getOrCreateContext();
    blocking(
        context,
        () -> {
          admit(request, operation);
          Reply reply = answer(request, operation, handler);
          loop.runOnContext(_ -> send(context, reply));
        });
  }

  private void blocking(RoutingContext context, Runnable work) {
    Context loop = vertx.getOrCreateContext();
    threads.execute(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            loop.runOnContext(_ -> refuse(context, e));
          }
        });
  }

  /** Whoever is refused before the body was read has to come back on a new connection. */
  private static void refuse(RoutingContext context, RuntimeException thrown) {
    boolean isPost = HttpMethod.POST.equals(context.request().method());
    if (isPost && !context.request().isEnded() && !context.response().headWritten()) {
      context.response().putHeader("Connection", "close");
    }
    fail(context, thrown);
  }

  private void admit(Request request, Operation operation) {
    request.admit(gate.admit(request, operation));
  }

  /** Answers, and lets the gate compare the thing before with the thing after. */
  private Reply answer(Request request, Operation operation, Handler handler) {
    if (!operation.isChange()) {
      return handler.handle(request);
    }
    JsonObject before = thing(request, operation);
    int status = 500;
    JsonObject after = new JsonObject();
    try {
      Reply reply = handler.handle(request);
      status = reply.status();
      after = json(reply);
      return reply;
    } catch (Problem problem) {
      status = problem.status();
      throw problem;
    } finally {
      gate.changed(request, operation, status, before, after);
    }
  }

  private JsonObject thing(Request request, Operation operation) {
    boolean isOne = operation.path().contains("/:") || single.contains(operation.path());
    Handler handler = isOne ? things.get(operation.thing()) : null;
    try {
      return handler == null ? new JsonObject() : json(handler.handle(request));
    } catch (Problem _) {
      return new JsonObject();
    }
  }

  private static JsonObject json(Reply reply) {
    boolean isJson = "application/json".equals(reply.headers().get("Content-Type"));
    return isJson && reply.body().toJsonValue() instanceof JsonObject object
        ? object
        : new JsonObject();
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
              .put("message", detail.in(language)));
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
