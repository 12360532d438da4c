package soloist.profile;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.store.Values;

/**
 * What is known of a person at an instant, read from a stored profile of which no more needs to be
 * there than what is asked for: what was told or counted up under a key, else what follows from the
 * habits.
 */
public final class StoredFacts {
  private final Document profile;
  private final Instant now;
  private final OwnFields own;
  private @Nullable Habits habits;

  /**
   * @param own that can be asked for as well
   */
  public StoredFacts(Document profile, Instant now, OwnFields own) {
    this.profile = profile;
    this.now = now;
    this.own = own;
  }

  /** What has to be read of a profile for these keys. */
  public static List<String> fields(Collection<String> keys, OwnFields own) {
    Set<String> fields = new LinkedHashSet<>();
    for (String key : own.behind(keys)) {
      // Nothing is told under a key with a dot, and a path would lead elsewhere.
      if (!key.contains(".")) {
        fields.add("traits." + key + ".value");
      }
      Naming.kind(key).ifPresent(_ -> fields.add("named"));
      if (Computed.isOne(key)) {
        fields.add(ProfileDocuments.HABITS);
      }
    }
    return List.copyOf(fields);
  }

  public Optional<Object> value(String key) {
    Document told = Values.document(profile, "traits").get(key, Document.class);
    if (told == null && OwnField.isOne(key)) {
      return own.value(key, this::value, now);
    }
    Optional<String> kind = Naming.kind(key);
    if (kind.isPresent()) {
      return Optional.ofNullable(Values.document(profile, "named").get(kind.get(), Document.class))
          .map(named -> Naming.of(named).value());
    }
    return told == null
        ? Computed.value(habits(), key, now)
        : Optional.ofNullable(Values.plain(told.get("value")));
  }

  /** All of them, by key. */
  public Map<String, Object> all() {
    Map<String, Object> all = new HashMap<>(Computed.values(habits(), now));
    Values.document(profile, "traits")
        .forEach(
            (key, trait) -> {
              Object value = Values.plain(((Document) trait).get("value"));
              if (value != null) {
                all.put(key, value);
              }
            });
    for (OwnField field : own.offered()) {
      field
          .value(key -> Optional.ofNullable(all.get(key)), now)
          .ifPresent(it -> all.put(field.key(), it));
    }
    return all;
  }

  private Habits habits() {
    Habits known = habits;
    if (known == null) {
      known = Habits.of(Values.document(profile, ProfileDocuments.HABITS));
      habits = known;
    }
    return known;
  }
}
