package soloist.profile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Facts;

/**
 * A profile as conditions see it.
 *
 * @param journey the running journey that asks, null outside one
 */
public record ProfileFacts(
    Profile profile, Instant now, Instant causedAt, @Nullable Journey journey) implements Facts {

  @Override
  public Optional<Object> trait(String key) {
    return profile.value(key, now);
  }

  @Override
  public Optional<Instant> traitChangesAt(String key) {
    return profile.valueChangesAt(key, now);
  }

  @Override
  public List<Instant> latest(Condition.Did condition) {
    List<Instant> latest = profile.latest(ProfileFold.windowKey(condition));
    return latest.subList(0, Math.min(condition.atLeast(), latest.size()));
  }

  @Override
  public boolean inSegment(String segment) {
    return profile.isIn(segment);
  }

  @Override
  public boolean consented(String purpose) {
    return profile.consented(purpose);
  }

  @Override
  public boolean responded(String step, String event) {
    return journey != null && journey.responded(step, event);
  }

  @Override
  public Optional<Instant> lastEntered(String campaign) {
    return profile.lastEntered(campaign);
  }
}
