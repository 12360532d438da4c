package soloist.tracking;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import soloist.http.Door;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.ingest.EventInput;
import soloist.ingest.Ingest;

/**
 * What people do on the owner's websites: {@code /t.js} is put into their pages and tells {@code
 * /e}; which sites these are is said at {@code /api/v1/sites}.
 */
public final class VisitsEndpoint {
  private static final int LARGEST_VISIT = 16 * 1024;
  private static final String ORIGIN = "tracker";
  private static final Pattern ROBOT =
      Pattern.compile(
          "bot\\b|crawl|spider|slurp|preview|monitor|facebookexternalhit",
          Pattern.CASE_INSENSITIVE);
  private static final Buffer SCRIPT = script();

  private final Sites sites;
  private final Ingest ingest;
  private final Supplier<URI> here;

  /**
   * @param here what the address of this server begins with for everybody
   */
  public VisitsEndpoint(Sites sites, Ingest ingest, Supplier<URI> here) {
    this.sites = sites;
    this.ingest = ingest;
    this.here = here;
  }

  /** Routes of everybody. */
  public void mount(Routes open) {
    open.get(
        "/t.js",
        Door.OPEN,
        _ ->
            new Reply(
                200,
                Map.of(
                    "Content-Type",
                    "text/javascript; charset=utf-8",
                    "Cache-Control",
                    "public, max-age=3600"),
                SCRIPT));
    open.postText("/e", Door.OPEN, LARGEST_VISIT, this::take);
  }

  /** Routes of the owner. */
  public void mountSites(Routes api) {
    api.get("/api/v1/sites", Permission.SYSTEM_READ, _ -> reply());
    api.post(
        "/api/v1/sites",
        Permission.SETTINGS_WRITE,
        request -> {
          sites.replace(origins(request.json()));
          return reply();
        });
  }

  /**
   * Takes one visit; on disk when it is answered. Of somebody who asks not to be followed (Sec-GPC,
   * Global Privacy Control) or has no id, only a number is kept.
   */
  private Reply take(Request request) {
    String origin = request.header("Origin").orElse("");
    if (!sites.contains(origin)) {
      throw new Problem(403, "site-unknown", List.of(), Map.of());
    }
    Visit visit = Visit.read(request.json(), origin);
    if (request.header("User-Agent").filter(agent -> ROBOT.matcher(agent).find()).isPresent()) {
      return taken();
    }
    boolean isPrivate = request.header("Sec-GPC").filter("1"::equals).isPresent();
    if (isPrivate || visit.visitor().isEmpty()) {
      sites.count(visit.type(), ingest.now());
    } else {
      String visitor = visit.visitor().get();
      EventInput event = EventInput.read(visit.event(visitor), ingest.now());
      ingest.accept(event.as("visit:" + visitor + ":" + visit.id()), ORIGIN).join();
    }
    return taken();
  }

  private static Reply taken() {
    return new Reply(202, Map.of(), Buffer.buffer());
  }

  private Reply reply() {
    return Reply.json(
        Map.of(
            "origins",
            sites.origins(),
            "script",
            here.get().resolve("/t.js").toString(),
            "unlinked",
            sites.counted(ingest.now())));
  }

  private static List<String> origins(JsonObject body) {
    if (body.getValue("origins") instanceof JsonArray array
        && array.stream().allMatch(String.class::isInstance)) {
      return array.stream().map(String.class::cast).toList();
    }
    throw Problem.invalid("/origins", "site-list");
  }

  private static Buffer script() {
    try (InputStream in =
        Objects.requireNonNull(
            VisitsEndpoint.class.getResourceAsStream("/soloist/tracking/t.js"))) {
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
