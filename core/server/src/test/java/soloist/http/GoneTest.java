package soloist.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Long work learns that nobody waits for it any more. */
class GoneTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Gate OPEN =
      new Gate() {
        @Override
        public boolean isFirstStart() {
          return false;
        }

        @Override
        public Caller admit(Request request, Operation operation) {
          return Caller.NOBODY;
        }

        @Override
        public void changed(
            Request request,
            Operation operation,
            int status,
            JsonObject before,
            JsonObject after) {}
      };

  @Test
  void whoHangsUpIsGone() throws IOException, InterruptedException {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch isGone = new CountDownLatch(1);
    Vertx vertx = Vertx.vertx();
    try (HttpHost http = new HttpHost(vertx, List::of, OPEN)) {
      http.api()
          .get(
              "/api/v1/long",
              Door.OPEN,
              request -> {
                waits.countDown();
                long end = System.nanoTime() + LIMIT.toNanos();
                while (!request.isGone() && System.nanoTime() < end) {
                  LockSupport.parkNanos(1_000_000);
                }
                if (request.isGone()) {
                  isGone.countDown();
                }
                return Reply.json(Map.of());
              });
      int port = http.listen(0);

      try (Socket socket = new Socket("127.0.0.1", port)) {
        String request = "GET /api/v1/long HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertTrue(waits.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "it was not asked");
        assertTrue(isGone.getCount() > 0, "gone before it went");
      }

      assertTrue(isGone.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "it goes on for nobody");
    } finally {
      vertx.close().await();
    }
  }
}
