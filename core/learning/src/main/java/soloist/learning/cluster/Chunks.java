package soloist.learning.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Rows in stretches that do not depend on the number of threads. What is added up by stretch, and
 * then stretch after stretch, is the same to the last bit whoever worked on which.
 */
final class Chunks {
  private static final int ROWS = 4_096;

  private Chunks() {}

  static int count(int rows) {
    return (rows + ROWS - 1) / ROWS;
  }

  static int from(int chunk) {
    return chunk * ROWS;
  }

  static int to(int chunk, int rows) {
    return Math.min(rows, (chunk + 1) * ROWS);
  }

  /** Works on every stretch, on some threads at once. */
  static void each(int rows, int threads, Work work) {
    var next = new AtomicInteger();
    Runnable share =
        () -> {
          for (int chunk = next.getAndIncrement();
              chunk < count(rows);
              chunk = next.getAndIncrement()) {
            work.on(chunk, from(chunk), to(chunk, rows));
          }
        };
    int others = Math.min(threads, count(rows)) - 1;
    if (others < 1) {
      share.run();
      return;
    }
    try (var pool = Executors.newFixedThreadPool(others)) {
      CompletableFuture<?> all =
          CompletableFuture.allOf(
              Stream.generate(() -> CompletableFuture.runAsync(share, pool))
                  .limit(others)
                  .toArray(CompletableFuture<?>[]::new));
      share.run();
      all.join();
    }
  }

  /** What is done with the rows {@code from} (with) to {@code to} (without). */
  interface Work {
    void on(int chunk, int from, int to);
  }
}
