package soloist.profile;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import soloist.lane.Part;
import soloist.store.Store;
import soloist.store.Values;

/** Finds who somebody is by now, by any id they have had: ids are kept for good. */
public final class Roots {
  private static final String INTO = "into";

  private Roots() {}

  /** The stored profile that stands for a person. */
  public static Optional<Document> find(Store store, String id) {
    Document found = store.profiles().find(eq("_id", id)).first();
    // Each step leads to a smaller id, so there is an end.
    while (found != null && found.getString(INTO) != null) {
      found = store.profiles().find(eq("_id", found.getString(INTO))).first();
    }
    return Optional.ofNullable(found);
  }

  /** The same of many, by the ids that were asked for; without those who are not there. */
  public static Map<String, Document> findAll(Store store, Collection<String> ids) {
    Map<String, Document> known = new HashMap<>();
    Set<String> asked = new HashSet<>(ids);
    while (!asked.isEmpty()) {
      Set<String> further = new HashSet<>();
      for (Document found : store.profiles().find(in("_id", asked)).batchSize(asked.size())) {
        known.put(found.getString("_id"), found);
        if (found.getString(INTO) != null && !known.containsKey(found.getString(INTO))) {
          further.add(found.getString(INTO));
        }
      }
      asked = further;
    }
    Map<String, Document> roots = new HashMap<>();
    for (String id : ids) {
      Document root = known.get(id);
      while (root != null && root.getString(INTO) != null) {
        root = known.get(root.getString(INTO));
      }
      put(roots, id, root);
    }
    return roots;
  }

  private static void put(Map<String, Document> roots, String id, @Nullable Document root) {
    if (root != null) {
      roots.put(id, root);
    }
  }

  /** Selects what was journalled, decided or queued for a person under any of their ids. */
  public static Bson whose(Document profile) {
    Set<String> ids = ids(profile);
    // Of one id there is an index in the order of time.
    return ids.size() == 1 ? eq("profileId", profile.getString("_id")) : in("profileId", ids);
  }

  /** Every id under which rows, messages and decisions of a person may stand. */
  public static Set<String> ids(Document profile) {
    Set<String> ids = new HashSet<>();
    ids.add(profile.getString("_id"));
    Values.documents(profile, "parts").stream()
        .map(Part::of)
        .map(Part::profileId)
        .forEach(ids::add);
    return ids;
  }
}
