package soloist.analytics;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.nin;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import soloist.profile.EventTypes;
import soloist.store.Store;

/** How much of everything the store holds, asked of the store each time. */
public final class Counts {
  private final Store store;

  public Counts(Store store) {
    this.store = store;
  }

  /**
   * Rows of people, profiles, members of any segment, decisions, messages by state, responses, dead
   * rows that were not offered again.
   */
  public Map<String, Long> all() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put(
        "events",
        store.events().countDocuments(and(ne("profileId", ""), nin("type", EventTypes.UNTOLD))));
    counts.put("profiles", store.profiles().countDocuments(gte("lastSeen", new Date(0))));
    counts.put(
        "members", store.profiles().countDocuments(ne("memberships", new org.bson.Document())));
    counts.put("decisions", store.decisions().countDocuments());
    for (String state : new String[] {"queued", "sent", "held", "refused", "uncertain"}) {
      counts.put(state, store.outbox().countDocuments(eq("state", state)));
    }
    counts.put("opened", type(EventTypes.OPENED));
    counts.put("clicked", type(EventTypes.CLICKED));
    counts.put("unsubscribed", type(EventTypes.UNSUBSCRIBED));
    counts.put("deadRows", store.dead().countDocuments(eq("offeredAt", null)));
    return counts;
  }

  private long type(String type) {
    return store.events().countDocuments(eq("type", type));
  }
}
