package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.SelfSigned;

/** Mail leaves the machine only when the links in it are known to lead back. */
class PublicUrlIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private volatile int behind;

  @Test
  void mailWaitsUntilTheAddressLeadsToThisServer() throws Exception {
    String name = InetAddress.getLocalHost().getHostName();
    HttpsServer proxy = HttpsServer.create(new InetSocketAddress(0), 0);
    proxy.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.context(folder, name)));
    proxy.createContext("/", exchange -> handOn(exchange, behind));
    proxy.start();
    URI url = URI.create("https://" + name + ":" + proxy.getAddress().getPort() + "/");
    try (Line other = Line.withoutRelay(Files.createDirectory(folder.resolve("other")))) {
      behind = other.port();
      try (Line line =
          Line.behind(
              new Line.Door(url, pem(folder, name)),
              Files.createDirectory(folder.resolve("line")))) {
        Customer ada = line.customer("ada");
        ada.agrees("consent");
        ada.orders("order");

        Line.until("the refusal", () -> why(line, "en").contains("another server answers"));
        Line.until(
            "its reason",
            () ->
                ada.messageOf("thanks")
                    .map(it -> "public-url-unproven".equals(it.getString("reason")))
                    .orElse(false));
        assertTrue(why(line, "zh-CN").contains("另一台服务器"));
        assertEquals("unproven", state(line));
        assertEquals(0, ada.mails().size());

        behind = 1;
        line.advance(Duration.ofMinutes(1));
        Line.until("another refusal", () -> why(line, "en").contains("502"));

        behind = line.port();
        line.advance(Duration.ofMinutes(1));

        Line.until("the proof", () -> state(line).equals("proven"));
        line.advance(Duration.ofMinutes(1));
        ada.awaitMessage("thanks", "sent");
        assertEquals(1, ada.mails().size());
        assertTrue(ada.mails().getFirst().html().contains(url + "o/"));

        behind = other.port();
        line.advance(Duration.ofHours(1));
        line.advance(Duration.ofMinutes(1));
        Line.until(
            "what an hour later is found",
            () -> {
              line.advance(Duration.ofSeconds(3));
              return state(line).equals("unproven");
            });

        behind = line.port();
        assertEquals("proven", line.order("/api/v1/public-url/check").getString("state"));
        behind = 1;
        JsonObject found = line.order("/api/v1/public-url/check");
        assertEquals("unproven", found.getString("state"));
        assertTrue(found.getJsonObject("why").getString("en").contains("502"), found.encode());
      }
    } finally {
      proxy.stop(0);
    }
  }

  private static String state(Line line) {
    return line.json("/api/v1/status").getJsonObject("publicUrl").getString("state");
  }

  private static String why(Line line, String language) {
    JsonObject why = line.json("/api/v1/status").getJsonObject("publicUrl").getJsonObject("why");
    return why == null ? "" : why.getString(language);
  }

  /** As a proxy does: what it is asked, it asks a server of this machine. */
  static void handOn(HttpExchange exchange, int behind) throws IOException {
    URI asked = URI.create("http://localhost:" + behind + exchange.getRequestURI());
    try (exchange) {
      Optional<byte[]> body = fetch(asked);
      exchange.sendResponseHeaders(body.isPresent() ? 200 : 502, 0);
      exchange.getResponseBody().write(body.orElse(new byte[0]));
    }
  }

  /** Empty when nothing answers there. */
  private static Optional<byte[]> fetch(URI asked) throws IOException {
    try {
      return Optional.of(
          CLIENT
              .send(HttpRequest.newBuilder(asked).build(), HttpResponse.BodyHandlers.ofByteArray())
              .body());
    } catch (ConnectException _) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The certificate of a key that {@link SelfSigned} has made in this folder. */
  static Path pem(Path folder, String name) throws Exception {
    KeyStore store =
        KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), "changeit".toCharArray());
    String text = Base64.getMimeEncoder().encodeToString(store.getCertificate("own").getEncoded());
    return Files.writeString(
        folder.resolve("authority.pem"),
        "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
  }
}
