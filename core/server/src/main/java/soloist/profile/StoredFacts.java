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
  private @Nullable Habits habits;

  public StoredFacts(Document profile, Instant now) {
    this.profile = profile;
    this.now = now;
  }

  /** What has to be read of a profile for these keys. */
  public static List<String> fields(Collection<String> keys) {
    Set<String> fields = new LinkedHashSet<>();
    for (String key : keys) {
      // Nothing is told under a key with a dot, and a path would lead elsewhere.
      if (!key.contains(".")) {
        fields.add("traits." + key + ".value");
      }
      if (Computed.isOne(key)) {
        fields.add(ProfileDocuments.HABITS);
      }
    }
    return List.copyOf(fields);
  }

  public Optional<Object> value(String key) {
    Document told = Values.document(profile, "traits").get(key, Document.class);
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
