package soloist.plugin;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How long ago a job last moved, and whether it may go on. */
final class Progress {
  private volatile long movedAt = System.nanoTime();
  private volatile boolean atHost;
  private volatile boolean cancelled;
  private volatile @Nullable RuntimeException hostFailure;
  private volatile @Nullable Runnable atCancel;

  void moved() {
    movedAt = System.nanoTime();
  }

  void cancel() {
    cancelled = true;
    Runnable work = atCancel;
    if (work != null) {
      work.run();
    }
  }

  /** Done when it is cancelled, at once where it has been; more than once does no harm. */
  void atCancel(Runnable work) {
    atCancel = work;
    if (cancelled) {
      work.run();
    }
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Work of ours within the job, which is not the plugin's idleness. */
  <T> T host(Supplier<T> work) {
    atHost = true;
    try {
      return work.get();
    } catch (RuntimeException e) {
      hostFailure = e;
      throw e;
    } finally {
      moved();
      atHost = false;
    }
  }

  /** What we threw ourselves, such as for a store that is away, is no fault of the plugin. */
  void rethrowHostFailure() {
    RuntimeException failure = hostFailure;
    if (failure != null) {
      throw failure;
    }
  }

  long idle() {
    return atHost ? 0 : System.nanoTime() - movedAt;
  }
}
