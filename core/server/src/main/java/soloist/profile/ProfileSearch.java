package soloist.profile;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.identity.Identifiers;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Finds people while somebody types: by the beginning of a name, an address, a number or an id.
 * Each question reads a stretch of one index, so it costs the same in a small house and a large
 * one.
 */
final class ProfileSearch {
  private static final int MOST = 200;
  private static final int SHORTEST_ID = 6;

  /** Stands behind every character. */
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private final Store store;

  ProfileSearch(Store store) {
    this.store = store;
  }

  /**
   * @param profiles the one seen last first
   * @param complete false when more may match than were looked at
   */
  record Found(List<Document> profiles, boolean complete) {}

  Found find(String words, Optional<String> segment) {
    String typed = words.replaceAll("\\p{Cntrl}", " ").strip();
    String folded = Findable.folded(typed);
    Set<String> ids = new LinkedHashSet<>();
    boolean complete = true;
    if (!folded.isEmpty()) {
      for (String kind : Identifiers.KINDS) {
        complete &= identifiers(kind, typed, ids);
      }
      complete &= add(store.profiles(), Findable.CALLED, folded, "_id", ids);
      complete &= add(store.profiles(), Findable.FAMILY, folded, "_id", ids);
      if (folded.length() >= SHORTEST_ID) {
        complete &= add(store.profiles(), "_id", folded, "_id", ids);
      }
    }
    Map<String, Document> people = new HashMap<>();
    Roots.findAll(store, ids).values().forEach(root -> people.put(root.getString("_id"), root));
    List<Document> profiles = new ArrayList<>(people.values());
    profiles.removeIf(
        profile ->
            profile.getDate("lastSeen") == null
                || segment.filter(id -> !segments(profile).contains(id)).isPresent());
    profiles.sort(
        Comparator.comparing(
                (Document profile) -> profile.getDate("lastSeen"), Comparator.<Date>naturalOrder())
            .reversed());
    return new Found(profiles, complete);
  }

  /** Numbers are found however they are written, addresses in any case. */
  private boolean identifiers(String kind, String typed, Set<String> ids) {
    String beginning =
        switch (kind) {
          case Identifiers.EMAIL -> Findable.folded(typed);
          case Identifiers.PHONE -> typed.replaceAll("[\\s().-]", "");
          default -> typed;
        };
    if (beginning.isEmpty()) {
      return true;
    }
    boolean complete = identifier(kind + ":" + beginning, ids);
    boolean isPhone = kind.equals(Identifiers.PHONE) && !beginning.startsWith("+");
    return (!isPhone || identifier(kind + ":+" + beginning, ids)) && complete;
  }

  private boolean identifier(String beginning, Set<String> ids) {
    return add(store.identifiers(), "_id", beginning, "profileId", ids);
  }

  /** Adds whom an index names in the stretch of one beginning; false when there were too many. */
  private static boolean add(
      MongoCollection<Document> from, String field, String beginning, String id, Set<String> ids) {
    int found = 0;
    for (Document document :
        from.find(beginsWith(field, beginning))
            .projection(include(id))
            .limit(MOST)
            .batchSize(MOST)) {
      ids.add(document.getString(id));
      found++;
    }
    return found < MOST;
  }

  private static Bson beginsWith(String field, String beginning) {
    return and(gte(field, beginning), lt(field, beginning + LAST));
  }

  private static List<String> segments(Document profile) {
    return List.copyOf(Values.document(profile, "memberships").keySet());
  }
}
