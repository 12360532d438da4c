package soloist.campaign;

import org.jspecify.annotations.Nullable;
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
 */
public record Question(
    ProfileFacts facts, Cause cause, String event, @Nullable Journey journey, int depth) {

  /** A question that a row or a due asks by itself. */
  public Question(ProfileFacts facts, Cause cause, String event, @Nullable Journey journey) {
    this(facts, cause, event, journey, 0);
  }

  public Situation situation() {
    return new Situation(facts, cause);
  }

  Profile profile() {
    return facts.profile();
  }
}
