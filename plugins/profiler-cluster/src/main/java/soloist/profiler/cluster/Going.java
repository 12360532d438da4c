package soloist.profiler.cluster;

import java.util.function.BooleanSupplier;
import soloist.spi.Profiler;

/**
 * Tells how far a run is, of which nobody knows how many steps it takes: each step is a part of
 * what is left. Once it was cancelled nobody is told any more.
 */
final class Going implements BooleanSupplier {
  private static final double STEP = 0.02;

  private final Profiler.Run run;
  private double part;
  private boolean isCancelled;

  Going(Profiler.Run run) {
    this.run = run;
  }

  @Override
  public boolean getAsBoolean() {
    if (!isCancelled) {
      part += (1 - part) * STEP;
      isCancelled = !run.progress(part);
    }
    return !isCancelled;
  }
}
