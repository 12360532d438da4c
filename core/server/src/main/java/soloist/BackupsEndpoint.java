package soloist;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.job.JobsEndpoint;

/**
 * Backups over HTTP. A browser takes a file by a plain link, beside which nothing can be sent; so
 * who wants one asks for a link first, which is where the passphrase is asked for and a line of the
 * audit log written, and which is good once.
 */
final class BackupsEndpoint {
  private static final String ALL = "/api/v1/backups";
  private static final String ONE = ALL + "/:name";
  private static final Duration GOOD_FOR = Duration.ofMinutes(1);

  private record Link(String name, Instant until) {}

  private final Backups backups;
  private final InstantSource clock;
  private final Map<String, Link> links = new ConcurrentHashMap<>();

  BackupsEndpoint(Backups backups, InstantSource clock) {
    this.backups = backups;
    this.clock = clock;
  }

  void mount(Routes api) {
    api.get(ALL, Permission.SYSTEM_READ, _ -> list());
    api.post(ALL, Permission.CUSTOMERS_EXPORT, _ -> JobsEndpoint.accepted(backups.startByHand()));
    api.post(ONE + "/link", Permission.CUSTOMERS_EXPORT, this::link);
    api.getFile(ONE + "/file", Permission.CUSTOMERS_EXPORT, this::file);
  }

  private Reply list() {
    return Reply.json(
        Map.of(
            "folder",
            backups.folder().toAbsolutePath().toString(),
            "items",
            backups.files().stream().map(BackupsEndpoint::describe).toList()));
  }

  private static Map<String, Object> describe(Path file) {
    try {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("name", file.getFileName().toString());
      shown.put("kind", Backups.isBeforeImport(file) ? "before-import" : "by-hand");
      shown.put("file", file.toAbsolutePath().toString());
      shown.put("bytes", Files.size(file));
      shown.put("at", Files.getLastModifiedTime(file).toInstant());
      return shown;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply link(Request request) {
    Path file = find(request);
    Instant now = clock.instant();
    links.values().removeIf(link -> !now.isBefore(link.until()));
    String once = UUID.randomUUID().toString();
    links.put(once, new Link(file.getFileName().toString(), now.plus(GOOD_FOR)));
    return Reply.json(
        201, new JsonObject().put("link", ALL + "/" + file.getFileName() + "/file?once=" + once));
  }

  private Path file(Request request) {
    Link link = links.remove(request.query("once").orElse(""));
    Path file = find(request);
    boolean isGood =
        link != null
            && link.name().equals(file.getFileName().toString())
            && clock.instant().isBefore(link.until());
    if (!isGood) {
      throw new Problem(403, "backup-link", List.of(), Map.of());
    }
    return file;
  }

  /** By the names that are there, so that no name leads out of the folder. */
  private Path find(Request request) {
    return backups.files().stream()
        .filter(file -> file.getFileName().toString().equals(request.path("name")))
        .findFirst()
        .orElseThrow(Problem::notFound);
  }
}
