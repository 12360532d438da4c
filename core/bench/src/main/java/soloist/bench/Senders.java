package soloist.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends requests that lie ready over connections that stay open, each waiting for its answer before
 * the next. Spends next to nothing itself: an HTTP client costs more than the server it would
 * measure.
 */
final class Senders {
  private static final String LENGTH = "content-length:";
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private Senders() {}

  /**
   * Sends all and returns once all are answered.
   *
   * @throws IOException when an answer is neither 202 nor 503
   */
  static void send(int port, List<byte[]> requests, int connections)
      throws IOException, InterruptedException {
    var next = new AtomicInteger();
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++) {
        done.add(
            threads.submit(
                () -> {
                  sendInTurn(port, requests, next);
                  return true;
                }));
      }
    }
    for (Future<?> each : done) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IOException("a sender gave up", e.getCause());
      }
    }
  }

  private static void sendInTurn(int port, List<byte[]> requests, AtomicInteger next)
      throws IOException, InterruptedException {
    try (Socket socket = new Socket("127.0.0.1", port);
        InputStream answers = new BufferedInputStream(socket.getInputStream(), 1 << 14)) {
      socket.setTcpNoDelay(true);
      for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
        do {
          socket.getOutputStream().write(requests.get(i));
        } while (!isTaken(answers));
      }
    }
  }

  /** False when the server is busy and wants it again, a little later. */
  private static boolean isTaken(InputStream answers) throws IOException, InterruptedException {
    String status = line(answers);
    int length = 0;
    for (String header = line(answers); !header.isEmpty(); header = line(answers)) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      }
    }
    byte[] body = answers.readNBytes(length);
    if (status.startsWith("HTTP/1.1 503")) {
      Thread.sleep(PATIENCE);
      return false;
    }
    if (!status.startsWith("HTTP/1.1 202")) {
      throw new IOException(status + ": " + new String(body, ISO_8859_1));
    }
    return true;
  }

  private static String line(InputStream answers) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = answers.read(); c != '\n'; c = answers.read()) {
      if (c < 0) {
        throw new EOFException("the server has hung up");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
