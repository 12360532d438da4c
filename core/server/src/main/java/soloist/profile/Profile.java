package soloist.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import soloist.identity.Identifiers;
import soloist.lane.Part;
import soloist.lane.Partitions;
import soloist.lane.Row;

/**
 * The portrait of one person while a lane works on it. Only lanes change one, on their thread;
 * everybody else reads the stored document. Stays small: history is in the journal.
 */
public final class Profile {
  static final int MOST_JOURNEYS = 50;

  final String id;
  long rev;
  long appliedLive;
  long appliedBulk;
  @Nullable Instant firstSeen;
  @Nullable Instant lastSeen;
  @Nullable Instant dueAt;
  Instant judgedAt = Instant.EPOCH;
  final Map<String, Set<String>> identifiers = new TreeMap<>();

  /** By which of several identifiers somebody was called last, by kind. */
  final Map<String, Naming> named = new TreeMap<>();

  final Map<String, Trait> traits = new TreeMap<>();
  final Map<String, Gone> gone = new TreeMap<>();
  final Map<String, Consent> consents = new TreeMap<>();
  final Map<String, Membership> memberships = new TreeMap<>();
  final List<Journey> journeys = new ArrayList<>();
  final Map<String, Instant> entered = new TreeMap<>();
  final Map<String, Window> windows = new TreeMap<>();
  Habits habits = new Habits();

  /** In which version each segment was last asked of this person. */
  final Map<String, Integer> asked = new TreeMap<>();

  /** Who told what does not count any more. */
  final Set<String> undone = new TreeSet<>();

  /** Whose profile this is by now; it is empty then. */
  @Nullable String into;

  /** Whether what leads to a profile that is another's leads here still. */
  boolean keeps;

  /** Who else this person is, by id. */
  final Map<String, Part> parts = new TreeMap<>();

  /** What can be asked for beside what is known; not kept. */
  private OwnFields own = OwnFields.NONE;

