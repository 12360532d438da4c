package soloist.dist;

import static java.util.Comparator.comparingLong;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.regex.Pattern;

/**
 * The document that describes the API, held against what the tests ask and are answered: every
 * answer has to be as described, and so has every request that was taken.
 */
final class Contract {
  static final JsonObject DOCUMENT = read();

  private static final String HOME = "https://api.example/openapi";
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDialect(
          Dialects.getDraft202012(), builder -> builder.schemas(Map.of(HOME, DOCUMENT.encode())));
  private static final Map<String, Schema> COMPILED = new ConcurrentHashMap<>();
  private static final List<Described> PATHS = paths();

  private record Described(String template, Pattern pattern, Set<String> operations) {}

  private Contract() {}

  /** An answer as it came. */
  record Answer(int status, String type, String body) {}

  /**
   * Compares.
   *
   * @throws AssertionError that names what is not as described
   */
  static void check(HttpRequest request, HttpResponse<String> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    List<String> faults =
        new ArrayList<>(
            faults(
                request.method(),
                request.uri().getRawPath(),
                new Answer(response.statusCode(), type, response.body())));
    if (response.statusCode() / 100 == 2) {
      String sent = request.headers().firstValue("Content-Type").orElse("");
      faults.addAll(asked(request.method(), request.uri().getRawPath(), sent, body(request)));
      faults.addAll(parameters(request));
    }
    if (!faults.isEmpty()) {
      throw new AssertionError(
          request.method() + " " + request.uri() + ": " + String.join("\n", faults));
    }
  }

  /** What is otherwise in an answer than described; nothing of a path that is not described. */
  static List<String> faults(String method, String path, Answer answer) {
    Optional<String> at = operation(method, path);
    if (at.isEmpty()) {
      return List.of();
    }
    JsonObject responses = find(at.get()).getJsonObject("responses");
    String status = Integer.toString(answer.status());
    String key = responses.containsKey(status) ? status : "default";
    if (key.equals("default") && answer.status() < 400) {
      return List.of("status " + status + " is not described");
    }
    String place = resolved(at.get() + "/responses/" + key);
    return method.equals("HEAD")
        ? List.of()
        : content(place, answer.type(), answer.body(), "the answer");
  }

  private static List<String> asked(String method, String path, String type, String body) {
    Optional<String> at = operation(method, path);
    if (at.isEmpty() || !find(at.get()).containsKey("requestBody")) {
      return body.isEmpty() || at.isEmpty() ? List.of() : List.of("a body is not described");
    }
    return content(resolved(at.get() + "/requestBody"), type, body, "the request");
  }

  /** A parameter is one that is described, and its value what is described of it. */
  static List<String> parameters(HttpRequest request) {
    String query = request.uri().getRawQuery();
    Optional<String> at = operation(request.method(), request.uri().getRawPath());
    if (query == null || at.isEmpty()) {
      return List.of();
    }
    Map<String, String> known = described(at.get());
    List<String> faults = new ArrayList<>();
    for (String pair : query.split("&")) {
      String[] parts = URLDecoder.decode(pair, StandardCharsets.UTF_8).split("=", 2);
      String schema = known.get(parts[0]);
      if (schema == null) {
        faults.add("the parameter " + parts[0] + " is not described");
        continue;
      }
      String value = parts.length > 1 ? parts[1] : "";
      boolean isText =
          find(resolved(schema)).getString("type", "string").equals("string")
              || !value.matches("-?\\d+|true|false");
      for (String fault : valid(schema, isText ? Json.encode(value) : value)) {
        faults.add("the parameter " + parts[0] + ": " + fault);
      }
    }
    return faults;
  }

  /** Where the schema of each parameter in the query of an operation stands. */
  private static Map<String, String> described(String operation) {
    Map<String, String> schemas = new TreeMap<>();
    for (String place : List.of(operation, operation.substring(0, operation.lastIndexOf('/')))) {
      int count = find(place).getJsonArray("parameters", new JsonArray()).size();
      for (int i = 0; i < count; i++) {
        String parameter = resolved(place + "/parameters/" + i);
        if (find(parameter).getString("in").equals("query")) {
          schemas.put(find(parameter).getString("name"), parameter + "/schema");
        }
      }
    }
    return schemas;
  }

  private static List<String> content(String place, String type, String body, String what) {
    JsonObject content = find(place).getJsonObject("content", new JsonObject());
    String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (content.isEmpty() && body.isEmpty()) {
      return List.of();
    }
    if (!content.containsKey(plain)) {
      return List.of(what + " is " + plain + ", not " + content.fieldNames());
    }
    return plain.endsWith("json")
        ? valid(place + "/content/" + escaped(plain) + "/schema", body).stream()
            .map(fault -> what + ": " + fault)
            .toList()
        : List.of();
  }

  private static List<String> valid(String place, String body) {
    return COMPILED
        .computeIfAbsent(place, it -> SCHEMAS.getSchema(SchemaLocation.of(HOME + "#" + it)))
        .validate(
            body,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Object::toString)
        .toList();
  }

  /** The pointer to the operation that a path means: a name that is written out comes first. */
  private static Optional<String> operation(String method, String path) {
    String key = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    return PATHS.stream()
        .filter(described -> described.operations().contains(key))
        .filter(described -> described.pattern().matcher(path).matches())
        .findFirst()
        .map(described -> "/paths/" + escaped(described.template()) + "/" + key);
  }

  /** The paths of the document, those with the fewest placeholders first. */
  private static List<Described> paths() {
    JsonObject paths = DOCUMENT.getJsonObject("paths");
    return paths.fieldNames().stream()
        .sorted(comparingLong(template -> template.chars().filter(c -> c == '{').count()))
        .map(
            template ->
                new Described(
                    template,
                    Pattern.compile(template.replaceAll("\\{\\w+}", "[^/]+")),
                    Set.copyOf(paths.getJsonObject(template).fieldNames())))
        .toList();
  }

  /** Where a reference at this place leads. */
  private static String resolved(String place) {
    String reference = find(place).getString("$ref");
    return reference == null ? place : reference.substring(1);
  }

  private static JsonObject find(String place) {
    Object at = DOCUMENT;
    for (String name : place.substring(1).split("/")) {
      String plain = name.replace("~1", "/").replace("~0", "~");
      at =
          at instanceof JsonObject object
              ? object.getValue(plain)
              : ((JsonArray) Objects.requireNonNull(at, place)).getValue(Integer.parseInt(plain));
    }
    return (JsonObject) Objects.requireNonNull(at, place);
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static String body(HttpRequest request) {
    if (request.bodyPublisher().isEmpty()) {
      return "";
    }
    var body = HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    request
        .bodyPublisher()
        .get()
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                body.onSubscribe(subscription);
              }

              @Override
              public void onNext(ByteBuffer part) {
                body.onNext(List.of(part));
              }

              @Override
              public void onError(Throwable thrown) {
                body.onError(thrown);
              }

              @Override
              public void onComplete() {
                body.onComplete();
              }
            });
    return body.getBody().toCompletableFuture().join();
  }

  private static JsonObject read() {
    try (InputStream in =
        Objects.requireNonNull(Contract.class.getResourceAsStream("/soloist/http/openapi.json"))) {
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
