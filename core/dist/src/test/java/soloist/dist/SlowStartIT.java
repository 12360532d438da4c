package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.Controls;
import soloist.Soloist;
import soloist.config.Config;

/** A server answers while its plugins start; what needs one of them waits for it. */
class SlowStartIT {
  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;

  @Test
  void whatIsDecidedWhileTheChannelStartsIsSentOnceItRuns() throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    try (Stream<Path> zips = Files.list(Line.SHIPPED.resolve("plugins"))) {
      for (Path zip : zips.toList()) {
        Files.copy(zip, plugins.resolve(zip.getFileName()));
      }
    }
    start(plugins, 0).close();
    port = Line.freePort();
    // Whoever reads this waits until somebody has written.
    Path slow = plugins.resolve("a.zip");
    assertEquals(0, new ProcessBuilder("mkfifo", slow.toString()).start().waitFor());

    CompletableFuture<Soloist> starting =
        CompletableFuture.supplyAsync(() -> start(plugins, port), Thread::startVirtualThread);
    try {
      Line.until("an answer", () -> get("/health").isPresent());
      assertEquals("starting", json("/api/v1/plugins/channel-email").getString("state"));
      order("ada@example.com");
      Line.until("a message", () -> counts().getLong("queued") == 1);

      assertFalse(starting.isDone());
      assertEquals(0, json("/api/v1/mails").getJsonArray("items").size());
    } finally {
      // Opened for both, since a writer alone would wait for a reader.
      new RandomAccessFile(slow.toFile(), "rw").close();
    }
    try (Soloist soloist = starting.get()) {
      Line.until("the mail", () -> soloist.counts().all().get("sent") == 1);

      assertEquals("running", json("/api/v1/plugins/channel-email").getString("state"));
      assertEquals("failed", json("/api/v1/plugins/a.zip").getString("state"));
    }
  }

  private Soloist start(Path plugins, int at) {
    try {
      return Soloist.start(
          new Config(
              at,
              folder.resolve("home"),
              plugins,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              "Tea & Co",
              "shop@tea.example",
              "1 Quay Street"),
          Controls.USUAL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void order(String email) {
    String now = Instant.now().toString();
    for (String told :
        List.of(
            "\"consent\", \"properties\": {\"purpose\": \"marketing\", \"granted\": true,"
                + " \"source\": \"checkout\"}",
            "\"order\", \"properties\": {\"orderId\": \"1\", \"total\": \"10.00\","
                + " \"currency\": \"EUR\"}")) {
      String event =
          "{\"time\": \"" + now + "\", \"identifiers\": {\"email\": \"" + email + "\"}, \"type\": ";
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri("/api/v1/events"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(event + told + "}"));
      assertEquals(202, send(request).orElseThrow().statusCode());
    }
  }

  private JsonObject counts() {
    return json("/api/v1/status").getJsonObject("counts");
  }

  private JsonObject json(String path) {
    HttpResponse<String> response = get(path).orElseThrow();
    assertEquals(200, response.statusCode(), response.body());
    return new JsonObject(response.body());
  }

  private Optional<HttpResponse<String>> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  /** Empty while nobody listens. */
  private Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
    try {
      String token = Files.readString(folder.resolve("home/token"));
      return Optional.of(
          http.send(
              request.setHeader("Authorization", "Bearer " + token).build(),
              HttpResponse.BodyHandlers.ofString()));
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }
}
