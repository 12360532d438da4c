package soloist.tracking;

import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import soloist.http.Door;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.profile.EventTypes;
import soloist.security.Links;

/** What people do with a mail: {@code /o} open, {@code /c} click, {@code /u} unsubscribe. */
public final class TrackingEndpoint {
  private static final byte[] PIXEL =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==");

  private final Links links;
  private final Responses responses;
  private final UnsubscribePage page;

  public TrackingEndpoint(Links links, Responses responses, UnsubscribePage page) {
    this.links = links;
    this.responses = responses;
    this.page = page;
  }

  public void mount(Routes open) {
    open.get("/o/:token", Door.OPEN, this::opened);
    open.get("/c/:token", Door.OPEN, this::clicked);
    open.get(
        "/u/page.css",
        Door.OPEN,
        _ ->
            new Reply(
                200, Map.of("Content-Type", "text/css"), Buffer.buffer(UnsubscribePage.STYLE)));
    open.get("/u/:token", Door.OPEN, this::ask);
    open.postForm("/u/:token", Door.OPEN, this::unsubscribe);
  }

  private Reply opened(Request request) {
    Links.Link link = read(Links.Kind.OPEN, request);
    if (!request.isHead()) {
      responses.note(link, EventTypes.OPENED, UUID.randomUUID().toString());
    }
    return new Reply(200, Map.of("Content-Type", "image/gif"), Buffer.buffer(PIXEL));
  }

  /** Goes on even when the store is away: the destination is in the signed token. */
  private Reply clicked(Request request) {
    Links.Link link = read(Links.Kind.CLICK, request);
    if (!request.isHead()) {
      responses.note(link, EventTypes.CLICKED, UUID.randomUUID().toString());
    }
    return new Reply(302, Map.of("Location", link.destination()), Buffer.buffer());
  }

  /** Shows a page with a button. A mail scanner that fetches every link changes nothing. */
  private Reply ask(Request request) {
    read(Links.Kind.UNSUBSCRIBE, request);
    return Reply.html(200, page.ask(request.language()));
  }

  private Reply unsubscribe(Request request) {
    return switch (responses.unsubscribe(read(Links.Kind.UNSUBSCRIBE, request))) {
      case KEPT -> Reply.html(200, page.done(request.language()));
      case OPEN -> Reply.html(503, page.open(request.language())).with("Retry-After", "60");
      case UNKNOWN -> throw Problem.notFound();
    };
  }

  private Links.Link read(Links.Kind kind, Request request) {
    return links.read(kind, request.path("token")).orElseThrow(Problem::notFound);
  }
}
