package soloist.profiling;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import soloist.http.Page;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.job.JobsEndpoint;
import soloist.profile.ProfileSummaries;
import soloist.profile.Roots;
import soloist.store.Store;

/** Runs of profilers and what they have learnt. */
public final class ProfilingEndpoint {
  private static final long USUAL_SEED = 1;

  private final Profiling profiling;

  private final Store store;
  private final ProfileSummaries summaries;
  private final Worths worths;

  public ProfilingEndpoint(Profiling profiling, Store store, ProfileSummaries summaries) {
    this.profiling = profiling;
    this.store = store;
    this.summaries = summaries;
    worths = new Worths(store);
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
    api.post(
        "/api/v1/models/:id/stand",
        Permission.MARKETING_WRITE,
        request -> JobsEndpoint.accepted(profiling.stand(request.path("id"))));
    api.post(
        "/api/v1/models/:id/decline",
        Permission.MARKETING_WRITE,
        request -> Reply.json(shown(profiling.decline(request.path("id")))));
    api.post(
        "/api/v1/models/:id/seen",
        Permission.MARKETING_WRITE,
        request -> Reply.json(shown(profiling.seen(request.path("id")))));
    api.get(
        "/api/v1/worth",
        Permission.CUSTOMERS_READ,
        request ->
            Reply.json(
                Map.of("items", worths.of(request.query("segment").orElse(Worths.EVERYBODY)))));
    api.get("/api/v1/models/:id/people", Permission.CUSTOMERS_READ, this::people);
  }

  /** The people in one cell of the confusion matrix. */
  private Reply people(Request request) {
    String model = request.path("id");
    if (profiling.models().find(model).isEmpty()) {
      throw Problem.notFound();
    }
    Page page =
        Page.of(
            profiling.foretold().of(model, isYes(request, "named"), isYes(request, "came")),
            request);
    // Who has become one with somebody else is shown as who they are now.
    Map<String, Document> people =
        Roots.findAll(
            store, page.documents().stream().map(each -> each.getString("profileId")).toList());
    List<Map<String, Object>> items = new ArrayList<>();
    for (Document each : page.documents()) {
      Document person = people.get(each.getString("profileId"));
      if (person != null) {
        items.add(
            Map.of(
                "person",
                summaries.of(List.of(person)).getFirst(),
                "chance",
                each.getDouble("chance")));
      }
    }
    return Reply.json(page.body(items));
  }

  private static boolean isYes(Request request, String key) {
    return switch (request.query(key).orElse("")) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw Problem.invalid(key, "model-cell");
    };
  }

  private Reply start(Request request) {
    JsonObject body = request.json();
    long seed =
        switch (body.getValue("seed", USUAL_SEED)) {
          case Integer number -> number;
          case Long number -> number;
          case null, default -> throw Problem.invalid("/seed", "profiler-seed");
        };
    Learning.Manner manner =
        Boolean.TRUE.equals(body.getValue("challenge"))
            ? Learning.Manner.CHALLENGES
            : Learning.Manner.TAKES_OVER;
    return JobsEndpoint.accepted(profiling.start(request.path("id"), seed, manner));
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
    String standing = profiling.standingId(model.instance()).orElse("");
    return model.toJson(profiling.isRunning(model.instance()), standing);
  }
}
