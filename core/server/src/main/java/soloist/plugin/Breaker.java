package soloist.plugin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Stays open for a while after too many faults in a row of time: nothing is called meanwhile. */
final class Breaker {
  private static final int FAULTS = 5;
  private static final long SPAN = Duration.ofSeconds(60).toNanos();

  private final LongSupplier nanos;
  private final Deque<Long> faults = new ArrayDeque<>();
  private boolean open;
  private long openUntil;

  Breaker(LongSupplier nanos) {
    this.nanos = nanos;
  }

  synchronized boolean isOpen() {
    if (open && nanos.getAsLong() - openUntil >= 0) {
      open = false;
      faults.clear();
    }
    return open;
  }

  synchronized void fault() {
    long now = nanos.getAsLong();
    faults.addLast(now);
    while (now - faults.getFirst() > SPAN) {
      faults.removeFirst();
    }
    if (faults.size() >= FAULTS) {
      open = true;
      openUntil = now + SPAN;
    }
  }
}
