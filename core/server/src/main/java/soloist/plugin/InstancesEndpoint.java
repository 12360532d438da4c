package soloist.plugin;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import soloist.http.Json;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;

/** Configured instances over HTTP. */
public final class InstancesEndpoint {
  private static final String ALL = "/api/v1/instances";
  private static final String ONE = ALL + "/:id";

  private final Instances instances;
  private final Tried tried;
  private final TestButton button;

  public InstancesEndpoint(PluginHost plugins) {
    instances = plugins.instances();
    tried = plugins.tried();
    button = new TestButton(plugins);
  }

  public void mount(Routes api) {
    api.get(
        ALL,
        Permission.SYSTEM_READ,
        _ ->
            Reply.json(
                Map.of("items", instances.all().stream().map(InstancesEndpoint::shown).toList())));
    api.post(
        ALL, Permission.SECRETS_WRITE, request -> reply(201, instances.create(request.json())));
    api.get(
        ONE,
        Permission.SYSTEM_READ,
        request -> reply(200, instances.find(request.path("id")).orElseThrow(Problem::notFound)));
    api.post(
        ONE,
        Permission.SECRETS_WRITE,
        request -> reply(200, instances.update(request.path("id"), request.json())));
    api.post(
        ONE + "/remove",
        Permission.SECRETS_WRITE,
        request -> {
          instances.remove(request.path("id"));
          return Reply.json(Map.of("id", request.path("id"), "removed", true));
        });
    api.post(
        ONE + "/enable",
        Permission.SETTINGS_WRITE,
        request -> reply(200, instances.enable(request.path("id"), true)));
    api.post(
        ONE + "/disable",
        Permission.SETTINGS_WRITE,
        request -> reply(200, instances.enable(request.path("id"), false)));
    api.post(ONE + "/test", Permission.SETTINGS_WRITE, this::test);
  }

  private Reply test(Request request) {
    Instances.Instance instance = instances.find(request.path("id")).orElseThrow(Problem::notFound);
    JsonObject body = request.json();
    String recipient = body.getValue("recipient") instanceof String text ? text : "";
    Map<String, Object> result = button.press(instance, recipient, request.language());
    if (Boolean.TRUE.equals(result.get("ok"))) {
      tried.note(instance, request.caller().name());
    }
    return Reply.json(result);
  }

  private static Reply reply(int status, Instances.Instance instance) {
    return Reply.json(status, Json.object(shown(instance)));
  }

  private static Map<String, Object> shown(Instances.Instance instance) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", instance.id());
    shown.put("plugin", instance.plugin());
    shown.put("name", instance.name());
    shown.put("enabled", instance.enabled());
    shown.put("settings", instance.settings());
    shown.put("secretsSet", instance.secrets().stream().toList());
    shown.put("setBy", instance.origin().text());
    return shown;
  }
}
