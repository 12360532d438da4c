package soloist.bench;

import static com.mongodb.client.model.Filters.eq;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import soloist.Controls;
import soloist.Soloist;
import soloist.config.Config;
import soloist.embedded.EmbeddedMongo;
import soloist.store.Store;

/**
 * How long an order takes from its sender to the decision that follows from it, while a file of
 * customers is brought in, beside the same server with nothing else to do.
 */
final class LiveBench implements AutoCloseable {
  static final int USUAL = 100_000;

  private static final int ALONE = 400;
  private static final Duration EVERY = Duration.ofMillis(20);
  private static final Duration LOOK = Duration.ofMillis(1);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final double WORST = 0.99;
  private static final double MIDDLE = 0.5;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final EmbeddedMongo server;
  private final Store store;
  private final Soloist soloist;
  private int orders;

  /**
   * @param plugins folder of the plugins that ship
   * @param home a folder for all files
   */
  LiveBench(Path plugins, Path home) throws IOException {
    server = EmbeddedMongo.open(home.resolve("store"));
    store = new Store(server.uri());
    soloist =
        Soloist.start(
            new Config(
                0,
                home,
                plugins,
                Optional.of(server.uri()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "Tea shop",
                "shop@example.com",
                "1 Harbour Street, Hamburg"),
            Controls.USUAL);
  }

  /** The 99th of a hundred of each, and the middle one, in milliseconds. */
  List<Figure> run(int rows) throws IOException, InterruptedException {
    orders(() -> orders < ALONE);
    int before = orders;
    List<Double> alone = orders(() -> orders < before + ALONE);
    String job = bringIn(rows);
    List<Double> beside = orders(() -> !isBroughtIn(job, rows));
    String target = "<= 5 times as long (" + beside.size() + " orders beside the file)";
    return List.of(
        figure("live-p99", rows, part(beside, WORST), part(alone, WORST), target),
        figure("live-p50", rows, part(beside, MIDDLE), part(alone, MIDDLE), "stated"));
  }

  private static Figure figure(String id, int rows, double ours, double reference, String target) {
    return new Figure(
        id, rows, new double[] {ours}, new double[] {reference}, "ms", "lower", target, 1);
  }

  /** Orders of one new customer after the other, at a steady pace. */
  private List<Double> orders(BooleanSupplier goesOn) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    long next = System.nanoTime();
    while (goesOn.getAsBoolean()) {
      next = Math.max(next + EVERY.toNanos(), System.nanoTime());
      LockSupport.parkNanos(next - System.nanoTime());
      millis.add(order());
    }
    return millis;
  }

  private double order() throws IOException, InterruptedException {
    String email = "live" + orders++ + "@example.com";
    JsonObject order =
        new JsonObject()
            .put("id", "order of " + email)
            .put("type", "order")
            .put("identifiers", new JsonObject().put("email", email))
            .put("properties", new JsonObject().put("total", "12.50").put("currency", "EUR"));
    long began = System.nanoTime();
    post("/api/v1/events", order.encode(), "application/json");
    Document owner = store.identifiers().find(eq("_id", "email:" + email)).first();
    if (owner == null) {
      throw new IllegalStateException("an order that was accepted is nobody's");
    }
    while (store.decisions().find(eq("profileId", owner.get("profileId"))).first() == null) {
      if (System.nanoTime() - began > LIMIT.toNanos()) {
        throw new IllegalStateException("nothing was decided in " + LIMIT);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return (System.nanoTime() - began) / 1e6;
  }

  /** Begins to; returns the job. */
  private String bringIn(int rows) throws IOException, InterruptedException {
    StringBuilder file = new StringBuilder("email,first_name\n");
    for (int row = 0; row < rows; row++) {
      file.append("filed").append(row).append("@example.com,Name ").append(row).append('\n');
    }
    JsonObject uploaded =
        post(
            "/api/v1/imports?plugin=connector-csv&name=customers.csv",
            file.toString(),
            "application/octet-stream");
    JsonObject mapping =
        new JsonObject()
            .put("kind", "customers")
            .put("targets", new JsonArray(List.of("email", "trait:first_name")));
    return post(
            "/api/v1/imports/" + uploaded.getString("id") + "/start",
            new JsonObject().put("mapping", mapping).encode(),
            "application/json")
        .getString("id");
  }

  private boolean isBroughtIn(String job, int rows) {
    Document found = store.jobs().find(eq("_id", job)).first();
    if (found != null && "failed".equals(found.getString("state"))) {
      throw new IllegalStateException("the file could not be brought in: " + found.toJson());
    }
    long judged = 0;
    for (Document cursor : store.cursors().find()) {
      judged += cursor.getLong("bulk");
    }
    return judged >= rows;
  }

  private JsonObject post(String path, String body, String type)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(soloist.url() + path))
                .header("Authorization", "Bearer " + soloist.token())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(path + " was answered " + response.statusCode());
    }
    return new JsonObject(response.body());
  }

  private static double part(List<Double> millis, double part) {
    List<Double> sorted = millis.stream().sorted().toList();
    return sorted.get((int) Math.ceil(sorted.size() * part) - 1);
  }

  @Override
  public void close() {
    soloist.close();
    store.close();
    server.close();
    http.close();
  }
}
