package soloist.identity;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.bson.Document;
import soloist.store.Store;

/** Finds the profile that identifiers belong to, and gives new ones to it. */
public final class Identity {
  private static final int TRIES = 8;
  private static final int DUPLICATE_KEY = 11000;

  /**
   * Whose event it is.
   *
   * @param profileId the smallest id that any of the identifiers belongs to, or a new one
   * @param otherIds the other profiles that they belong to, sorted; one person that is known as
   *     several
   */
  public record Owner(String profileId, List<String> otherIds) {}

  private final Store store;
  private final Supplier<String> newProfileId;

  public Identity(Store store, Supplier<String> newProfileId) {
    this.store = store;
    this.newProfileId = newProfileId;
  }

  /** The owner when every identifier is known already; nothing is written. */
  public Optional<Owner> find(Map<String, String> normalised) {
    Map<String, String> owners = owners(Identifiers.keys(normalised).keySet());
    return owners.size() < normalised.size()
        ? Optional.empty()
        : Optional.of(owner(new TreeSet<>(owners.values())));
  }

  /**
   * One question and, where an identifier is new, one insert-if-absent. Two callers with the same
   * new identifiers agree: both insert in the same order, and who comes second at the first one
   * finds the other's answer.
   *
   * @param normalised value by kind, at least one
   */
  public Owner resolve(Map<String, String> normalised, Instant now) {
    Map<String, String> keys = Identifiers.keys(normalised);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Map<String, String> owners = owners(keys.keySet());
      TreeSet<String> profiles = new TreeSet<>(owners.values());
      if (profiles.isEmpty()) {
        profiles.add(newProfileId.get());
      }
      Owner owner = owner(profiles);
      List<Document> missing = new ArrayList<>();
      for (String key : keys.keySet()) {
        if (!owners.containsKey(key)) {
          missing.add(document(key, owner, now));
        }
      }
      if (missing.isEmpty() || insert(missing)) {
        return owner;
      }
    }
    throw new IllegalStateException("identifiers " + normalised.keySet() + " kept changing hands");
  }

  /**
   * The owners of many, one for each in their order; empty where no identifier is known. Nothing is
   * written.
   */
  public List<Optional<Owner>> findAny(List<Map<String, String>> normalised) {
    Map<String, String> owners = owners(keysOf(normalised));
    return normalised.stream()
        .map(
            each -> {
              TreeSet<String> profiles = profiles(each, owners);
              return profiles.isEmpty() ? Optional.<Owner>empty() : Optional.of(owner(profiles));
            })
        .toList();
  }

  /** As {@link #resolve} of one after the other, in one question and at most one insert. */
  public List<Owner> resolveAll(List<Map<String, String>> normalised, Instant now) {
    Set<String> keys = keysOf(normalised);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Map<String, String> owners = owners(keys);
      List<Owner> resolved = new ArrayList<>();
      List<Document> missing = new ArrayList<>();
      for (Map<String, String> each : normalised) {
        TreeSet<String> profiles = profiles(each, owners);
        if (profiles.isEmpty()) {
          profiles.add(newProfileId.get());
        }
        Owner owner = owner(profiles);
        resolved.add(owner);
        for (String key : Identifiers.keys(each).keySet()) {
          if (owners.putIfAbsent(key, owner.profileId()) == null) {
            missing.add(document(key, owner, now));
          }
        }
      }
      if (missing.isEmpty() || insert(missing)) {
        return resolved;
      }
    }
    throw new IllegalStateException("identifiers of " + normalised.size() + " kept changing hands");
  }

  private static Set<String> keysOf(List<Map<String, String>> normalised) {
    Set<String> keys = new HashSet<>();
    normalised.forEach(each -> keys.addAll(Identifiers.keys(each).keySet()));
    return keys;
  }

  private static TreeSet<String> profiles(
      Map<String, String> normalised, Map<String, String> owners) {
    TreeSet<String> profiles = new TreeSet<>();
    for (String key : Identifiers.keys(normalised).keySet()) {
      String profile = owners.get(key);
      if (profile != null) {
        profiles.add(profile);
      }
    }
    return profiles;
  }

  private static Document document(String key, Owner owner, Instant now) {
    return new Document("_id", key)
        .append("profileId", owner.profileId())
        .append("at", Date.from(now));
  }

  private Map<String, String> owners(Collection<String> keys) {
    Map<String, String> owners = new TreeMap<>();
    store
        .identifiers()
        .find(in("_id", keys))
        .forEach(found -> owners.put(found.getString("_id"), found.getString("profileId")));
    return owners;
  }

  private static Owner owner(TreeSet<String> profiles) {
    return new Owner(profiles.first(), List.copyOf(profiles.tailSet(profiles.first(), false)));
  }

  /** False when somebody else was first. */
  private boolean insert(List<Document> missing) {
    try {
      store.identifiers().insertMany(missing, new InsertManyOptions().ordered(true));
      return true;
    } catch (MongoBulkWriteException e) {
      if (e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY)) {
        return false;
      }
      throw e;
    }
  }
}
