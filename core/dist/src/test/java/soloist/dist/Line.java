package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import soloist.Controls;
import soloist.Soloist;
import soloist.config.Config;
import soloist.delivery.DeliveryPoint;
import soloist.delivery.DeliveryPolicy;
import soloist.embedded.EmbeddedMongo;
import soloist.lane.CommitPoint;
import soloist.lane.RedoUse;
import soloist.spi.Settings;
import soloist.testkit.Eventually;
import soloist.testkit.Ledger;
import soloist.testkit.ManualClock;
import soloist.testkit.SmtpSink;

/**
 * The whole line on loopback: a server with the plugins that ship, a store that outlives it, a
 * relay that keeps a ledger, and a clock that a test moves. Everything a test does and sees goes
 * over HTTP.
 */
final class Line implements AutoCloseable {
  static final Path SHIPPED = Path.of("target", "soloist");
  static final String DESTINATION = "https://www.example.com/tea/pairing";
  private static final Duration LIMIT = Duration.ofSeconds(45);

  final ManualClock clock;

  private final Path folder;
  private final DeliveryPolicy policy;
  private final DeliveryPoint.Observer deliveries;
  private final int relayPort;
  private final Optional<Door> door;
  private final Optional<EmbeddedMongo> server;
  private final Optional<String> uri;
  private final Optional<MongoClient> store;
  private final HttpClient http = HttpClient.newHttpClient();
  private SmtpSink sink;
  private Soloist soloist;

  private Line(
      ManualClock clock,
      Path folder,
      boolean hasRelay,
      boolean storeInside,
      DeliveryPolicy policy,
      DeliveryPoint.Observer deliveries,
      Optional<String> otherStore,
      Optional<Door> door) {
    this.clock = clock;
    this.folder = folder;
    this.door = door;
    server =
        storeInside || otherStore.isPresent()
            ? Optional.empty()
            : Optional.of(EmbeddedMongo.open(folder.resolve("store")));
    uri = server.map(EmbeddedMongo::uri).or(() -> otherStore);
    store = uri.map(MongoClients::create);
    this.policy = policy;
    this.deliveries = deliveries;
    relayPort = hasRelay ? freePort() : 0;
    if (hasRelay) {
      relayComes();
    }
    soloist = start();
  }

  static Line open(Path folder) {
    return open(folder, DeliveryPolicy.USUAL, DeliveryPoint.Observer.NONE);
  }

  static Line open(Path folder, DeliveryPolicy policy, DeliveryPoint.Observer deliveries) {
    return new Line(
        new ManualClock(),
        folder,
        true,
        false,
        policy,
        deliveries,
        Optional.empty(),
        Optional.empty());
  }

  static Line withoutRelay(Path folder) {
    return new Line(
        new ManualClock(),
        folder,
        false,
        false,
        DeliveryPolicy.USUAL,
        DeliveryPoint.Observer.NONE,
        Optional.empty(),
        Optional.empty());
  }

  /** With the store that a server has when it is given none. */
  static Line withStoreInside(Path folder) {
    return withStoreInside(folder, new ManualClock());
  }

  static Line withStoreInside(Path folder, ManualClock clock) {
    return new Line(
        clock,
        folder,
        true,
        true,
        DeliveryPolicy.USUAL,
        DeliveryPoint.Observer.NONE,
        Optional.empty(),
        Optional.empty());
  }

  /** With a store in another process. */
  static Line withStore(String uri, Path folder) {
    return new Line(
        new ManualClock(),
        folder,
        true,
        false,
        DeliveryPolicy.USUAL,
        DeliveryPoint.Observer.NONE,
        Optional.of(uri),
        Optional.empty());
  }

  /**
   * The address that links begin with, and the file of the authority that vouches for it.
   *
   * @param url empty when the owner says it
   */
  record Door(Optional<URI> url, Path trust) {
    Door(URI url, Path trust) {
      this(Optional.of(url), trust);
    }
  }

  /** Without a relay, and with an authority that vouches for addresses that the owner names. */
  static Line trusting(Path trust, Path folder) {
    return new Line(
        new ManualClock(),
        folder,
        false,
        true,
        DeliveryPolicy.USUAL,
        DeliveryPoint.Observer.NONE,
        Optional.empty(),
        Optional.of(new Door(Optional.empty(), trust)));
  }

  /** With a relay that is elsewhere as far as the server knows. */
  static Line behind(Door door, Path folder) {
    return new Line(
        new ManualClock(),
        folder,
        true,
        false,
        DeliveryPolicy.USUAL,
        DeliveryPoint.Observer.NONE,
        Optional.empty(),
        Optional.of(door));
  }

