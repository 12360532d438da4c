package soloist.bench.crash;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Catches the thread that passes a named point for the n-th time, says so on standard output, and
 * never lets it go: the process is killed as it stands there.
 */
final class Trap {
  private record Armed(String point, String where, AtomicInteger left) {}

  private volatile @Nullable Armed armed;

  /**
   * Arms for one point.
   *
   * @param order {@code POINT N} or {@code POINT N WHERE}, which counts passings there only
   */
  void arm(String order) {
    String[] words = order.split(" ", -1);
    armed =
        new Armed(
            words[0],
            words.length > 2 ? words[2] : "",
            new AtomicInteger(Integer.parseInt(words[1])));
  }

  void passed(Enum<?> point, String where) {
    Armed now = armed;
    if (now == null
        || !now.point.equals(point.name())
        || !(now.where.isEmpty() || now.where.equals(where))
        || now.left.decrementAndGet() != 0) {
      return;
    }
    System.out.println("at " + point + " " + where);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
