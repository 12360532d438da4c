package soloist.lane;

import java.util.concurrent.atomic.AtomicLong;

/** How much the tails of one lane may keep together, in bytes. */
final class TailRoom {
  static final long USUAL = 4 << 20;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  TailRoom(long most) {
    this.most = most;
  }

  /** Whether nothing is ever kept. */
  boolean isNone() {
    return most == 0;
  }

  /** Takes so many bytes, or none when there is no room for them. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