  private Soloist start() {
    Settings relay =
        new Settings(
            Map.of(
                // The same address under a name that is not known for it.
                "host", door.isPresent() ? "127.1" : "127.0.0.1",
                "port", Integer.toString(relayPort),
                "security", "none",
                "from", "shop@tea.example",
                "fromName", "Tea & Co"));
    try {
      return Soloist.start(
          new Config(
              0,
              home(),
              SHIPPED.resolve("plugins"),
              uri,
              door.flatMap(Door::url),
              door.map(Door::trust),
              relayPort == 0 ? Optional.empty() : Optional.of(relay),
              "Tea & Co",
              "shop@tea.example",
              "1 Quay Street"),
          new Controls(
              clock, CommitPoint.Observer.NONE, deliveries, policy, RedoUse.WRITTEN_AND_REDONE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path home() {
    return folder.resolve("home");
  }

  /** Ends the server and starts it again on the same store and home. */
  void restart() {
    restartAfter(Duration.ZERO);
  }

  void stop() {
    soloist.close();
  }

  void go() {
    soloist = start();
  }

  /** As {@link #restart}, with time passing while no server runs. */
  void restartAfter(Duration pause) {
    stop();
    clock.advance(pause);
    go();
  }

  /** Opens the relay's port. */
  void relayComes() {
    sink = SmtpSink.with().port(relayPort).start(folder.resolve("sink"));
  }

  void relayGoes() {
    sink.close();
  }

  SmtpSink relay() {
    return sink;
  }

  Ledger ledger() {
    return sink.ledger();
  }

  Soloist soloist() {
    return soloist;
  }

  int port() {
    return soloist.port();
  }

  URI url(String path) {
    return URI.create(soloist.url() + path);
  }

  private MongoDatabase database() {
    return store.orElseThrow().getDatabase("soloist");
  }

  MongoCollection<Document> stored(String collection) {
    return database().getCollection(collection);
  }

  /** Every collection of the store with its documents. */
  Map<String, List<Document>> everythingStored() {
    Map<String, List<Document>> all = new TreeMap<>();
    for (String name : database().listCollectionNames()) {
      all.put(name, stored(name).find().into(new ArrayList<>()));
    }
    return all;
  }

  Customer customer(String name) {
    return new Customer(this, name);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(HttpRequest.newBuilder(url(path)), headers);
  }

  /** Posts a body to the door for events, as JSON unless the headers say otherwise. */
  HttpResponse<String> post(String body, String... headers) {
    var request =
        HttpRequest.newBuilder(url("/api/v1/events"))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return headers.length == 0
        ? send(request, "Content-Type", "application/json")
        : send(request, headers);
  }

  /** Sends as the owner of this machine, by the token file. */
  HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    return sendAs(request.setHeader("Authorization", "Bearer " + soloist.token()), headers);
  }

  /** Sends with these headers and no others. */
  HttpResponse<String> sendAs(HttpRequest.Builder request, String... headers) {
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpRequest built = request.build();
    try {
      HttpResponse<String> response = http.send(built, HttpResponse.BodyHandlers.ofString());
      Contract.check(built, response);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<byte[]> bytes(URI uri) {
    return sendForBytes(HttpRequest.newBuilder(uri));
  }

  /** Sends as the owner of this machine; what is answered is no text. */
  HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
    return sendForBytes(request.setHeader("Authorization", "Bearer " + soloist.token()));
  }

  private HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  JsonObject json(String path) {
    HttpResponse<String> response = get(path);
    assertEquals(200, response.statusCode(), path + ": " + response.body());
    return new JsonObject(response.body());
  }

  List<JsonObject> items(String path) {
    return objects(json(path).getJsonArray("items"));
  }

  /** Posts to a path of the API; what it answered. */
  JsonObject order(String path) {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(url(path)).POST(HttpRequest.BodyPublishers.ofString("{}")),
            "Content-Type",
            "application/json");
    assertEquals(2, response.statusCode() / 100, path + ": " + response.body());
    return new JsonObject(response.body());
  }

  /** Posts a body to a path of the API; whatever it answered. */
  HttpResponse<String> ask(String path, JsonObject body, String... headers) {
    return send(
        HttpRequest.newBuilder(url(path))
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .header("Content-Type", "application/json"),
        headers);
  }

  /** Puts a body in the place of what is at a path of the API; whatever it answered. */
  HttpResponse<String> put(String path, JsonObject body, String... headers) {
    return send(
        HttpRequest.newBuilder(url(path))
            .PUT(HttpRequest.BodyPublishers.ofString(body.encode()))
            .header("Content-Type", "application/json"),
        headers);
  }

  /** The event was taken; whether it was a double. */
  boolean tell(JsonObject event) {
    HttpResponse<String> response = post(event.encode());
    assertEquals(202, response.statusCode(), response.body());
    JsonObject answer = new JsonObject(response.body());
    assertEquals(event.getString("id", answer.getString("id")), answer.getString("id"));
    return answer.getBoolean("duplicate");
  }

  void advance(Duration time) {
    clock.advance(time);
  }

  /** Everything that was told before this is judged and sent, or has nobody to go to. */
  void settle() {
    until("rest", soloist::isIdle);
  }

  static void until(String what, BooleanSupplier condition) {
    Eventually.until(LIMIT, what, condition);
  }

  static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    soloist.close();
    if (relayPort != 0) {
      sink.close();
    }
    store.ifPresent(MongoClient::close);
    server.ifPresent(EmbeddedMongo::close);
  }
}
