package soloist.segment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import soloist.profile.Membership;
import soloist.profile.Profile;
import soloist.profile.ProfileFacts;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.Segment;

/** Keeps a profile's memberships equal to the segments' conditions. */
public final class Memberships {

  /** Somebody entered or left a segment. */
  public record Change(String segment, boolean entered) {}

  private Memberships() {}

  /**
   * Asks the segments whose present version this person has not been asked before. What changes by
   * a new definition is history and no news, whatever happens to the person next. To a new person
   * everything is news.
   */
  public static void catchUp(
      Profile profile, Collection<Segment> segments, ProfileFacts facts, String cause) {
    List<Segment> changed =
        segments.stream()
            .filter(segment -> !profile.isAsked(segment.id(), segment.version()))
            .toList();
    if (!profile.isNew()) {
      update(profile, changed, facts, cause);
    }
    changed.forEach(segment -> profile.asked(segment.id(), segment.version()));
  }

  /**
   * Asks every condition again and notes what changed, in the order of the segments.
   *
   * @param cause the event that may have changed it, or {@code due:} and the instant
   */
  public static List<Change> update(
      Profile profile, Collection<Segment> segments, ProfileFacts facts, String cause) {
    List<Change> changes = new ArrayList<>();
    for (Segment segment : segments) {
      boolean holds = !profile.isEmpty() && Conditions.test(segment.condition(), facts);
      if (holds == profile.isIn(segment.id())) {
        continue;
      }
      if (holds) {
        profile.enter(segment.id(), new Membership(facts.now(), cause));
      } else {
        profile.leave(segment.id());
      }
      changes.add(new Change(segment.id(), holds));
    }
    return changes;
  }

  /** The next instant at which some membership may change by itself. */
  public static Optional<Instant> changesAt(Collection<Segment> segments, ProfileFacts facts) {
    Stream<Instant> instants =
        segments.stream()
            .flatMap(segment -> Conditions.changesAt(segment.condition(), facts).stream());
    return instants.min(Instant::compareTo);
  }
}
