package soloist.delivery;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.model.Sorts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import soloist.http.Page;
import soloist.http.Permission;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.profile.Roots;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Why a person got a message or did not: every decision with what it saw, and what became of its
 * message.
 */
public final class DecisionsEndpoint {
  private static final List<String> TOLD =
      List.of("kind", "campaign", "version", "rule", "step", "at", "cause", "verdict", "reason");

  private final Store store;
  private final BiFunction<String, String, Map<String, Object>> names;
  private final Deliveries deliveries;

  /**
   * @param names by language of a definition, given its kind and id
   */
  public DecisionsEndpoint(
      Store store, BiFunction<String, String, Map<String, Object>> names, Deliveries deliveries) {
    this.store = store;
    this.names = names;
    this.deliveries = deliveries;
  }

  public void mount(Routes api) {
    api.get("/api/v1/profiles/:id/decisions", Permission.CUSTOMERS_READ, this::list);
  }

  private Reply list(Request request) {
    String id = request.path("id");
    Bson whose = Roots.find(store, id).map(Roots::whose).orElseGet(() -> eq("profileId", id));
    Page page =
        Page.of(
            store.decisions().find(whose).sort(Sorts.descending("at", "order", "_id")), request);
    Map<String, Document> messages = messages(page.documents());
    return Reply.json(
        page.body(
            page.documents().stream().map(decision -> decision(decision, messages)).toList()));
  }

  private Map<String, Document> messages(List<Document> decisions) {
    List<String> ids =
        decisions.stream().map(each -> each.getString("message")).filter(Objects::nonNull).toList();
    Map<String, Document> messages = new HashMap<>();
    store
        .outbox()
        .find(in("_id", ids))
        .forEach(message -> messages.put(message.getString("_id"), message));
    return messages;
  }

  private Map<String, Object> decision(Document decision, Map<String, Document> messages) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", decision.get("_id"));
    TOLD.forEach(key -> told.put(key, Values.plain(decision.get(key))));
    told.put("campaignName", names.apply("campaign", decision.getString("campaign")));
    told.put("message", message(messages.get(decision.getString("message"))));
    return told;
  }

  private @Nullable Map<String, Object> message(@Nullable Document message) {
    if (message == null) {
      return null;
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", message.get("_id"));
    for (String key : List.of("channel", "state", "reason", "subject", "queuedAt", "messageId")) {
      told.put(key, Values.plain(message.get(key)));
    }
    if ("queued".equals(message.getString("state"))) {
      deliveries.waits(message.getString("channel")).ifPresent(why -> told.put("reason", why));
    }
    boolean isSent = "sent".equals(message.getString("state"));
    told.put("sentAt", isSent ? Values.plain(message.get("settledAt")) : null);
    Object gates = Values.plain(message.get("gates"));
    told.put("gates", gates == null ? List.of() : gates);
    return told;
  }
}
