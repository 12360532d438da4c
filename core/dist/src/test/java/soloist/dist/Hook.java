package soloist.dist;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A server of the owner's on loopback that takes messages, answers as told and keeps what came. */
final class Hook implements AutoCloseable {
  static final String SECRET = "a secret of sixteen and more";

  /**
   * A request that came.
   *
   * @param genuine whether it is signed by whoever knows the secret
   */
  record Came(JsonObject message, boolean genuine, int answered) {}

  private final List<Came> came = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile int status = 204;

  Hook() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          arrived.incrementAndGet();
          awaitGate();
          int answer = status;
          came.add(
              new Came(
                  new JsonObject(new String(body, StandardCharsets.UTF_8)),
                  isGenuine(exchange.getRequestHeaders().getFirst("Soloist-Signature"), body),
                  answer));
          exchange.getResponseHeaders().set("Retry-After", "1");
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
  }

  private static boolean isGenuine(String signature, byte[] body) {
    String[] parts = signature.split("[=,]", -1);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((parts[1] + ".").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(body)).equals(parts[3]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers nobody until {@link #opens}. */
  void shuts() {
    gate = new CountDownLatch(1);
  }

  void opens() {
    gate.countDown();
  }

  /** How many requests have come, answered or not. */
  int arrived() {
    return arrived.get();
  }

  void answers(int newStatus) {
    status = newStatus;
  }

  List<Came> came() {
    return List.copyOf(came);
  }

  List<String> recipients() {
    return came.stream()
        .filter(each -> each.answered() == 204)
        .map(each -> each.message().getString("recipient"))
        .toList();
  }

  JsonObject settings() {
    return new JsonObject()
        .put("url", "http://127.0.0.1:" + server.getAddress().getPort() + "/take")
        .put("secret", SECRET)
        .put("allowPrivate", true);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
