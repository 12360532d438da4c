package soloist.bench.crash;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the server of the moment answers. */
final class Address {
  private @Nullable URI url;

  synchronized void set(@Nullable URI now) {
    url = now;
    notifyAll();
  }

  /** Waits until there is one. */
  synchronized URI await(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      URI now = url;
      if (now != null) {
        return now;
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new IllegalStateException("no server came within " + limit);
      }
      wait(left);
    }
  }

  /** Waits until this one is not the address any more, but no longer than the pause. */
  synchronized void awaitOther(URI old, Duration pause) throws InterruptedException {
    if (old.equals(url)) {
      wait(pause.toMillis());
    }
  }
}
