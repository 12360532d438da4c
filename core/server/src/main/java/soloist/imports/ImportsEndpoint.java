package soloist.imports;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import soloist.http.Json;
import soloist.http.Page;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.job.JobsEndpoint;

/** Imports over HTTP: upload, look, try, bring in. */
public final class ImportsEndpoint {
  private static final String ALL = "/api/v1/imports";
  private static final String ONE = ALL + "/:id";
  private static final long MOST_BYTES = 1L << 30;
  private static final int LONGEST_NAME = 200;

  private final Imports imports;

  public ImportsEndpoint(Imports imports) {
    this.imports = imports;
  }

  public void mount(Routes api) {
    api.get(ALL, Permission.CUSTOMERS_READ, this::list);
    api.postFile(
        ALL, Permission.CUSTOMERS_WRITE, MOST_BYTES, imports.uploads()::incoming, this::upload);
    api.get(
        ONE,
        Permission.CUSTOMERS_READ,
        request -> one(200, imports.require(request.path("id")), request.language()));
    api.post(
        ONE + "/survey",
        Permission.CUSTOMERS_WRITE,
        answer(
            request ->
                one(
                    200,
                    imports.surveyAgain(request.path("id"), request.json(), request.language()),
                    request.language())));
    api.post(
        ONE + "/preview",
        Permission.CUSTOMERS_WRITE,
        answer(
            request -> JobsEndpoint.accepted(imports.preview(request.path("id"), request.json()))));
    api.post(
        ONE + "/start",
        Permission.CUSTOMERS_WRITE,
        answer(
            request -> JobsEndpoint.accepted(imports.start(request.path("id"), request.json()))));
    api.post(
        ONE + "/resume",
        Permission.CUSTOMERS_WRITE,
        answer(request -> JobsEndpoint.accepted(imports.resume(request.path("id")))));
    api.post(
        ONE + "/undo",
        Permission.CUSTOMERS_WRITE,
        request -> JobsEndpoint.accepted(imports.undo(request.path("id"))));
    api.get(ONE + "/rejects", Permission.CUSTOMERS_WRITE, answer(this::rejects));
  }

  private interface Answer {
    Reply to(Request request) throws IOException;
  }

  private static Routes.Handler answer(Answer answer) {
    return request -> {
      try {
        return answer.to(request);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private Reply list(Request request) {
    Page page = Page.of(imports.store().all(), request);
    return Reply.json(
        page.body(page.documents().stream().map(Import::of).map(this::summary).toList()));
  }

  private Reply upload(Request request, Path file) {
    try {
      String name = request.query("name").orElseThrow(() -> Problem.invalid("name", "import-name"));
      if (name.length() > LONGEST_NAME || name.matches("(?s).*\\p{Cntrl}.*")) {
        throw Problem.invalid("name", "import-name");
      }
      String plugin = request.query("plugin").orElse("connector-csv");
      return one(201, imports.add(file, name, plugin, request.language()), request.language());
    } catch (IOException e) {
      delete(file);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      delete(file);
      throw e;
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply rejects(Request request) throws IOException {
    Import file = imports.require(request.path("id"));
    String csv =
        Rejects.csv(
            imports.uploads().rejects(file), file.state().rejectBytes(), request.language());
    return new Reply(
        200,
        Map.of(
            "Content-Type",
            "text/csv; charset=utf-8",
            "Content-Disposition",
            "attachment; filename=\"rejected-" + file.id() + ".csv\""),
        Buffer.buffer(csv));
  }

  private Reply one(int status, Import file, String language) {
    Map<String, Object> shown = summary(file);
    shown.put("sha256", file.sha256());
    shown.put("survey", file.survey());
    Import.Order order = file.order();
    shown.put("settings", order == null ? null : order.reading().shown().get("settings"));
    shown.put("mapping", order == null ? null : order.reading().shown().get("mapping"));
    ConsentAnswer consent = order == null ? null : order.consent();
    shown.put(
        "consent",
        consent == null
            ? null
            : Map.of("purpose", consent.purpose(), "source", consent.source(), "at", consent.at()));
    shown.put("startsCampaigns", order != null && order.startsCampaigns());
    shown.put("backup", file.backup().isEmpty() ? null : file.backup());
    shown.put("preview", imports.job(file.preview()).map(job -> job.toJson(language)).orElse(null));
    shown.put("job", imports.job(file.job()).map(job -> job.toJson(language)).orElse(null));
    Import.Undoing undoing = file.undoing();
    shown.put(
        "undo",
        undoing == null
            ? null
            : imports.job(undoing.job()).map(job -> job.toJson(language)).orElse(null));
    return Reply.json(status, Json.object(shown));
  }

  private Map<String, Object> summary(Import file) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("id", file.id());
    summary.put("name", file.name());
    summary.put("plugin", file.plugin());
    summary.put("state", imports.state(file));
    summary.put("createdAt", file.createdAt());
    summary.put("size", file.size());
    summary.put("counts", file.state().tally().toMap());
    return summary;
  }
}
