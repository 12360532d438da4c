package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.Eventually;

/** A plugin that ends the process: it is started again, without the plugin if that is to blame. */
class PluginEndsProcessIT {
  private static final Duration BACK = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Process supervised;
  private int port;

  @BeforeEach
  void start() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    supervised =
        new ProcessBuilder(
                Path.of("../supervised").toAbsolutePath().toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Line.SHIPPED.toAbsolutePath() + "/lib/*",
                "soloist.Main",
                "start",
                "--port",
                Integer.toString(port),
                "--home",
                folder.resolve("home").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    awaitServer();
    JsonObject card = new JsonObject(upload(zip()));
    post(
        "plugins/ender/install",
        new JsonObject().put("sha256", card.getJsonObject("candidate").getString("sha256")));
  }

  @AfterEach
  void stop() throws InterruptedException {
    supervised.destroy();
    assertTrue(supervised.waitFor(30, TimeUnit.SECONDS));
    assertFalse(answers());
  }

  @Test
  void whatExitsIsOffAfterwardsAndEverythingElseIsBack() {
    configure("exit");

    endTheProcess();

    JsonObject card = get("plugins/ender");
    assertEquals("failed", card.getString("state"), card.encode());
    assertEquals("plugin-ended", card.getJsonObject("failure").getString("code"));
    assertEquals("running", get("plugins/channel-email").getString("state"));
    assertFalse(get("plugins").getBoolean("safeMode"));
    post("plugins/ender/enable", new JsonObject());
    assertEquals("running", get("plugins/ender").getString("state"));
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "starts a server three times")
  void afterTwoDeathsWithTheSamePluginAtWorkSafeModeBegins() {
    configure("halt");

    endTheProcess();
    assertEquals("running", get("plugins/ender").getString("state"));
    endTheProcess();

    JsonObject card = get("plugins/ender");
    assertEquals("plugin-safe-mode", card.getJsonObject("failure").getString("code"));
    assertTrue(get("plugins").getBoolean("safeMode"));
    assertTrue(get("status").getJsonObject("plugins").getBoolean("safeMode"));
    assertEquals("running", get("plugins/channel-email").getString("state"));
  }

  private void configure(String way) {
    post(
        "instances",
        new JsonObject()
            .put("id", "it")
            .put("plugin", "ender")
            .put("name", "It")
            .put("settings", new JsonObject().put("way", way)));
  }

  private void endTheProcess() {
    String log = log();
    try {
      post("instances/it/test", new JsonObject().put("recipient", "ada"));
    } catch (java.io.UncheckedIOException _) {
      // It has died before it could answer.
    }
    Eventually.until(BACK, "its death", () -> log().length() > log.length());
    awaitServer();
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("server.log"))
          .lines()
          .filter(line -> line.contains("starting it again"))
          .toList()
          .toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void awaitServer() {
    Eventually.until(BACK, "the server", this::answers);
  }

  private boolean answers() {
    try {
      HttpResponse<String> status = send(HttpRequest.newBuilder(uri("status")));
      return status.statusCode() == 200
          && new JsonObject(status.body()).getJsonObject("plugins").getInteger("starting") == 0;
    } catch (java.io.UncheckedIOException _) {
      return false;
    }
  }

  private JsonObject get(String path) {
    return new JsonObject(send(HttpRequest.newBuilder(uri(path))).body());
  }

  private void post(String path, JsonObject body) {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    assertEquals(2, response.statusCode() / 100, response.body());
  }

  private String upload(byte[] zip) {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(uri("plugins"))
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zip)));
    assertEquals(201, response.statusCode(), response.body());
    return response.body();
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + "/api/v1/" + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(
          request
              .timeout(Duration.ofSeconds(30))
              .setHeader(
                  "Authorization", "Bearer " + Files.readString(folder.resolve("home/token")))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] zip() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("plugin/classes"));
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-processor",
                "org.pf4j.processor.ExtensionAnnotationProcessor",
                "src/test/resources/ender/Ender.java"));
    Files.writeString(
        classes.resolve("config.schema.json"),
        """
        {"type": "object", "additionalProperties": false, "x-test": {"action": "send-message"},
         "properties": {"way": {"type": "string"}}}
        """);
    Path plugin = classes.getParent();
    Files.writeString(
        plugin.resolve("plugin.properties"),
        "plugin.id=ender\nplugin.version=1.0.0\npermissions=Ends the process.\n");
    var bytes = new java.io.ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(plugin)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      for (Path file : all) {
        zip.putNextEntry(new ZipEntry(plugin.relativize(file).toString()));
        Files.copy(file, (OutputStream) zip);
      }
    }
    return bytes.toByteArray();
  }
}
