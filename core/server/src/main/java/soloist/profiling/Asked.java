package soloist.profiling;

import java.util.concurrent.CancellationException;
import java.util.function.DoublePredicate;
import soloist.spi.Profiler;

/** A run as the profiler sees it; one that goes on after it was cancelled is ended. */
final class Asked implements Profiler.Run {
  private final long seed;
  private final DoublePredicate progress;
  private volatile boolean cancelled;

  /**
   * @param progress takes the part that is done, 0 to 1; false when the run was cancelled
   */
  Asked(long seed, DoublePredicate progress) {
    this.seed = seed;
    this.progress = progress;
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public boolean progress(double part) {
    requireGoesOn();
    cancelled = !progress.test(Math.clamp(Double.isNaN(part) ? 0 : part, 0, 1));
    return !cancelled;
  }

  void requireGoesOn() {
    if (cancelled) {
      throw new CancellationException();
    }
  }
}
