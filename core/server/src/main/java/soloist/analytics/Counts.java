package soloist.analytics;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.ne;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.Document;
import soloist.profile.EventTypes;
import soloist.store.Store;

/** How much of everything the store holds. What a page asks for reads nothing in full. */
public final class Counts {
  private final Store store;
  private final Tally tally;

  public Counts(Store store, Tally tally) {
    this.store = store;
    this.tally = tally;
  }

  /**
   * Rows of people, profiles, decisions, messages by state, responses, dead rows that were not
   * offered again.
   */
  public Map<String, Long> all() {
    Map<String, Long> counts = new LinkedHashMap<>();
    Map<String, Long> rows = tally.now();
    counts.put("events", rows.getOrDefault(Tally.TOLD, 0L));
    counts.put("profiles", store.profiles().countDocuments(gte("lastSeen", new Date(0))));
    counts.put("decisions", store.decisions().estimatedDocumentCount());
    for (String state : new String[] {"queued", "sent", "held", "refused", "uncertain"}) {
      counts.put(state, store.outbox().countDocuments(eq("state", state)));
    }
    counts.put("opened", rows.getOrDefault(EventTypes.OPENED, 0L));
    counts.put("clicked", rows.getOrDefault(EventTypes.CLICKED, 0L));
    counts.put("unsubscribed", rows.getOrDefault(EventTypes.UNSUBSCRIBED, 0L));
    counts.put("deadRows", store.dead().countDocuments(eq("offeredAt", null)));
    return counts;
  }

  /** How many are in any segment; asks everybody, so it is for a house that is small. */
  public long members() {
    return store.profiles().countDocuments(ne("memberships", new Document()));
  }
}
