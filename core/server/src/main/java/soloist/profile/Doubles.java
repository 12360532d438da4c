package soloist.profile;

import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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

  private static final int PAGE = 500;

  /** Of so many people at most a part is found. */
  private static final int MOST_READ = 10_000;

  /** What a page of people has in common with more than these is no sign of doubles. */
  private static final int MOST_HOLDERS = 20 * PAGE;

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

  /**
   * A part of all who may be double.
   *
   * @param next after whom the next part begins; empty at the end
   */
  record Found(List<Candidate> candidates, Optional<String> next) {}

  /**
   * Those who come after somebody in the order of ids, beside somebody with a larger id: so many
   * that they fill a page, or as are found among so many people that one call does not take long.
   * Those that an event named together stand before all others.
   */
  Found after(String id) {
    Map<Pair, Candidate> found = new LinkedHashMap<>();
    if (id.isEmpty()) {
      named().forEach(each -> found.putIfAbsent(pair(each), each));
    }
    Optional<String> last = Optional.of(id);
    for (int read = 0; last.isPresent() && read < MOST_READ && found.size() < MOST; read += PAGE) {
      Map<String, Document> page = page(last.get());
      last =
          page.size() < PAGE ? Optional.empty() : page.keySet().stream().reduce((_, each) -> each);
      for (List<Profile> group : groups(common(page))) {
        for (Profile one : group) {
          for (Profile other : group) {
            if (page.containsKey(one.id()) && one.id().compareTo(other.id()) < 0) {
              candidate(one, other).forEach(each -> found.putIfAbsent(pair(each), each));
            }
          }
        }
      }
    }
    return new Found(withoutApart(List.copyOf(found.values())), last);
  }

  private List<Candidate> named() {
    List<Pair> doubtful = pairs.doubtful(MOST);
    Map<String, Document> roots =
        Roots.findAll(
            store, doubtful.stream().flatMap(pair -> Stream.of(pair.one(), pair.other())).toList());
    List<Candidate> found = new ArrayList<>();
    for (Pair pair : doubtful) {
      Document one = roots.get(pair.one());
      Document other = roots.get(pair.other());
      if (one != null && other != null) {
        found.addAll(named(ProfileDocuments.read(one), ProfileDocuments.read(other)));
      }
    }
    return found;
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

  /** The next people who have anything by which somebody may be alike, in the order of ids. */
  private Map<String, Document> page(String after) {
    Map<String, Document> page = new LinkedHashMap<>();
    store
        .profiles()
        .find(gt("_id", after))
        .sort(ascending("_id"))
        .projection(include(Alike.FIELD))
        .limit(PAGE)
        .batchSize(PAGE)
        .forEach(profile -> page.put(profile.getString("_id"), profile));
    return page;
  }

  /** Who has the same key as somebody of these, by key; without what so many have as no double. */
  private Collection<Set<String>> common(Map<String, Document> page) {
    Map<String, Set<String>> holders = new LinkedHashMap<>();
    page.values()
        .forEach(profile -> keys(profile).forEach(key -> holders.put(key, new TreeSet<>())));
    if (holders.isEmpty()) {
      return List.of();
    }
    store
        .profiles()
        .find(in(Alike.FIELD, holders.keySet()))
        .projection(include(Alike.FIELD))
        .limit(MOST_HOLDERS)
        .batchSize(PAGE)
        .forEach(
            profile ->
                keys(profile)
                    .forEach(
                        key ->
                            holders.computeIfPresent(
                                key,
                                (_, ids) -> {
                                  ids.add(profile.getString("_id"));
                                  return ids;
                                })));
    holders.values().removeIf(ids -> ids.size() < 2 || ids.size() > MOST_ALIKE);
    return holders.values();
  }

  private static List<String> keys(Document profile) {
    return profile.getList(Alike.FIELD, String.class, List.of());
  }

  private List<List<Profile>> groups(Collection<Set<String>> common) {
    Set<String> ids = new HashSet<>();
    common.forEach(ids::addAll);
    Map<String, Profile> profiles = new HashMap<>();
    if (!ids.isEmpty()) {
      store
          .profiles()
          .find(in("_id", ids))
          .batchSize(ids.size())
          .map(ProfileDocuments::read)
          .forEach(profile -> profiles.put(profile.id(), profile));
    }
    return common.stream()
        .map(group -> group.stream().map(profiles::get).filter(Objects::nonNull).toList())
        .toList();
  }
}
