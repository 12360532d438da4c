package soloist.campaign;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import soloist.lane.Row;
import soloist.profile.Journey;
import soloist.profile.Profile;
import soloist.profile.ProfileFacts;
import soloist.rules.judge.Cause;
import soloist.rules.judge.Situation;

/**
 * A situation to be judged with what its effects need.
 *
 * @param event the event behind the cause, or {@code due:} and the instant
 * @param journey the running journey that asks, null for a trigger
 * @param depth how many messages of the same cause lead here
 * @param wave the cause that concerns others too, null when there is none
 */
public record Question(
    ProfileFacts facts,
    Cause cause,
    String event,
    @Nullable Journey journey,
    int depth,
    @Nullable String wave) {

  /** What a row asks by itself. */
  public static Question of(ProfileFacts facts, Cause cause, Row row) {
    return new Question(facts, cause, row.id(), null, 0, Wave.of(row));
  }

  /** What a due asks by itself. */
  public static Question of(ProfileFacts facts, Cause cause, Instant due) {
    return new Question(facts, cause, "due:" + due, null, 0, Wave.of(due));
  }

  /** What a journey asks before a step. */
  static Question of(ProfileFacts facts, Cause cause, String event, Journey journey, int depth) {
    return new Question(facts, cause, event, journey, depth, journey.wave());
  }

  public Situation situation() {
    return new Situation(facts, cause);
  }

  Profile profile() {
    return facts.profile();
  }
}
