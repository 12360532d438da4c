package soloist.profile;

import static com.mongodb.client.model.Filters.in;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bson.Document;
import soloist.http.Problem;
import soloist.identity.Pairs;
import soloist.lane.Journal;
import soloist.lane.Part;
import soloist.lane.Row;
import soloist.store.Store;

/**
 * Makes one person of two profiles by somebody's word, shows beforehand what that comes to, and
 * takes it back. What it orders is a row; the lanes do it.
 */
final class Merges {
  private static final String HAND = "hand";
  private static final int ROWS_AT_ONCE = 500;

  private final Store store;
  private final Journal journal;
  private final Pairs pairs;
  private final InstantSource clock;

  Merges(Store store, Journal journal, Pairs pairs, InstantSource clock) {
    this.store = store;
    this.journal = journal;
    this.pairs = pairs;
    this.clock = clock;
  }

  /** Two profiles by any of their ids, the one that stays first. */
  record Both(Document stays, Document goes) {
    Pairs.Pair pair() {
      return new Pairs.Pair(id(stays), id(goes));
    }
  }

  /**
   * @throws Problem when one is not there, or they are one already
   */
  Both both(String one, String other) {
    Document first = Roots.find(store, one).orElseThrow(Problem::notFound);
    Document second =
        Roots.find(store, other).orElseThrow(() -> Problem.invalid("/other", "person-missing"));
    int order = id(first).compareTo(id(second));
    if (order == 0) {
      throw new Problem(409, "person-same", List.of(), Map.of());
    }
    return order < 0 ? new Both(first, second) : new Both(second, first);
  }

  /** Who they are together, as the lanes will fold them. */
  Profile together(Both both) {
    Merging merging = new Merging((_, _) -> true);
    merging.takes(ProfileDocuments.read(both.goes()), linked(both));
    Refold refold = new Refold(both.stays(), merging.rows(), List.of());
    Set<String> ids = new HashSet<>(Roots.ids(both.stays()));
    ids.addAll(Roots.ids(both.goes()));
    for (Document row : store.events().find(in("profileId", ids)).batchSize(ROWS_AT_ONCE)) {
      refold.add(Row.of(row));
    }
    return ProfileDocuments.read(refold.end());
  }

  /** They are one from now on; the row is durable when this returns. */
  String merge(Both both) {
    pairs.forget(both.pair());
    journal.append(linked(both)).join();
    return id(both.stays());
  }

  private Row linked(Both both) {
    return order(Row.LINKED, id(both.goes()), Map.of("into", id(both.stays())));
  }

  /**
   * One who was taken in is somebody again, with all that was ever told of them.
   *
   * @throws Problem when they were not
   */
  String unmerge(String id, String part) {
    Document person = Roots.find(store, id).orElseThrow(Problem::notFound);
    if (!ProfileDocuments.read(person).parts().containsKey(part)) {
      throw new Problem(409, "person-not-part", List.of(), Map.of());
    }
    // Else the next event that names both would make one of them again.
    pairs.keepApart(new Pairs.Pair(id(person), part), clock.instant());
    journal.append(order(Row.UNLINKED, part, Map.of())).join();
    return part;
  }

  /** They are two people, whatever they have in common. */
  void keepApart(Both both) {
    pairs.keepApart(both.pair(), clock.instant());
  }

  private Row order(String type, String profile, Map<String, Object> properties) {
    return Row.draft(
        type.substring("profile.".length()) + ":" + UUID.randomUUID(),
        profile,
        List.of(),
        type,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        HAND,
        Map.of(),
        properties);
  }

  /** Who a person has been, with what leads to each. */
  List<Map<String, Object>> parts(Profile person) {
    Map<String, List<String>> keys = new HashMap<>();
    if (!person.parts.isEmpty()) {
      store
          .identifiers()
          .find(in("_id", person.keys()))
          .forEach(
              found -> {
                Set<String> whose = new HashSet<>(found.getList("was", String.class, List.of()));
                whose.add(found.getString("profileId"));
                whose.forEach(
                    each ->
                        keys.computeIfAbsent(each, _ -> new ArrayList<>())
                            .add(found.getString("_id")));
              });
    }
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Part part : person.parts.values()) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("id", part.profileId());
      told.put("since", part.at());
      told.put("identifiers", keys.getOrDefault(part.profileId(), List.of()));
      parts.add(told);
    }
    return parts;
  }

  private static String id(Document profile) {
    return profile.getString("_id");
  }
}
