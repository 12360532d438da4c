package soloist.plugin;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import soloist.http.Json;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.http.Texts;
import soloist.spi.Text;

/** Plugins over HTTP: what there is, and how each comes and goes. */
public final class PluginsEndpoint {
  private static final String ONE = "/api/v1/plugins/:id";

  private final PluginHost plugins;

  /** By what a version is; the same bytes always do the same. */
  private final Map<String, List<Map<String, Object>>> findings = new ConcurrentHashMap<>();

  private final Map<String, Text> names = new ConcurrentHashMap<>();

  public PluginsEndpoint(PluginHost plugins) {
    this.plugins = plugins;
  }

  public void mount(Routes api) {
    api.get("/api/v1/plugins", Permission.SYSTEM_READ, this::list);
    api.postFile(
        "/api/v1/plugins",
        Permission.PLUGINS_INSTALL,
        Unpacker.MOST_BYTES,
        plugins::incoming,
        this::upload);
    api.get(
        ONE, Permission.SYSTEM_READ, request -> Reply.json(200, card(request, request.path("id"))));
    api.get(ONE + "/schema", Permission.SYSTEM_READ, this::schema);
    api.post(
        ONE + "/install",
        Permission.PLUGINS_INSTALL,
        change((id, body) -> plugins.install(id, text(body, "sha256"), text(body, "fingerprint"))));
    api.post(ONE + "/enable", Permission.PLUGINS_INSTALL, change((id, _) -> plugins.enable(id)));
    api.post(
        ONE + "/disable",
        Permission.SETTINGS_WRITE,
        change((id, body) -> plugins.disable(id, isForced(body))));
    api.post(
        ONE + "/rollback", Permission.PLUGINS_INSTALL, change((id, _) -> plugins.rollback(id)));
    api.post(
        ONE + "/remove",
        Permission.PLUGINS_INSTALL,
        request -> {
          make((id, body) -> plugins.remove(id, isForced(body)), request);
          return Reply.json(Map.of("id", request.path("id"), "removed", true));
        });
  }

  private interface Change {
    void make(String id, JsonObject body) throws IOException;
  }

  private static void make(Change change, Request request) {
    try {
      change.make(request.path("id"), request.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Routes.Handler change(Change change) {
    return request -> {
      make(change, request);
      return Reply.json(200, card(request, request.path("id")));
    };
  }

  private Reply list(Request request) {
    List<JsonObject> items =
        plugins.cards().all().stream().map(view -> card(request.language(), view)).toList();
    return Reply.json(
        200, new JsonObject().put("items", items).put("safeMode", plugins.isSafeMode()));
  }

  private Reply upload(Request request, Path file) {
    try {
      String id = plugins.upload(file, request.header("Soloist-Plugin-Signature"));
      return Reply.json(201, card(request, id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply schema(Request request) {
    return Reply.json(
        200, plugins.schema(request.path("id")).orElseThrow(Problem::notFound).document());
  }

  private JsonObject card(Request request, String id) {
    return card(request.language(), plugins.cards().find(id).orElseThrow(Problem::notFound));
  }

  private JsonObject card(String language, PluginCards.View view) {
    Optional<Installed> installed = view.installed();
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("id", view.id());
    card.put("state", view.state());
    card.put("failure", view.failure() == null ? null : view.failure().texts());
    card.put("enabled", installed.map(Installed::enabled).orElse(false));
    card.put("kinds", view.kinds());
    card.put("current", view.current().map(kept -> version(kept, installed)).orElse(null));
    card.put("candidate", view.candidate().map(kept -> version(kept, installed)).orElse(null));
    card.put("previous", installed.map(Installed::previous).map(PluginsEndpoint::old).orElse(null));
    card.put(
        "uses",
        view.uses().stream()
            .map(
                use ->
                    Map.of(
                        "pointer", use.pointer(),
                        "code", use.code(),
                        "message", Texts.say(language, use.code(), use.values())))
            .toList());
    return Json.object(card);
  }

  private Map<String, Object> version(Shelf.Kept kept, Optional<Installed> installed) {
    Manifest manifest = kept.manifest();
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("version", manifest.version());
    version.put("name", texts(names.computeIfAbsent(kept.sha256(), _ -> name(kept))));
    version.put("provider", manifest.provider());
    version.put("description", texts(manifest.description()));
    version.put("permissions", texts(manifest.permissions()));
    version.put("requires", manifest.requires());
    version.put("needs", manifest.dependencies().stream().map(it -> it.getPluginId()).toList());
    version.put("goals", manifest.goals());
    version.put("sha256", kept.sha256());
    version.put("bytes", kept.size());
    version.put("publisher", kept.publisher().isEmpty() ? null : kept.publisher());
    version.put("fingerprint", kept.fingerprint().isEmpty() ? null : kept.fingerprint());
    version.put("findings", findings.computeIfAbsent(kept.sha256(), _ -> findings(kept)));
    Installed.Version current = installed.map(Installed::current).orElse(null);
    version.put(
        "shipped", current != null && current.shipped() && current.sha256().equals(kept.sha256()));
    return version;
  }

  private static Text name(Shelf.Kept kept) {
    String id = kept.manifest().id();
    try {
      return ConfigSchema.read(kept.folder()).title().orElseGet(() -> new Text(id, id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What its code may do, in words, for an owner who is about to say yes. */
  private static List<Map<String, Object>> findings(Shelf.Kept kept) {
    return Lint.look(kept).stream()
        .map(
            finding ->
                Map.<String, Object>of(
                    "power", finding.power().word(),
                    "said", finding.isSaid(),
                    "where", finding.where(),
                    "message",
                        Map.of(
                            Texts.ENGLISH, sentence(Texts.ENGLISH, finding),
                            Texts.CHINESE, sentence(Texts.CHINESE, finding))))
        .toList();
  }

  private static String sentence(String language, Lint.Finding finding) {
    String what =
        Texts.say(language, "plugin-does." + finding.power().word(), finding.where().getFirst());
    return finding.isSaid() ? what : what + " " + Texts.say(language, "plugin-does.unsaid");
  }

  private static Map<String, Object> old(Installed.Version version) {
    return Map.of("version", version.number(), "sha256", version.sha256());
  }

  private static Map<String, Object> texts(Text text) {
    return Map.of(Texts.ENGLISH, text.en(), Texts.CHINESE, text.zh());
  }

  private static boolean isForced(JsonObject body) {
    return Boolean.TRUE.equals(body.getValue("force"));
  }

  private static String text(JsonObject body, String key) {
    return body.getValue(key) instanceof String text ? text : "";
  }
}
