package soloist.ingest;

import io.vertx.core.json.JsonObject;
import soloist.http.Permission;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;

/** {@code POST /api/v1/events}: answers 202 when the event is on disk. */
public final class EventsEndpoint {
  private final Ingest ingest;

  public EventsEndpoint(Ingest ingest) {
    this.ingest = ingest;
  }

  public void mount(Routes api) {
    api.post("/api/v1/events", Permission.EVENTS_WRITE, this::post);
  }

  private Reply post(Request request) {
    EventInput event = EventInput.read(request.json(), ingest.now());
    boolean fresh = ingest.accept(event, "api").join();
    return Reply.json(202, new JsonObject().put("id", event.id()).put("duplicate", !fresh));
  }
}
