package soloist.delivery;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process has claimed for all of its channels: held for as long as somebody works on it,
 * taken back when it was left.
 */
final class Claims {
  /** The last part of a lease in which nothing is started any more: five of thirty seconds. */
  private static final int SELF_FENCE = 6;

  private final Outbox outbox;

  /** Claimed and not yet let go, however it ended. */
  private final Set<String> held = ConcurrentHashMap.newKeySet();

  private volatile long renewedAt = System.nanoTime();

  Claims(Outbox outbox) {
    this.outbox = outbox;
  }

  Outbox outbox() {
    return outbox;
  }

  List<Queued> claim(String channel, int most) {
    List<Queued> rows = outbox.claim(channel, most);
    rows.forEach(row -> held.add(row.id()));
    return rows;
  }

  void letGo(Queued row) {
    held.remove(row.id());
  }

  /**
   * Holds on to what is being worked on and takes back what was left, by an earlier process or by a
   * failure in this one. Called every few seconds.
   */
  void keep() {
    outbox.renew(held);
    renewedAt = System.nanoTime();
    outbox.recover(held);
  }

  /**
   * Whether so much time has passed since the lease was renewed that another process may soon take
   * over.
   */
  boolean isFenced() {
    return System.nanoTime() - renewedAt
        > outbox.lease().minus(outbox.lease().dividedBy(SELF_FENCE)).toNanos();
  }
}
