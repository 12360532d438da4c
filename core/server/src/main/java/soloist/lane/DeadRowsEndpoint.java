package soloist.lane;

import io.vertx.core.json.JsonObject;
import soloist.http.Page;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;

/** What could not be taken into account, with the cause, and the owner's order to try it again. */
public final class DeadRowsEndpoint {
  private final DeadRows dead;

  public DeadRowsEndpoint(DeadRows dead) {
    this.dead = dead;
  }

  public void mount(Routes api) {
    api.get("/api/v1/dead", Permission.CUSTOMERS_READ, this::list);
    api.post("/api/v1/dead/offer", Permission.CUSTOMERS_WRITE, this::offer);
  }

  private Reply list(Request request) {
    Page page = Page.of(dead.all(), request);
    return Reply.json(page.body(page.documents().stream().map(DeadRows::told).toList()));
  }

  private Reply offer(Request request) {
    if (!(request.json().getValue("id") instanceof String id)) {
      throw Problem.invalid("/id", "dead-id");
    }
    dead.offer(id);
    // Ids may hold anything, so one is named in the body and not in the path.
    return Reply.json(202, new JsonObject().put("id", id));
  }
}
