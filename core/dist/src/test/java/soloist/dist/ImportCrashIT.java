package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.Eventually;

/** The shipped server with its store inside, killed in the middle of a file. */
class ImportCrashIT {
  private static final boolean SLOW = Boolean.getBoolean("soloist.slow");
  private static final Duration LIMIT = Duration.ofSeconds(SLOW ? 600 : 60);
  private static final int KILLS = SLOW ? 5 : 1;
  private static final int ORDERS = KILLS * 2_500;
  private static final int PEOPLE = 150;

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Process server;
  private int port;

  @AfterEach
  void end() throws InterruptedException {
    server.destroyForcibly();
    server.waitFor();
  }

  @Test
  void anImportThatWasKilledGoesOnAndTakesEachOrderOnce() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    String orders = orders(expected);
    start("-Xmx256m");
    String path = upload("orders.csv", orders);
    post(
        path + "/start",
        order("orders", "email", "order.id", "order.time", "order.total", "order.currency"));
    long taken = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      long before = taken;
      Eventually.until(LIMIT, "some rows", () -> records(path) >= before + 500);
      server.destroyForcibly();
      server.waitFor();
      start("-Xmx256m");
      assertEquals("interrupted", get(path).getString("state"), "the kill came too late");
      taken = records(path);
      assertTrue(taken > before && taken < ORDERS, "the kill came too late");
      post(path + "/resume", new JsonObject());
    }

    awaitDone(path);

    JsonObject counts = get(path).getJsonObject("counts");
    assertEquals(ORDERS, counts.getInteger("records"), counts.encode());
    assertEquals(ORDERS / 100, counts.getInteger("rejected"), counts.encode());
    assertEquals(ORDERS - ORDERS / 100, counts.getInteger("orders"), counts.encode());
    assertEquals(0, counts.getInteger("duplicates"), counts.encode());
    assertEquals(ORDERS / 100, text(path + "/rejects").lines().count() - 1);
    Eventually.until(LIMIT, "everything to be judged", () -> portraits().equals(expected));
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "brings in 100,000 customers")
  void aHundredThousandRowsNeedNoMoreMemoryThanAFew() throws Exception {
    int rows = 100_000;
    StringBuilder customers = new StringBuilder("email,name,age\n");
    for (int i = 0; i < rows; i++) {
      customers.append("p" + i + "@example.com,Person " + i + "," + (18 + i % 60) + "\n");
    }
    start("-Xmx96m");
    String path = upload("customers.csv", customers.toString());
    JsonObject order = order("customers", "email", "trait:name", "trait:age");
    String preview = "/jobs/" + post(path + "/preview", order).getString("id");
    Eventually.until(
        LIMIT, "the preview", () -> !get(preview).getString("state").equals("running"));
    long begun = System.nanoTime();

    post(path + "/start", order);
    awaitDone(path);

    System.getLogger("import")
        .log(
            System.Logger.Level.INFO,
            rows + " rows in " + Duration.ofNanos(System.nanoTime() - begun));
    assertEquals(
        rows, get(preview).getJsonObject("result").getJsonObject("counts").getInteger("newPeople"));
    assertEquals(rows, get(path).getJsonObject("counts").getInteger("customers"));
    Eventually.until(
        LIMIT,
        "everybody",
        () -> get("/profiles?limit=1").getJsonObject("total").getInteger("value") == rows);
  }

  /** Orders of some people, each hundredth with a time that is none. */
  private static String orders(Map<String, String> expected) {
    Random random = new Random(1);
    int[] count = new int[PEOPLE];
    BigDecimal[] spent = new BigDecimal[PEOPLE];
    StringBuilder file = new StringBuilder("email,number,when,total,currency\n");
    for (int i = 0; i < ORDERS; i++) {
      int who = random.nextInt(PEOPLE);
      BigDecimal total = BigDecimal.valueOf(1 + random.nextInt(10_000), 2);
      boolean isBad = i % 100 == 7;
      file.append("p" + who + "@example.com,A-" + i + ",")
          .append(isBad ? "yesterday" : "2024-01-02T03:04:05Z")
          .append("," + total + ",EUR\n");
      if (!isBad) {
        count[who]++;
        spent[who] = spent[who] == null ? total : spent[who].add(total);
      }
    }
    for (int who = 0; who < PEOPLE; who++) {
      expected.put("p" + who + "@example.com", count[who] + " for " + spent[who].doubleValue());
    }
    return file.toString();
  }

  private Map<String, String> portraits() {
    Map<String, String> portraits = new TreeMap<>();
    for (JsonObject profile : Line.objects(get("/profiles?limit=200").getJsonArray("items"))) {
      JsonObject traits = profile.getJsonObject("traits");
      portraits.put(
          profile.getJsonObject("identifiers").getJsonArray("email").getString(0),
          traits.getInteger("orders") + " for " + traits.getDouble("spent_EUR"));
    }
    return portraits;
  }

  private void start(String heap) throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Line.SHIPPED.toAbsolutePath() + "/lib/*",
                "soloist.Main",
                "start",
                "--port",
                Integer.toString(port),
                "--home",
                folder.resolve("home").toString()));
    server =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
            .start();
    Eventually.until(LIMIT, "the server", this::answers);
  }

  private boolean answers() {
    if (!server.isAlive()) {
      throw new AssertionError("the server ended: " + log());
    }
    try {
      return client
              .send(
                  HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health"))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("server.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long records(String path) {
    return get(path).getJsonObject("counts").getLong("records");
  }

  private void awaitDone(String path) {
    Eventually.until(LIMIT, "its end", () -> !get(path).getString("state").equals("running"));
    assertEquals("done", get(path).getString("state"), () -> get(path).encode() + log());
  }

  private String upload(String name, String content) {
    return "/imports/"
        + new JsonObject(
                send(
                    HttpRequest.newBuilder(url("/imports?plugin=connector-csv&name=" + name))
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(content))))
            .getString("id");
  }

  private static JsonObject order(String kind, String... targets) {
    return new JsonObject()
        .put(
            "mapping",
            new JsonObject().put("kind", kind).put("targets", new JsonArray(List.of(targets))));
  }

  private JsonObject post(String path, JsonObject body) {
    return new JsonObject(
        send(
            HttpRequest.newBuilder(url(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))));
  }

  private JsonObject get(String path) {
    return new JsonObject(text(path));
  }

  private String text(String path) {
    return send(HttpRequest.newBuilder(url(path)));
  }

  private URI url(String path) {
    return URI.create("http://localhost:" + port + "/api/v1" + path);
  }

  private String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(
              request
                  .setHeader(
                      "Authorization", "Bearer " + Files.readString(folder.resolve("home/token")))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(2, response.statusCode() / 100, response.body());
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
