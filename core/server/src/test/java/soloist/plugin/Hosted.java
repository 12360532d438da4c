package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import soloist.config.PublicAddress;
import soloist.http.HttpHost;
import soloist.security.Accounts;
import soloist.security.Keys;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.ManualClock;

/** A plugin host with its API on a port of its own, as a server has it. */
final class Hosted implements AutoCloseable {
  /** As in a server, but shorter. */
  static final Guard.Limits SHORT =
      new Guard.Limits(Duration.ofMillis(1_500), Duration.ofSeconds(1), Duration.ofMillis(800));

  /** They tell of every plugin that does harm on purpose; held, or their level is forgotten. */
  private static final List<Logger> TALKATIVE =
      Stream.of("org.pf4j", "soloist.plugin").map(Logger::getLogger).toList();

  static {
    TALKATIVE.forEach(logger -> logger.setLevel(Level.OFF));
  }

  final ManualClock clock = new ManualClock();
  final Path shipped;
  final Path home;

  private final Publishers publishers;
  private final TestStore server = new TestStore();
  private final String database = "db" + UUID.randomUUID().toString().substring(0, 8);
  private final HttpClient client = HttpClient.newHttpClient();
  private Store store;
  private Vertx vertx;
  private HttpHost http;
  private PluginHost plugins;
  private Accounts accounts;

  Hosted(Path folder) throws IOException {
    this(folder, new Publishers(Map.of()));
  }

  Hosted(Path folder, Publishers publishers) throws IOException {
    this.publishers = publishers;
    shipped = Files.createDirectories(folder.resolve("shipped"));
    home = folder.resolve("home");
  }

  /** Starts it, or starts it anew on what the last one has left. */
  Hosted start() throws IOException {
    store = server.open(database);
    Keys keys = Keys.open(home.resolveSibling("key"));
    plugins = new PluginHost(shipped, home, store, keys, clock, publishers, SHORT);
    plugins.ship();
    plugins.bringAll();
    vertx = Vertx.vertx();
    accounts = new Accounts(home, store, keys, clock, new PublicAddress(store, Optional.empty()));
    http = new HttpHost(vertx, List::of, accounts.gate());
    new PluginsEndpoint(plugins).mount(http.api());
    new InstancesEndpoint(plugins).mount(http.api());
    http.listen(0);
    return this;
  }

  PluginHost plugins() {
    return plugins;
  }

  Store store() {
    return store;
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<String> post(String path, JsonObject body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
  }

  /** Does it, and it went well. */
  JsonObject done(String path, JsonObject body) {
    HttpResponse<String> response = post(path, body);
    assertEquals(2, response.statusCode() / 100, response.body());
    return new JsonObject(response.body());
  }

  HttpResponse<String> upload(byte[] zip, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri("plugins"));
    return send(
        (headers.length == 0 ? request : request.headers(headers))
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(zip)));
  }

  /** Uploads and confirms. */
  JsonObject install(TestPlugin plugin) {
    HttpResponse<String> response = upload(plugin.zip());
    assertEquals(201, response.statusCode(), response.body());
    JsonObject card = new JsonObject(response.body());
    String sha256 = card.getJsonObject("candidate").getString("sha256");
    return done(
        "plugins/" + card.getString("id") + "/install", new JsonObject().put("sha256", sha256));
  }

  JsonObject card(String id) {
    return new JsonObject(get("plugins/" + id).body());
  }

  List<String> states() {
    return new JsonObject(get("plugins").body())
        .getJsonArray("items").stream()
            .map(
                it ->
                    ((JsonObject) it).getString("id") + " " + ((JsonObject) it).getString("state"))
            .toList();
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + http.port() + "/api/v1/" + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(
          request
              .timeout(Duration.ofSeconds(30))
              .setHeader("Authorization", "Bearer " + accounts.machineToken())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends as a process does that is told to. */
  void stop() throws IOException {
    http.close();
    plugins.close();
    vertx.close().await();
    store.close();
  }

  @Override
  public void close() throws IOException {
    stop();
    server.close();
    client.close();
  }
}
