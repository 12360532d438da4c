package soloist.privacy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.job.JobsEndpoint;
import soloist.store.Store;

/** What a person may ask of the owner: a copy of everything, and to be forgotten. */
public final class PrivacyEndpoint {
  private final Export export;
  private final Erasure erasure;

  public PrivacyEndpoint(Store store, List<Traces> traces, Erasure erasure, InstantSource clock) {
    this.export = new Export(store, traces, clock);
    this.erasure = erasure;
  }

  public void mount(Routes api) {
    api.post("/api/v1/profiles/:id/export", Permission.CUSTOMERS_EXPORT, this::export);
    api.post("/api/v1/profiles/:id/erase", Permission.CUSTOMERS_ERASE, this::erase);
  }

  private Reply export(Request request) {
    try {
      return new Reply(
          200,
          Map.of(
              "Content-Type", "application/zip",
              "Content-Disposition", "attachment; filename=\"customer.zip\""),
          Buffer.buffer(export.of(request.path("id"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The word has to be sent, so that no slip of a program forgets somebody. */
  private Reply erase(Request request) {
    JsonObject body = request.json();
    if (!"erase".equals(body.getValue("confirm"))) {
      throw Problem.invalid("/confirm", "erasure-confirm");
    }
    return JobsEndpoint.accepted(erasure.start(request.path("id")));
  }
}
