package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import soloist.embedded.EmbeddedMongo;
import soloist.testkit.Eventually;

/** The shipped server with its store inside, killed in the middle of a file. */
class ImportCrashIT {
  private static final boolean SLOW = Boolean.getBoolean("soloist.slow");
  private static final Duration LIMIT = Duration.ofSeconds(SLOW ? 600 : 60);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int KILLS = SLOW ? 5 : 1;
  private static final int ORDERS = KILLS * 8_000;
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
      Eventually.until(LIMIT, "some rows", () -> records(path) > before);
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

    aRepetitionThatWasKilledIsDoneAgainAndTellsEachOnce();

    post(path + "/undo", new JsonObject());
    server.destroyForcibly();
    server.waitFor();
    start("-Xmx256m");

    Eventually.until(LIMIT, "the undo", () -> !get(path).getString("state").equals("undoing"));
    assertEquals("undone", get(path).getString("state"));
    assertEquals(Map.of(), portraits());
  }

  private void aRepetitionThatWasKilledIsDoneAgainAndTellsEachOnce() throws Exception {
    configureScores();
    post(
        "/instances/rfm/upkeep",
        new JsonObject().put("repeat", new JsonObject().put("every", "day").put("hour", 3)));
    long before = get("/status").getJsonObject("counts").getLong("events");
    betweenTwoLives(
        store ->
            store
                .getCollection("upkeeps")
                .updateOne(new Document("_id", "rfm"), Updates.set("dueAt", new Date(0))));
    Eventually.until(LIMIT, "its writing", () -> modelStates().contains("writing"));

    betweenTwoLives(
        store -> {
          Document cutOff = store.getCollection("models").find().first();
          assertFalse(cutOff.getBoolean("written"), "the kill came too late");
          Document upkeep = store.getCollection("upkeeps").find().first();
          assertEquals(new Date(0), upkeep.getDate("dueAt"), "it is not due any more");
        });

    Eventually.until(LIMIT, "its end", () -> upkeep().getValue("last") != null);
    JsonObject last = upkeep().getJsonObject("last");
    assertEquals("done", last.getString("state"), () -> last.encode() + log());
    assertTrue(Instant.parse(upkeep().getString("dueAt")).isAfter(Instant.now()));
    assertEquals(2, modelStates().size(), "the one that was cut off and the one that counts");
    assertEquals(PEOPLE, scored());
    assertEquals(before + PEOPLE, get("/status").getJsonObject("counts").getLong("events"));
    assertEquals(
        List.of(),
        Line.objects(get("/instances/rfm/runs").getJsonArray("items")).stream()
            .filter(job -> job.getString("state").equals("running"))
            .toList());
  }

  private void configureScores() {
    post(
        "/instances",
        new JsonObject()
            .put("id", "rfm")
            .put("plugin", "profiler-value")
            .put("name", "rfm")
            .put("settings", new JsonObject().put("currency", "EUR")));
  }

  private JsonObject upkeep() {
    return get("/instances/rfm/upkeep");
  }

  /** The states of all that was learnt. */
  private List<String> modelStates() {
    return Line.objects(get("/instances/rfm/models").getJsonArray("items")).stream()
        .map(model -> model.getString("state"))
        .toList();
  }

  /** Kills the server and starts it again; in between its store is looked into. */
  private void betweenTwoLives(Consumer<MongoDatabase> look) throws Exception {
    server.destroyForcibly();
    server.waitFor();
    try (EmbeddedMongo store = EmbeddedMongo.open(folder.resolve("home/store"));
        MongoClient opened = MongoClients.create(store.uri())) {
      look.accept(opened.getDatabase("soloist"));
    }
    start("-Xmx256m");
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "brings in a million customers; -Dsoloist.rows says how many")
  void aMillionRowsNeedNoMoreMemoryThanAFew() throws Exception {
    int rows = Integer.getInteger("soloist.rows", 1_000_000);
    Random random = new Random(1);
    int people = 0;
    Path customers = folder.resolve("customers.csv");
    try (var file = Files.newBufferedWriter(customers)) {
      file.write("email,name,age\n");
      for (int i = 0; i < rows; i++) {
        // 30 % are about somebody who came before, in another spelling.
        boolean isDouble = people > 0 && random.nextInt(10) < 3;
        String address =
            isDouble
                ? "P" + random.nextInt(people) + "@Example.COM"
                : "p" + people++ + "@example.com";
        file.write(address + ",Person " + i + "," + (18 + i % 60) + "\n");
      }
    }
    start("-Xmx96m");
    String path = upload("customers.csv", customers);
    JsonObject order = order("customers", "email", "trait:name", "trait:age");
    String preview = "/jobs/" + post(path + "/preview", order).getString("id");
    Eventually.until(
        LONGEST, "the preview", () -> !get(preview).getString("state").equals("running"));
    Duration before = server.info().totalCpuDuration().orElseThrow();
    long begun = System.nanoTime();

    post(path + "/start", order);
    Eventually.until(LONGEST, "its end", () -> !get(path).getString("state").equals("running"));

    assertEquals("done", get(path).getString("state"), () -> get(path).encode() + log());
    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    int known = people;
    assertEquals(
        known,
        get(preview).getJsonObject("result").getJsonObject("counts").getInteger("newPeople"));
    assertEquals(rows, get(path).getJsonObject("counts").getInteger("customers"));
    Eventually.until(
        LONGEST,
        "everybody",
        () -> get("/status").getJsonObject("counts").getInteger("profiles") == known);
    System.getLogger("import")
        .log(
            System.Logger.Level.INFO,
            rows
                + " rows taken in "
                + taken
                + ", judged in "
                + Duration.ofNanos(System.nanoTime() - begun)
                + ", processor time "
                + server.info().totalCpuDuration().orElseThrow().minus(before));
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "scores 4,000 people and starts a server twice")
  void aRunOfAProfilerThatWasKilledGoesOnAndTellsEachOnce() throws Exception {
    int people = 4_000;
    StringBuilder orders = new StringBuilder("email,number,when,total,currency\n");
    for (int i = 0; i < people; i++) {
      orders.append(
          "p" + i + "@example.com,A-" + i + ",2024-01-02T03:04:05Z," + (i + 1) + ",EUR\n");
    }
    start("-Xmx256m");
    String path = upload("orders.csv", orders.toString());
    post(
        path + "/start",
        order("orders", "email", "order.id", "order.time", "order.total", "order.currency"));
    awaitDone(path);
    configureScores();
    String job = "/jobs/" + post("/instances/rfm/runs", new JsonObject()).getString("id");
    Eventually.until(
        LIMIT,
        "some rows",
        () -> get(job).getString("what").equals("writing") && get(job).getInteger("done") > 0);

    server.destroyForcibly();
    server.waitFor();
    start("-Xmx256m");

    assertEquals("interrupted", get(job).getString("state"), "the kill came too late");
    JsonObject model = get("/models").getJsonArray("items").getJsonObject(0);
    assertEquals("unfinished", model.getString("state"));
    String resumed =
        "/jobs/"
            + post("/models/" + model.getString("id") + "/resume", new JsonObject())
                .getString("id");
    Eventually.until(LIMIT, "its end", () -> !get(resumed).getString("state").equals("running"));
    JsonObject end = get(resumed);
    assertEquals("done", end.getString("state"), () -> end.encode() + log());
    assertEquals("done", get("/models/" + model.getString("id")).getString("state"));
    long before = get("/status").getJsonObject("counts").getLong("events");
    assertEquals(2L * people, before, "an order and a score of everybody");
    assertEquals(people, scored());
  }

  /** How many have a score, page by page. */
  private long scored() {
    long scored = 0;
    String cursor = "";
    while (cursor != null) {
      JsonObject page = get("/profiles?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      scored +=
          Line.objects(page.getJsonArray("items")).stream()
              .filter(profile -> profile.getJsonObject("traits").containsKey("rfm_score"))
              .count();
      cursor = page.getString("nextCursor");
    }
    return scored;
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

  private String upload(String name, String content) throws IOException {
    return upload(name, Files.writeString(folder.resolve(name), content));
  }

  private String upload(String name, Path content) throws IOException {
    return "/imports/"
        + new JsonObject(
                send(
                    HttpRequest.newBuilder(url("/imports?plugin=connector-csv&name=" + name))
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofFile(content))))
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
