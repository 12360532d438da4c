package soloist.segment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import soloist.profile.Findable;
import soloist.profile.OwnFields;
import soloist.profile.ProfileFold;
import soloist.profile.StoredFacts;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Facts;
import soloist.store.Values;

/**
 * A stored profile as conditions see it, without reading more of it than is asked for.
 *
 * @param own that can be asked for as well
 * @param latest newest first, by the key of their window
 */
record Person(Document profile, Instant now, OwnFields own, Map<String, List<Instant>> latest)
    implements Facts {
  /** What has to be read of a profile beside the traits that are asked for. */
  static final List<String> FIELDS =
      List.of(Findable.SEGMENTS, "consents", "entered", "lastSeen", "undone", "parts");

  @Override
  public Instant causedAt() {
    return now;
  }

  @Override
  public Optional<Object> trait(String key) {
    return new StoredFacts(profile, now, own).value(key);
  }

  @Override
  public List<Instant> latest(Condition.Did condition) {
    List<Instant> all = latest.getOrDefault(ProfileFold.windowKey(condition), List.of());
    return all.subList(0, Math.min(condition.atLeast(), all.size()));
  }

  @Override
  public boolean inSegment(String segment) {
    return segments().contains(segment);
  }

  List<String> segments() {
    return profile.getList(Findable.SEGMENTS, String.class, List.of());
  }

  @Override
  public boolean consented(String purpose) {
    Document consent = Values.document(profile, "consents").get(purpose, Document.class);
    return consent != null && consent.getBoolean("granted");
  }

  /** Outside a journey nothing was answered. */
  @Override
  public boolean responded(String step, String event) {
    return false;
  }

  @Override
  public Optional<Instant> lastEntered(String campaign) {
    return Optional.ofNullable(Values.instantOrNull(Values.document(profile, "entered"), campaign));
  }

  String id() {
    return profile.getString("_id");
  }

  /** Whether anything is known of them: what an undone import leaves of somebody is nobody. */
  boolean isKnown() {
    return profile.getDate("lastSeen") != null;
  }
}
