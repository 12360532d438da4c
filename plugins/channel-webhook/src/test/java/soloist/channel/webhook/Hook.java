package soloist.channel.webhook;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A server on loopback that takes messages, answers as told and keeps what came. */
final class Hook implements AutoCloseable {
  static final String SECRET = "a secret of sixteen and more";

  /** A request that came. */
  record Came(JsonNode json, String signature, byte[] body, String messageId) {}

  private final List<Came> came = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile int status = 204;
  private volatile Map<String, String> headers = Map.of();

  Hook() {
    this(plain());
  }

  Hook(SSLContext context) {
    this(secured(context));
  }

  private Hook(HttpServer server) {
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          JsonNode json = new ObjectMapper().readTree(body);
          boolean isKnown = !json.path("recipient").asString().startsWith("nobody");
          if (isKnown) {
            came.add(
                new Came(
                    json,
                    exchange.getRequestHeaders().getFirst("Soloist-Signature"),
                    body,
                    exchange.getRequestHeaders().getFirst("Soloist-Message-Id")));
          }
          headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
          exchange.sendResponseHeaders(isKnown ? status : 410, -1);
          exchange.close();
        });
    server.start();
  }

  private static HttpServer plain() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpServer secured(SSLContext context) {
    try {
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void answers(int newStatus, Map<String, String> newHeaders) {
    status = newStatus;
    headers = newHeaders;
  }

  List<Came> came() {
    return came;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?from=soloist";
  }

  Map<String, String> settings() {
    return Map.of("url", url(), "secret", SECRET, "allowPrivate", "true", "timeoutSeconds", "2");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
