package soloist.profile;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.ingest.EventInput;
import soloist.ingest.Ingest;
import soloist.store.Store;

/**
 * What an owner enters about people: each entry is a row like any other, so it has its source and
 * time, and the latest word stands.
 */
public final class ByHandEndpoint {
  private static final String HAND = "hand";
  private static final int LONGEST_NOTE = 500;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final Store store;
  private final Ingest ingest;

  public ByHandEndpoint(Store store, Ingest ingest) {
    this.store = store;
    this.ingest = ingest;
  }

  public void mount(Routes api) {
    api.post("/api/v1/profiles", Permission.CUSTOMERS_WRITE, this::add);
    api.post("/api/v1/profiles/:id/traits", Permission.CUSTOMERS_WRITE, this::traits);
    api.post("/api/v1/profiles/:id/consents", Permission.CUSTOMERS_WRITE, this::consent);
  }

  private Reply add(Request request) {
    JsonObject body = request.json();
    JsonObject traits = object(body, "traits");
    Demographics.require(traits);
    EventInput event =
        EventInput.read(
                new JsonObject()
                    .put("type", EventTypes.TRAITS)
                    .put("identifiers", body.getValue("identifiers"))
                    .put("properties", traits),
                ingest.now())
            .as(newId());
    requireNew(event.identifiers());
    String id = ingest.acceptAll(List.of(event), HAND, false).getFirst().profileId();
    awaitProfile(id);
    return taken(id);
  }

  /**
   * The row is durable; who entered somebody wants to see them next. A lane that is behind makes
   * the profile later.
   */
  private void awaitProfile(String id) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (store.profiles().countDocuments(eq("_id", id)) == 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(PATIENCE.toNanos());
    }
  }

  private Reply traits(Request request) {
    JsonObject traits = object(request.json(), "traits");
    if (traits.isEmpty()) {
      throw Problem.invalid("/traits", "traits-missing");
    }
    Demographics.require(traits);
    return tell(request, EventTypes.TRAITS, traits);
  }

  private Reply consent(Request request) {
    JsonObject body = request.json();
    JsonObject consent = new JsonObject();
    for (String key : List.of("purpose", "granted", "source", "note")) {
      if (body.containsKey(key)) {
        consent.put(key, body.getValue(key));
      }
    }
    if (consent.containsKey("note")
        && !(consent.getValue("note") instanceof String note && note.length() <= LONGEST_NOTE)) {
      throw Problem.invalid("/note", "consent-note", Integer.toString(LONGEST_NOTE));
    }
    return tell(request, EventTypes.CONSENT, consent);
  }

  /** Holds it to the checks of every event. */
  private Reply tell(Request request, String type, JsonObject properties) {
    String id =
        Roots.find(store, request.path("id")).orElseThrow(Problem::notFound).getString("_id");
    EventInput event =
        EventInput.read(
            new JsonObject()
                .put("type", type)
                // Whose it is, is known; the reader wants somebody named.
                .put("identifiers", new JsonObject().put("userId", id))
                .put("properties", properties),
            ingest.now());
    ingest.tell(newId(), id, type, HAND, event.properties()).join();
    return taken(id);
  }

  private void requireNew(Map<String, String> identifiers) {
    List<String> keys =
        identifiers.entrySet().stream().map(it -> it.getKey() + ":" + it.getValue()).toList();
    Document known = store.identifiers().find(in("_id", keys)).first();
    if (known != null) {
      String kind = known.getString("_id").substring(0, known.getString("_id").indexOf(':'));
      throw new Problem(
          409,
          "person-known",
          List.of(
              new Problem.Detail(
                  "/identifiers/" + kind,
                  "person-known-as",
                  List.of(known.getString("profileId")))),
          Map.of());
    }
  }

  private static Reply taken(String profileId) {
    return Reply.json(202, new JsonObject().put("id", profileId));
  }

  private static String newId() {
    return HAND + ":" + UUID.randomUUID();
  }

  private static JsonObject object(JsonObject body, String key) {
    Object value = body.getValue(key);
    if (value == null) {
      return new JsonObject();
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw Problem.invalid("/traits", "traits-missing");
  }
}
