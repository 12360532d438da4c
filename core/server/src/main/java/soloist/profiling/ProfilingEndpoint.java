package soloist.profiling;

import java.util.Map;
import soloist.http.Page;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.job.JobsEndpoint;

/** Runs of profilers and what they have learnt. */
public final class ProfilingEndpoint {
  private static final long USUAL_SEED = 1;

  private final Profiling profiling;

  public ProfilingEndpoint(Profiling profiling) {
    this.profiling = profiling;
  }

  public void mount(Routes api) {
    api.get("/api/v1/instances/:id/runs", Permission.CUSTOMERS_READ, this::runs);
    api.post("/api/v1/instances/:id/runs", Permission.MARKETING_WRITE, this::start);
    api.get("/api/v1/instances/:id/models", Permission.CUSTOMERS_READ, this::list);
    api.get(
        "/api/v1/models",
        Permission.CUSTOMERS_READ,
        _ -> Reply.json(Map.of("items", profiling.latest().stream().map(this::shown).toList())));
    api.get(
        "/api/v1/models/:id",
        Permission.CUSTOMERS_READ,
        request ->
            Reply.json(
                shown(profiling.models().find(request.path("id")).orElseThrow(Problem::notFound))));
    api.post(
        "/api/v1/models/:id/resume",
        Permission.MARKETING_WRITE,
        request -> JobsEndpoint.accepted(profiling.resume(request.path("id"))));
  }

  private Reply start(Request request) {
    long seed =
        switch (request.json().getValue("seed", USUAL_SEED)) {
          case Integer number -> number;
          case Long number -> number;
          case null, default -> throw Problem.invalid("/seed", "profiler-seed");
        };
    return JobsEndpoint.accepted(profiling.start(request.path("id"), seed));
  }

  private Reply runs(Request request) {
    return Reply.json(
        Map.of(
            "items",
            profiling.run(request.path("id")).stream()
                .map(job -> job.toJson(request.language()))
                .toList()));
  }

  private Reply list(Request request) {
    Page page = Page.of(profiling.models().of(request.path("id")), request);
    return Reply.json(
        page.body(page.documents().stream().map(Model::of).map(this::shown).toList()));
  }

  private Map<String, Object> shown(Model model) {
    return model.toJson(profiling.isRunning(model.instance()));
  }
}