  public Profile(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** This profile, of which the owner's fields can be asked as well. */
  public Profile with(OwnFields fields) {
    own = fields;
    return this;
  }

  public int partition() {
    return Partitions.of(id);
  }

  public Optional<Instant> dueAt() {
    return Optional.ofNullable(dueAt);
  }

  public void dueAt(@Nullable Instant instant) {
    dueAt = instant;
  }

  public Optional<Trait> trait(String key) {
    return Optional.ofNullable(traits.get(key));
  }

  public Map<String, Trait> traits() {
    return Map.copyOf(traits);
  }

  /** What is known at an instant: what was told or counted up, and what follows from the habits. */
  Map<String, Trait> traits(Instant now) {
    Map<String, Trait> all = new TreeMap<>(Computed.traits(habits, now));
    all.putAll(traits);
    all.putAll(own.traits(all, now));
    return all;
  }

  /** The value of a fact at an instant. */
  Optional<Object> value(String key, Instant now) {
    Trait told = traits.get(key);
    if (told == null && OwnField.isOne(key)) {
      return own.value(key, other -> value(other, now), now);
    }
    Optional<String> kind = Naming.kind(key);
    if (kind.isPresent()) {
      return lastNamed(kind.get()).map(Naming::value);
    }
    return told == null ? Computed.value(habits, key, now) : Optional.of(told.value());
  }

  /** When the value of a fact may change by itself. */
  Optional<Instant> valueChangesAt(String key, Instant now) {
    if (OwnField.isOne(key)) {
      return own.changesAt(
          key, other -> value(other, now), other -> valueChangesAt(other, now), now);
    }
    return traits.containsKey(key) ? Optional.empty() : Computed.changesAt(habits, key, now);
  }

  /** Whether the last word about the purpose was Yes. */
  public boolean consented(String purpose) {
    return consent(purpose).map(Consent::granted).orElse(false);
  }

  public Optional<Consent> consent(String purpose) {
    return Optional.ofNullable(consents.get(purpose));
  }

  /** Whether this person has said No to anything, by a withdrawal or an unsubscribe. */
  public boolean hasWithdrawn() {
    return consents.values().stream().anyMatch(consent -> !consent.granted());
  }

  /** The identifiers of one kind, sorted. */
  public Set<String> identifiers(String kind) {
    return identifiers.getOrDefault(kind, Set.of());
  }

  /** The one of them by which the latest event called this person. */
  public Optional<Naming> lastNamed(String kind) {
    return Optional.ofNullable(named.get(kind));
  }

  /** What is known at an instant, by key. */
  public Map<String, Object> values(Instant now) {
    Map<String, Object> values = new TreeMap<>(Computed.values(habits, now));
    traits.forEach((key, trait) -> values.put(key, trait.value()));
    return values;
  }

  public boolean isIn(String segment) {
    return memberships.containsKey(segment);
  }

  public Set<String> segments() {
    return Set.copyOf(memberships.keySet());
  }

  public void enter(String segment, Membership membership) {
    memberships.put(segment, membership);
  }

  public void leave(String segment) {
    memberships.remove(segment);
  }

  /** Whether this version of the segment has been asked of this person before. */
  public boolean isAsked(String segment, int version) {
    return Integer.valueOf(version).equals(asked.get(segment));
  }

  public void asked(String segment, int version) {
    asked.put(segment, version);
  }

  /** Whether no row has been folded in yet. */
  public boolean isNew() {
    return appliedLive == 0 && appliedBulk == 0;
  }

  public List<Journey> journeys() {
    return List.copyOf(journeys);
  }

  public Optional<Journey> journey(String entry) {
    return journeys.stream().filter(journey -> journey.entry().equals(entry)).findFirst();
  }

  public Optional<Instant> lastEntered(String campaign) {
    return Optional.ofNullable(entered.get(campaign));
  }

  /** Whether somebody is in so many journeys that another cannot begin. */
  public boolean isBusy() {
    return journeys.size() >= MOST_JOURNEYS;
  }

  /** Begins a journey of somebody who is not busy. */
  public void begin(Journey journey) {
    journeys.add(journey);
    entered.put(journey.campaign(), journey.since());
  }

  /** Puts a journey in the place of the one with the same entry. */
  public void replace(Journey journey) {
    journeys.replaceAll(old -> old.entry().equals(journey.entry()) ? journey : old);
  }

  public void end(String entry) {
    journeys.removeIf(journey -> journey.entry().equals(entry));
  }

  /** The latest instants of an event that a condition in use needs, newest first. */
  public List<Instant> latest(String window) {
    Window found = windows.get(window);
    return found == null ? List.of() : found.latest();
  }

  /** An instant that never goes back for this person. */
  public Instant judgeAt(Instant instant) {
    judgedAt = instant.isAfter(judgedAt) ? instant : judgedAt;
    return judgedAt;
  }

  /**
   * Whether nothing that counts is known of this person: what is left of somebody who was known
   * from an import only that was undone. Keeps the id for when they come again; is in no segment.
   */
  public boolean isEmpty() {
    return lastSeen == null;
  }

  /** Takes everything that comes from rows alone from the same person folded anew. */
  public void takeOver(Profile refolded) {
    firstSeen = refolded.firstSeen;
    lastSeen = refolded.lastSeen;
    replace(identifiers, refolded.identifiers);
    replace(named, refolded.named);
    replace(traits, refolded.traits);
    replace(gone, refolded.gone);
    replace(consents, refolded.consents);
    replace(windows, refolded.windows);
    habits = refolded.habits;
  }

  private static <T> void replace(Map<String, T> old, Map<String, T> by) {
    old.clear();
    old.putAll(by);
  }

  /** Whose profile this is by now, when it is another person's. */
  public Optional<String> into() {
    return Optional.ofNullable(into);
  }

  /** Who else this person is, by id. */
  public Map<String, Part> parts() {
    return Map.copyOf(parts);
  }

  /** Everything that leads to this person, as kind:value. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    identifiers.forEach((kind, values) -> values.forEach(value -> keys.add(kind + ":" + value)));
    return keys;
  }

  /**
   * From now on this is another person's: nothing counts here. What is needed to be somebody again
   * stays: who was taken in, whose word does not count, and which campaigns there have been.
   */
  void freeze(String person) {
    keeps = identifiers.keySet().stream().anyMatch(Identifiers::isStrong);
    takeOver(new Profile(id));
    memberships.clear();
    journeys.clear();
    dueAt = null;
    into = person;
  }

  /** The live position up to which rows are folded in. */
  public long position() {
    return appliedLive;
  }

  /** Whether the row has been folded in before. */
  public boolean hasApplied(Row row) {
    return row.position() <= (row.source() == Row.Source.LIVE ? appliedLive : appliedBulk);
  }

  void applied(Row row) {
    if (row.source() == Row.Source.LIVE) {
      appliedLive = row.position();
    } else {
      appliedBulk = row.position();
    }
  }
}
