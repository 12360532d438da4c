package soloist.profiling;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.job.JobsEndpoint;
import soloist.plugin.Instances.Instance;

/** How profilers are kept true: when they are repeated, whether they have drifted, what waits. */
public final class UpkeepEndpoint {
  private static final String ONE = "/api/v1/instances/:id/upkeep";

  private final Profiling profiling;
  private final Repeats repeats;

  public UpkeepEndpoint(Profiling profiling, Repeats repeats) {
    this.profiling = profiling;
    this.repeats = repeats;
  }

  public void mount(Routes api) {
    api.get(
        "/api/v1/upkeep", Permission.CUSTOMERS_READ, _ -> Reply.json(Map.of("items", calling())));
    api.get(
        ONE, Permission.CUSTOMERS_READ, request -> Reply.json(shown(require(request.path("id")))));
    api.post(ONE, Permission.MARKETING_WRITE, this::plan);
    api.post(
        "/api/v1/instances/:id/look",
        Permission.MARKETING_WRITE,
        request ->
            JobsEndpoint.accepted(profiling.start(request.path("id"), 1, Learning.Manner.LOOKS)));
  }

  /** Those that call for the owner: a model waits for a word, or people have moved away. */
  private List<Map<String, Object>> calling() {
    List<Map<String, Object>> calling = new ArrayList<>();
    for (Instance instance : profiling.instances()) {
      Map<String, Object> shown = shown(instance);
      if (shown.get("waiting") != null || "much".equals(shown.get("drift"))) {
        calling.add(shown);
      }
    }
    return calling;
  }

  private Reply plan(Request request) {
    Instance instance = require(request.path("id"));
    profiling.wanted(instance.id());
    JsonObject body = request.json();
    Rhythm rhythm =
        switch (body.getValue("repeat")) {
          case JsonObject repeat -> Rhythm.read(repeat);
          case null -> null;
          default -> throw Problem.invalid("/repeat", "upkeep-every");
        };
    repeats.plan(instance.id(), rhythm, Boolean.TRUE.equals(body.getValue("asks")));
    return Reply.json(shown(instance));
  }

  private Instance require(String id) {
    return profiling.instances().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(Problem::notFound);
  }

  private Map<String, Object> shown(Instance instance) {
    Optional<String> standing = profiling.standingId(instance.id());
    Map<String, Object> json =
        new LinkedHashMap<>(profiling.upkeeps().find(instance.id()).toJson());
    json.put("name", instance.name());
    json.put("zone", repeats.zone());
    json.put("standing", standing.orElse(null));
    json.put("drift", standing.flatMap(profiling.models()::mark).orElse(null));
    json.put(
        "waiting", profiling.models().waiting(instance.id()).stream().findFirst().orElse(null));
    return json;
  }
}
