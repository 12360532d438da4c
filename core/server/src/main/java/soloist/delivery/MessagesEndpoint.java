package soloist.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.http.Page;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.profile.ProfileDocuments;
import soloist.profile.ProfileSummaries;
import soloist.profile.Roots;
import soloist.store.Store;
import soloist.store.Values;

/** Every message, how far it is and why it went no further. */
public final class MessagesEndpoint {
  private static final List<String> STATES =
      List.of("queued", "claimed", "inflight", "sent", "held", "refused", "uncertain");
  private static final List<String> TOLD =
      List.of("channel", "state", "reason", "subject", "campaign", "version", "step", "queuedAt");

  private final Store store;
  private final BiFunction<String, String, Map<String, Object>> names;

  /**
   * @param names by language of a definition, given its kind and id
   */
  public MessagesEndpoint(Store store, BiFunction<String, String, Map<String, Object>> names) {
    this.store = store;
    this.names = names;
  }

  public void mount(Routes api) {
    api.get("/api/v1/messages", Permission.CUSTOMERS_READ, this::list);
  }

  private Reply list(Request request) {
    List<Bson> filters = new ArrayList<>();
    request
        .query("state")
        .ifPresent(
            state -> {
              if (!STATES.contains(state)) {
                throw Problem.invalid("state", "message-state", String.join(", ", STATES));
              }
              filters.add(eq("state", state));
            });
    boolean isByState = !filters.isEmpty();
    request.query("campaign").ifPresent(campaign -> filters.add(eq("campaign", campaign)));
    boolean isByCampaign = request.query("campaign").isPresent();
    // Each order is that of an index: by state there is one on when a message is due.
    Bson order =
        isByState && !isByCampaign
            ? Sorts.descending("dueAt", "_id")
            : Sorts.descending("queuedAt", "_id");
    Page page =
        Page.of(
            store.outbox().find(filters.isEmpty() ? new Document() : and(filters)).sort(order),
            request);
    Map<String, String> people = people(page.documents());
    return Reply.json(
        page.body(page.documents().stream().map(row -> message(row, people)).toList()));
  }

  private Map<String, String> people(List<Document> rows) {
    Map<String, String> names = new HashMap<>();
    Roots.findAll(store, rows.stream().map(row -> row.getString("profileId")).toList())
        .forEach((id, root) -> names.put(id, ProfileSummaries.name(ProfileDocuments.read(root))));
    return names;
  }

  private Map<String, Object> message(Document row, Map<String, String> people) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", row.get("_id"));
    String person = row.getString("profileId");
    told.put("profile", Map.of("id", person, "name", people.getOrDefault(person, person)));
    TOLD.forEach(key -> told.put(key, Values.plain(row.get(key))));
    told.put("campaignName", names.apply("campaign", row.getString("campaign")));
    boolean isSent = "sent".equals(row.getString("state"));
    told.put("sentAt", isSent ? Values.plain(row.get("settledAt")) : null);
    return told;
  }
}
