package soloist.profile;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.bson.Document;
import soloist.identity.Pairs;
import soloist.identity.Pairs.Pair;
import soloist.store.Store;

/**
 * Profiles that may be one person, for somebody to look at: those that have something in common,
 * and those that an event named together without it being enough.
 */
final class Doubles {
  static final int MOST = 100;

  /** So many with one telephone are a company. */
  private static final int MOST_ALIKE = 8;

  private static final int PAGE = 1_000;
  private static final String NAMED = "named";

  /**
   * Two profiles and why they may be one person.
   *
   * @param reasons of {@link Alike.Reason}, or {@code named} for an event that named both
   */
  record Candidate(Profile one, Profile other, List<String> reasons) {}

  private final Store store;
  private final Pairs pairs;

  Doubles(Store store, Pairs pairs) {
    this.store = store;
    this.pairs = pairs;
  }

  /** Who may be the same person as this one. */
  List<Candidate> of(Profile profile) {
    Map<String, Profile> alike = new LinkedHashMap<>();
    store
        .profiles()
        .find(in(Alike.FIELD, Alike.keys(profile)))
        .limit(MOST)
        .batchSize(MOST)
        .map(ProfileDocuments::read)
        .forEach(other -> alike.put(other.id(), other));
    alike.remove(profile.id());
    List<Candidate> found = new ArrayList<>();
    alike.values().forEach(other -> found.addAll(candidate(profile, other)));
    return withoutApart(found);
  }

  /** Everybody who may be double, up to {@link #MOST} pairs. */
  List<Candidate> all() {
    Map<Pair, Candidate> found = new LinkedHashMap<>();
    for (Pair pair : pairs.doubtful(MOST)) {
      Map<String, Document> roots = Roots.findAll(store, List.of(pair.one(), pair.other()));
      if (roots.size() == 2) {
        List<Profile> both = roots.values().stream().map(ProfileDocuments::read).toList();
        named(both.getFirst(), both.getLast()).forEach(each -> found.putIfAbsent(pair(each), each));
      }
    }
    Map<String, List<Profile>> groups = groups(common());
    for (List<Profile> group : groups.values()) {
      for (int i = 0; i < group.size() && group.size() <= MOST_ALIKE; i++) {
        for (Profile other : group.subList(i + 1, group.size())) {
          candidate(group.get(i), other).forEach(each -> found.putIfAbsent(pair(each), each));
        }
      }
    }
    return withoutApart(found.values().stream().limit(MOST).toList());
  }

  private static List<Candidate> named(Profile one, Profile other) {
    if (one.id().equals(other.id()) || one.isEmpty() || other.isEmpty()) {
      return List.of();
    }
    List<String> reasons = new ArrayList<>(List.of(NAMED));
    Alike.reasons(one, other).forEach(reason -> reasons.add(reason.key()));
    return List.of(new Candidate(one, other, reasons));
  }

  private static List<Candidate> candidate(Profile one, Profile other) {
    List<String> reasons = Alike.reasons(one, other).stream().map(Alike.Reason::key).toList();
    return reasons.isEmpty() ? List.of() : List.of(new Candidate(one, other, reasons));
  }

  private static Pair pair(Candidate candidate) {
    return new Pair(candidate.one().id(), candidate.other().id());
  }

  private List<Candidate> withoutApart(List<Candidate> found) {
    Set<Pair> apart = pairs.apart(found.stream().map(Doubles::pair).toList());
    return found.stream().filter(each -> !apart.contains(pair(each))).toList();
  }

  /** The first keys that several people have: 8 bytes each are held while everybody is read. */
  private Set<String> common() {
    LongStream.Builder hashes = LongStream.builder();
    eachKey((_, key) -> hashes.add(hash(key)));
    long[] sorted = hashes.build().toArray();
    Arrays.sort(sorted);
    Set<Long> twice = new HashSet<>();
    for (int i = 1; i < sorted.length && twice.size() < MOST; i++) {
      if (sorted[i] == sorted[i - 1]) {
        twice.add(sorted[i]);
      }
    }
    Set<String> common = new LinkedHashSet<>();
    if (!twice.isEmpty()) {
      eachKey(
          (_, key) -> {
            if (twice.contains(hash(key))) {
              common.add(key);
            }
          });
    }
    return common;
  }

  private interface KeyOf {
    void take(String profile, String key);
  }

  private void eachKey(KeyOf taker) {
    for (Document profile :
        store
            .profiles()
            .find(exists(Alike.FIELD))
            .projection(include(Alike.FIELD))
            .batchSize(PAGE)) {
      profile
          .getList(Alike.FIELD, String.class, List.of())
          .forEach(key -> taker.take(profile.getString("_id"), key));
    }
  }

  /** 64 bits of FNV-1a: two keys that share one are told apart when their people are compared. */
  private static long hash(String key) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private Map<String, List<Profile>> groups(Collection<String> keys) {
    Map<String, List<Profile>> groups = new HashMap<>();
    if (keys.isEmpty()) {
      return groups;
    }
    for (Document document :
        store.profiles().find(in(Alike.FIELD, keys)).limit(PAGE).batchSize(PAGE)) {
      Profile profile = ProfileDocuments.read(document);
      document
          .getList(Alike.FIELD, String.class, List.of())
          .forEach(key -> groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(profile));
    }
    return groups;
  }
}
