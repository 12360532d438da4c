package soloist;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import soloist.config.Options;
import soloist.http.Texts;

/** {@code soloist plugin …}: plugins of a running server, over its API. */
final class PluginCommand {
  private static final Map<Integer, Integer> EXIT_CODES =
      Map.of(400, 2, 413, 2, 404, 3, 409, 4, 503, 5);
  private static final String JSON = "application/json";
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
  private static final int CONFLICT = 4;

  private final PrintStream out;
  private final String language;

  PluginCommand(PrintStream out, String language) {
    this.out = out;
    this.language = language;
  }

  /** Exit codes: 0 done, 1 failed, 2 wrong use, 3 not there, 4 not as things are. */
  int run(List<String> arguments) throws IOException, InterruptedException {
    int operands = (int) arguments.stream().takeWhile(it -> !it.startsWith("--")).count();
    List<String> words = arguments.subList(0, operands);
    Options options =
        Options.read(
            arguments.subList(operands, arguments.size()),
            Set.of("url", "token-file", "sha256", "publisher"),
            System.getenv());
    String action = words.isEmpty() ? "" : words.getFirst();
    int wanted = action.equals("list") ? 1 : 2;
    if (!Set.of("list", "install", "enable", "disable").contains(action)
        || words.size() != wanted) {
      System.err.println(Texts.say(language, "cli.plugin"));
      return WRONG_USE;
    }
    try {
      return switch (action) {
        case "list" -> list(options);
        case "install" -> install(Path.of(words.get(1)), options);
        default -> change(words.get(1), action, options);
      };
    } catch (ServerApi.Refused e) {
      if (options.has("json")) {
        out.println(e.problem().encode());
      }
      System.err.println(
          e.problem().getString("title", "") + ": " + e.problem().getString("detail"));
      for (Object error : e.problem().getJsonArray("errors", new JsonArray())) {
        System.err.println("  " + ((JsonObject) error).getString("message"));
      }
      return EXIT_CODES.getOrDefault(e.status(), FAILED);
    }
  }

  private int list(Options options) throws IOException, InterruptedException {
    JsonObject plugins = send(options, "plugins", HttpRequest.BodyPublishers.noBody(), "");
    if (options.has("json")) {
      out.println(plugins.encode());
      return 0;
    }
    for (Object item : plugins.getJsonArray("items")) {
      print((JsonObject) item);
    }
    return 0;
  }

  private void print(JsonObject card) {
    JsonObject version = card.getJsonObject("current", card.getJsonObject("candidate"));
    out.printf(
        "%-24s %-9s %-9s%n",
        card.getString("id"),
        card.getString("state"),
        version == null ? "" : version.getString("version"));
    if (card.getJsonObject("failure") != null) {
      out.println("  " + card.getJsonObject("failure").getString(language));
    }
  }

  /** Uploads, shows, and installs when the hash was confirmed by {@code --sha256} or by --yes. */
  private int install(Path file, Options options) throws IOException, InterruptedException {
    if (!Files.isRegularFile(file)) {
      System.err.println(Texts.say(language, "cli.no-file", file.toString()));
      return WRONG_USE;
    }
    JsonObject card =
        send(
            options,
            "plugins",
            HttpRequest.BodyPublishers.ofFile(file),
            "application/octet-stream",
            signature(file));
    JsonObject candidate = card.getJsonObject("candidate");
    String sha256 = candidate.getString("sha256");
    if (!options.has("json")) {
      out.println(card.getString("id") + " " + candidate.getString("version"));
      out.println("  " + candidate.getJsonObject("permissions").getString(language));
      out.println("  SHA-256 " + sha256);
      String publisher = candidate.getString("publisher");
      out.println(
          "  "
              + (publisher == null
                  ? Texts.say(language, "cli.unsigned")
                  : Texts.say(language, "cli.signed", publisher)));
    }
    if (!options.has("json")) {
      candidate.getJsonArray("findings").stream()
          .map(JsonObject.class::cast)
          .forEach(
              finding ->
                  out.println("  ! " + finding.getJsonObject("message").getString(language)));
    }
    if (!options.has("yes") && options.find("sha256").isEmpty()) {
      if (options.has("json")) {
        out.println(card.encode());
      }
      System.err.println(Texts.say(language, "cli.confirm", sha256));
      return CONFLICT;
    }
    JsonObject body =
        new JsonObject()
            .put("sha256", options.has("yes") ? sha256 : options.find("sha256").orElseThrow())
            .put("fingerprint", options.find("publisher").orElse(""));
    return done(
        send(options, "plugins/" + card.getString("id") + "/install", json(body), JSON), options);
  }

  private static String[] signature(Path file) throws IOException {
    Path signature = file.resolveSibling(file.getFileName() + ".sig");
    return Files.isRegularFile(signature)
        ? new String[] {"Soloist-Plugin-Signature", Files.readString(signature).strip()}
        : new String[0];
  }

  private int change(String id, String action, Options options)
      throws IOException, InterruptedException {
    JsonObject body = new JsonObject().put("force", options.has("force"));
    return done(send(options, "plugins/" + id + "/" + action, json(body), JSON), options);
  }

  private int done(JsonObject card, Options options) {
    if (options.has("json")) {
      out.println(card.encode());
    } else {
      print(card);
    }
    return 0;
  }

  private static HttpRequest.BodyPublisher json(JsonObject body) {
    return HttpRequest.BodyPublishers.ofString(body.encode());
  }

  private JsonObject send(
      Options options, String path, HttpRequest.BodyPublisher body, String type, String... headers)
      throws IOException, InterruptedException {
    ServerApi server = new ServerApi(options, language);
    HttpRequest.Builder request = server.request(path);
    if (!type.isEmpty()) {
      request.header("Content-Type", type).POST(body);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.send(request);
  }
}
