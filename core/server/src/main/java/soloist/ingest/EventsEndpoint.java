package soloist.ingest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;

/**
 * {@code POST /api/v1/events} and {@code POST /api/v1/events/batch}: answer 202 when what was sent
 * is on disk.
 */
public final class EventsEndpoint {
  private static final String EVENTS = "events";
  private static final String ORIGIN = "api";
  private static final int MOST_EVENTS = 1_000;
  private static final int LARGEST_BATCH = 1 << 20;
  private static final int MOST_FAULTS = 50;

  private final Ingest ingest;

  public EventsEndpoint(Ingest ingest) {
    this.ingest = ingest;
  }

  public void mount(Routes api) {
    api.post("/api/v1/events", Permission.EVENTS_WRITE, this::post);
    api.post("/api/v1/events/batch", Permission.EVENTS_WRITE, LARGEST_BATCH, this::postAll);
  }

  private Reply post(Request request) {
    EventInput event = EventInput.read(request.json(), ingest.now());
    boolean fresh = ingest.accept(event, ORIGIN).join();
    return Reply.json(202, taken(event, fresh));
  }

  /** All or none: one fault anywhere, and nothing is taken. */
  private Reply postAll(Request request) {
    List<EventInput> events = read(request.json(), ingest.now());
    List<Boolean> fresh = ingest.acceptAll(events, ORIGIN);
    JsonArray all = new JsonArray();
    for (int i = 0; i < events.size(); i++) {
      all.add(taken(events.get(i), fresh.get(i)));
    }
    return Reply.json(202, new JsonObject().put(EVENTS, all));
  }

  private static JsonObject taken(EventInput event, boolean fresh) {
    return new JsonObject().put("id", event.id()).put("duplicate", !fresh);
  }

  private static List<EventInput> read(JsonObject body, Instant now) {
    List<Problem.Detail> faults = new ArrayList<>();
    for (String field : body.fieldNames()) {
      if (!field.equals(EVENTS)) {
        faults.add(new Problem.Detail("/" + field, "unknown-field", List.of(EVENTS)));
      }
    }
    List<EventInput> events = new ArrayList<>();
    JsonArray array = body.getValue(EVENTS) instanceof JsonArray list ? list : new JsonArray();
    if (array.isEmpty() || array.size() > MOST_EVENTS) {
      faults.add(fault("/" + EVENTS));
    }
    for (int i = 0; i < array.size() && faults.size() < MOST_FAULTS; i++) {
      String pointer = "/" + EVENTS + "/" + i;
      if (array.getValue(i) instanceof JsonObject event) {
        try {
          events.add(EventInput.read(event, now));
        } catch (Problem e) {
          e.details().forEach(detail -> faults.add(detail.below(pointer)));
        }
      } else {
        faults.add(fault(pointer));
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults.subList(0, Math.min(MOST_FAULTS, faults.size())));
    }
    return events;
  }

  private static Problem.Detail fault(String pointer) {
    return new Problem.Detail(pointer, "events-list", List.of(Integer.toString(MOST_EVENTS)));
  }
}
