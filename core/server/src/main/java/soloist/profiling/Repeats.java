package soloist.profiling;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.job.Job;

/**
 * Repeats runs when they are due. What is due stays so until its run has ended, so that one that a
 * crash cut off is done again, and what was missed while the server was off is done once.
 */
public final class Repeats {
  private static final System.Logger LOG = System.getLogger(Repeats.class.getName());

  private final Profiling profiling;
  private final Upkeeps upkeeps;
  private final InstantSource clock;
  private final Supplier<ZoneId> zone;

  /**
   * @param zone of the owner
   */
  public Repeats(Profiling profiling, InstantSource clock, Supplier<ZoneId> zone) {
    this.profiling = profiling;
    this.clock = clock;
    this.zone = zone;
    upkeeps = profiling.upkeeps();
  }

  /** Starts what is due. Called every second. */
  public synchronized void tick() {
    try {
      upkeeps.due(clock.instant()).forEach(this::repeat);
    } catch (RuntimeException e) {
      // The boundary of the timer: what is due is stored, the next second tries again.
      LOG.log(System.Logger.Level.WARNING, "a repetition will be tried again", e);
    }
  }

  private void repeat(Upkeep upkeep) {
    Rhythm rhythm = upkeep.rhythm();
    if (rhythm == null || profiling.isRunning(upkeep.instance())) {
      return;
    }
    long seed = profiling.standing(upkeep.instance()).map(Model::seed).orElse(1L);
    try {
      profiling.start(
          upkeep.instance(),
          seed,
          rhythm.every() == Rhythm.Every.CHANGE
              ? Learning.Manner.CHALLENGES_ON_CHANGE
              : Learning.Manner.CHALLENGES,
          state -> ended(upkeep, state));
    } catch (Problem e) {
      if (e.status() == Problem.notFound().status()) {
        upkeeps.forget(upkeep.instance());
      } else if (!profiling.isRunning(upkeep.instance())) {
        // Its plugin is off, say: the owner is told, and it is tried at its next time.
        ended(upkeep, Job.State.FAILED);
      }
    }
  }

  private void ended(Upkeep upkeep, Job.State state) {
    Instant now = clock.instant();
    Map<String, Object> last = new LinkedHashMap<>();
    last.put("at", now);
    last.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
    upkeeps.ended(upkeep, next(upkeep.rhythm(), now), last);
  }

  private @Nullable Instant next(@Nullable Rhythm rhythm, Instant now) {
    return rhythm == null ? null : rhythm.next(now, zone.get());
  }

  /** That its hours are of. */
  String zone() {
    return zone.get().getId();
  }

  /** From now on an instance is repeated so; without a rhythm it is not. */
  void plan(String instance, @Nullable Rhythm rhythm, boolean asks) {
    upkeeps.plan(instance, rhythm, asks, next(rhythm, clock.instant()));
  }
}
