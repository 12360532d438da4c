package soloist.identity;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.bson.Document;
import soloist.store.Store;
import soloist.store.Values;

/** Finds the profile that identifiers belong to, and gives new ones to it. */
public final class Identity {
  private static final int TRIES = 8;
  private static final int DUPLICATE_KEY = 11000;

  /**
   * Whose event it is.
   *
   * @param profileId the smallest id of the profiles that are this person, or a new one
   * @param otherIds the other profiles that are, sorted; one person that is known as several
   */
  public record Owner(String profileId, List<String> otherIds) {}

  private final Store store;
  private final Pairs pairs;
  private final Supplier<String> newProfileId;

  public Identity(Store store, Supplier<String> newProfileId) {
    this.store = store;
    this.pairs = new Pairs(store);
    this.newProfileId = newProfileId;
  }

  /** Whose identifiers are, as far as one question has told; what is new belongs to nobody yet. */
  public final class Found {
    private final Try attempt;
    private final Instant now;

    private Found(Collection<Map<String, String>> normalised, Instant now) {
      this.attempt = new Try(normalised);
      this.now = now;
    }

    /** The owner when every identifier is known already. */
    public Optional<Owner> owner(Map<String, String> normalised) {
      return attempt.knows(normalised) ? attempt.find(normalised) : Optional.empty();
    }

    /**
     * As {@link Identity#resolveAll}, of some that were asked for, without asking again unless
     * somebody else was faster. Notes doubts.
     */
    public List<Owner> resolveAll(List<Map<String, String>> normalised) {
      // Of those whose owner was known: they stand, whoever is faster with what is new.
      attempt.noteDoubts(now);
      List<Owner> resolved = normalised.stream().map(attempt::resolve).toList();
      if (!attempt.fresh.isEmpty() && !insert(attempt.fresh, now)) {
        return Identity.this.resolveAll(normalised, now);
      }
      attempt.noteDoubts(now);
      return resolved;
    }
  }

  /** Looks up many at once, in one question. */
  public Found find(Collection<Map<String, String>> normalised, Instant now) {
    return new Found(normalised, now);
  }

  /**
   * One question and, where an identifier is new, one insert-if-absent; another question where
   * identifiers lead to several people. Two callers with the same new identifiers agree: both
   * insert in the same order, and who comes second at the first one finds the other's answer.
   *
   * @param normalised value by kind, at least one
   */
  public Owner resolve(Map<String, String> normalised, Instant now) {
    return resolveAll(List.of(normalised), now).getFirst();
  }

  /**
   * The owners of many, one for each in their order; empty where no identifier is known. Nothing is
   * written.
   */
  public List<Optional<Owner>> findAny(List<Map<String, String>> normalised) {
    Try attempt = new Try(normalised);
    return normalised.stream().map(attempt::find).toList();
  }

  /** As {@link #resolve} of one after the other, in one question and at most one insert. */
  public List<Owner> resolveAll(List<Map<String, String>> normalised, Instant now) {
    for (int times = 0; times < TRIES; times++) {
      Try attempt = new Try(normalised);
      List<Owner> resolved = normalised.stream().map(attempt::resolve).toList();
      if (attempt.fresh.isEmpty() || insert(attempt.fresh, now)) {
        attempt.noteDoubts(now);
        return resolved;
      }
    }
    throw new IllegalStateException("identifiers of " + normalised.size() + " kept changing hands");
  }

  /** What is known at one moment, and what it comes to. */
  private final class Try {
    final Map<String, String> owners = new HashMap<>();
    final Map<String, String> fresh = new TreeMap<>();
    private final Map<String, Set<String>> kinds = new HashMap<>();
    private final Set<Pairs.Pair> doubts = new HashSet<>();

    /** The keys of each that was asked for, by the very map: they are needed again and again. */
    private final Map<Map<String, String>, List<String>> keys = new IdentityHashMap<>();

    Try(Collection<Map<String, String>> normalised) {
      Set<String> all = new HashSet<>();
      normalised.forEach(each -> all.addAll(keys(each)));
      store
          .identifiers()
          .find(Values.ids(all))
          .batchSize(Math.max(1, all.size()))
          .forEach(found -> owners.put(found.getString("_id"), found.getString("profileId")));
    }

    private List<String> keys(Map<String, String> normalised) {
      return keys.computeIfAbsent(normalised, Identifiers::keys);
    }

    boolean knows(Map<String, String> normalised) {
      return owners.keySet().containsAll(keys(normalised));
    }

    Optional<Owner> find(Map<String, String> normalised) {
      List<String> asked = keys(normalised);
      if (asked.size() == 1) {
        // There is nobody else that it might belong to.
        return Optional.ofNullable(owners.get(asked.getFirst()))
            .map(profile -> new Owner(profile, List.of()));
      }
      Map<String, String> known = new LinkedHashMap<>();
      for (String key : asked) {
        String owner = owners.get(key);
        if (owner != null) {
          known.put(key, owner);
        }
      }
      boolean brings = normalised.keySet().stream().anyMatch(Identifiers::isStrong);
      Belonging belonging =
          Belonging.of(
              known,
              brings,
              this::kinds,
              (one, other) -> pairs.areApart(new Pairs.Pair(one, other)));
      Optional<Owner> owner =
          belonging
              .known()
              .map(
                  first -> {
                    TreeSet<String> people = new TreeSet<>(belonging.others());
                    people.add(first);
                    String smallest = people.removeFirst();
                    return new Owner(smallest, List.copyOf(people));
                  });
      owner.ifPresent(
          it ->
              belonging
                  .doubtful()
                  .forEach(other -> doubts.add(new Pairs.Pair(it.profileId(), other))));
      return owner;
    }

    Owner resolve(Map<String, String> normalised) {
      Owner owner = find(normalised).orElseGet(() -> new Owner(newProfileId.get(), List.of()));
      for (String key : keys(normalised)) {
        if (owners.putIfAbsent(key, owner.profileId()) == null) {
          fresh.put(key, owner.profileId());
          if (kinds.containsKey(owner.profileId())) {
            kinds(owner.profileId()).add(Identifiers.kind(key));
          }
        }
      }
      return owner;
    }

    /** The kinds of identifiers that lead to a profile, with those that are about to. */
    private Set<String> kinds(String profile) {
      return kinds.computeIfAbsent(
          profile,
          id -> {
            Set<String> found = new HashSet<>();
            store
                .identifiers()
                .find(eq("profileId", id))
                .projection(include("_id"))
                .forEach(each -> found.add(Identifiers.kind(each.getString("_id"))));
            fresh.forEach(
                (key, owner) -> {
                  if (owner.equals(id)) {
                    found.add(Identifiers.kind(key));
                  }
                });
            return found;
          });
    }

    void noteDoubts(Instant now) {
      doubts.forEach(pair -> pairs.doubt(pair, now));
      doubts.clear();
    }
  }

  /** False when somebody else was first. */
  private boolean insert(Map<String, String> fresh, Instant now) {
    List<Document> missing = new ArrayList<>();
    fresh.forEach(
        (key, owner) ->
            missing.add(
                new Document("_id", key).append("profileId", owner).append("at", Date.from(now))));
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
