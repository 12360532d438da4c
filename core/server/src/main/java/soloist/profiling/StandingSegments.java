package soloist.profiling;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import soloist.job.Job;
import soloist.job.Jobs;
import soloist.lane.Publications;
import soloist.profile.Refolds;
import soloist.spi.Profiler;
import soloist.store.Definitions;

/** Publishes the segments that stand on a model, and empties those that only the last one had. */
final class StandingSegments {
  private static final long PATIENCE_NANOS = 50_000_000;

  private final Definitions definitions;
  private final Publications publications;
  private final Refolds refolds;
  private final Jobs jobs;
  private final InstantSource clock;

  StandingSegments(
      Definitions definitions,
      Publications publications,
      Refolds refolds,
      Jobs jobs,
      InstantSource clock) {
    this.definitions = definitions;
    this.publications = publications;
    this.refolds = refolds;
    this.jobs = jobs;
    this.clock = clock;
  }

  /**
   * Under the version that was published last if that says the same, else under a new one.
   *
   * @param known those of the models that stand, of this instance first
   */
  List<Standing> of(String plugin, List<Profiler.StandingSegment> said, List<Standing> known) {
    List<Standing> segments = new ArrayList<>();
    for (Profiler.StandingSegment each : said) {
      Standing fresh = Standing.of(plugin, each, newest(plugin + "-" + each.id()) + 1);
      segments.add(known.stream().filter(fresh::isSame).findFirst().orElse(fresh));
    }
    return segments;
  }

  /** Whether a model makes the segments that another one has made, by name and condition. */
  static boolean areAlike(
      String plugin, List<Profiler.StandingSegment> said, List<Standing> before) {
    return said.size() == before.size()
        && said.stream()
            .map(each -> Standing.of(plugin, each, 1))
            .allMatch(each -> before.stream().anyMatch(each::isAlike));
  }

  /**
   * Versions that hold for nobody, of segments that nothing writes for any more. One that the owner
   * has changed since is the owner's.
   *
   * @param before of the model that stood until now
   * @param after of all that stand from now on
   */
  List<Standing> retired(List<Standing> before, List<Standing> after) {
    Set<String> kept = after.stream().map(Standing::id).collect(Collectors.toSet());
    return before.stream()
        .filter(each -> !kept.contains(each.id()) && newest(each.id()) == each.version())
        .map(Standing::forNobody)
        .toList();
  }

  private int newest(String segment) {
    return definitions.newest(Definitions.SEGMENT).stream()
        .filter(body -> segment.equals(body.get("id")))
        .mapToInt(body -> body.get("version") instanceof Integer version ? version : 0)
        .findFirst()
        .orElse(0);
  }

  /** When a segment is new, everybody is asked whether they are in it before it goes on. */
  void publish(Model model, Jobs.Progress progress) {
    boolean isKnown =
        all(model)
            .allMatch(
                segment ->
                    definitions.exists(Definitions.SEGMENT, segment.id(), segment.version()));
    if (isKnown) {
      // What a crash has left out is added; who is to be asked was noted before it.
      publish(model);
      return;
    }
    Optional<Job> asking = refolds.offerAll("profiler:" + model.instance(), () -> publish(model));
    while (asking.isPresent() && asking.get().state() == Job.State.RUNNING) {
      if (!progress.at("asking", asking.get().done(), asking.get().total())) {
        throw new CancellationException();
      }
      LockSupport.parkNanos(PATIENCE_NANOS);
      asking = jobs.find(asking.get().id());
    }
  }

  private void publish(Model model) {
    all(model)
        .forEach(
            segment ->
                publications.publish(
                    Definitions.SEGMENT,
                    segment.id(),
                    segment.version(),
                    segment.body(),
                    clock.instant()));
  }

  private static Stream<Standing> all(Model model) {
    return Stream.concat(model.segments().stream(), model.retired().stream());
  }
}
