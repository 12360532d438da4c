package soloist;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import soloist.config.Options;
import soloist.security.MachineToken;

/**
 * The API of a running server as commands use it: where it is, and the token that lets them in. The
 * token of this machine is sent to this machine only; elsewhere {@code --token-file} names one.
 */
final class ServerApi {
  /** What a command that uses it knows beside the options of a server. */
  static final Set<String> OPTIONS = Set.of("url", "token-file");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final String language;
  private final URI url;
  private final Optional<String> token;
  private final HttpClient client = HttpClient.newHttpClient();

  ServerApi(Options options, String language) throws IOException {
    this.language = language;
    int port = options.number("port", 8080, 1, 65_535);
    url = URI.create(options.find("url").orElse("http://localhost:" + port));
    token = token(options, url);
  }

  /** An answer that is not a success. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final transient JsonObject problem;

    private Refused(int status, JsonObject problem) {
      super(problem.getString("detail", "status " + status), null, false, false);
      this.status = status;
      this.problem = problem;
    }

    int status() {
      return status;
    }

    JsonObject problem() {
      return problem;
    }
  }

  Optional<String> token() {
    return token;
  }

  JsonObject get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
  }

  HttpRequest.Builder request(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/" + path))
            .header("Accept-Language", language);
    token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    return request;
  }

  /**
   * Sends it.
   *
   * @throws Refused when the answer is no success
   */
  JsonObject send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    JsonObject answer = new JsonObject(response.body());
    if (response.statusCode() >= 300) {
      throw new Refused(response.statusCode(), answer);
    }
    return answer;
  }

  private static Optional<String> token(Options options, URI url) throws IOException {
    Optional<Path> named = options.find("token-file").map(Path::of);
    if (named.isPresent()) {
      return Optional.of(Files.readString(named.get()).strip());
    }
    if (!LOOPBACK.contains(url.getHost())) {
      return Optional.empty();
    }
    Path home = options.find("home").map(Path::of).orElseGet(() -> homeOf(url.getPort()));
    Path file = MachineToken.file(home);
    return Files.isReadable(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  /** The home of every server that is given none. */
  static Path usualHome() {
    return Path.of(System.getProperty("user.home"), ".soloist");
  }

  private static Path homeOf(int port) {
    try {
      return Path.of(Files.readString(note(port)));
    } catch (IOException _) {
      return usualHome();
    }
  }

  /** A demo's home is another one each time, so it is noted which belongs to a port. */
  static void noteHome(int port, Path home) throws IOException {
    Files.createDirectories(usualHome());
    Files.writeString(note(port), home.toAbsolutePath().toString());
  }

  static void forgetHome(int port) {
    try {
      Files.deleteIfExists(note(port));
    } catch (IOException e) {
      System.getLogger(ServerApi.class.getName())
          .log(System.Logger.Level.WARNING, "cannot delete " + note(port), e);
    }
  }

  private static Path note(int port) {
    return usualHome().resolve("demo-" + port);
  }
}
