package soloist.plugin;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.ReplaceOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bson.Document;
import soloist.http.Json;
import soloist.http.Problem;
import soloist.security.Keys;
import soloist.spi.Settings;
import soloist.store.Store;

/**
 * What the owner has configured: instances of the types that plugins bring, several of one type if
 * they like. Settings that are secret are sealed in the store and never told again.
 */
public final class Instances {
  private static final String USE = "instances";
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final int LONGEST_NAME = 100;

  /** The channel that the command line configures. */
  private static final Set<String> RESERVED = Set.of("email");

  /**
   * One instance as it may be shown.
   *
   * @param settings those that are no secrets
   * @param secrets the keys of secrets that are set
   * @param enabled whether it is to work
   * @param revision another one after each change of its settings
   */
  public record Instance(
      String id,
      String plugin,
      String name,
      Map<String, Object> settings,
      Set<String> secrets,
      boolean enabled,
      String revision) {}

  private final Store store;
  private final Keys keys;
  private final Function<String, Optional<ConfigSchema>> schemas;

  Instances(Store store, Keys keys, Function<String, Optional<ConfigSchema>> schemas) {
    this.store = store;
    this.keys = keys;
    this.schemas = schemas;
  }

  public List<Instance> all() {
    List<Instance> all = new ArrayList<>();
    store.instances().find().sort(new Document("_id", 1)).forEach(it -> all.add(shown(it)));
    return all;
  }

  List<Instance> of(String plugin) {
    return all().stream().filter(instance -> instance.plugin().equals(plugin)).toList();
  }

  public Optional<Instance> find(String id) {
    return stored(id).map(Instances::shown);
  }

  /**
   * The settings as the plugin gets them, secrets in the clear.
   *
   * @throws Problem when there is no such instance
   */
  public Settings settings(String id) {
    return settings(stored(id).orElseThrow(Problem::notFound));
  }

  /**
   * Checks and stores a new instance.
   *
   * @throws Problem with every fault and its field
   */
  Instance create(JsonObject body) {
    String id = text(body, "id");
    if (!ID.matcher(id).matches() || RESERVED.contains(id)) {
      throw Problem.invalid("/id", "instance-id", id);
    }
    if (stored(id).isPresent()) {
      throw Problem.invalid("/id", "instance-there", id);
    }
    return save(id, text(body, "plugin"), body, new Document(), true);
  }

  /** Checks and stores new settings; a secret that is left out stays as it is. */
  Instance update(String id, JsonObject body) {
    Document before = stored(id).orElseThrow(Problem::notFound);
    return save(
        id,
        before.getString("plugin"),
        body,
        before.get("secrets", Document.class),
        shown(before).enabled());
  }

  /** Lets an instance work, or not. */
  Instance enable(String id, boolean on) {
    store.instances().updateOne(eq("_id", id), set("enabled", on));
    return find(id).orElseThrow(Problem::notFound);
  }

  void remove(String id) {
    if (store.instances().deleteOne(eq("_id", id)).getDeletedCount() == 0) {
      throw Problem.notFound();
    }
  }

  /** What is wrong with an instance's settings under another version of its plugin. */
  List<Problem.Detail> check(Instance instance, ConfigSchema schema) {
    Document stored = stored(instance.id()).orElseThrow(Problem::notFound);
    JsonObject whole = Json.object(instance.settings());
    open(instance.id(), stored.get("secrets", Document.class)).forEach(whole::put);
    return schema.check(whole);
  }

  private Instance save(
      String id, String plugin, JsonObject body, Document sealedBefore, boolean enabled) {
    ConfigSchema schema =
        schemas
            .apply(plugin)
            .orElseThrow(() -> Problem.invalid("/plugin", "instance-plugin", plugin));
    String name = text(body, "name");
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw Problem.invalid("/name", "instance-name");
    }
    if (!(body.getValue("settings", new JsonObject()) instanceof JsonObject given)) {
      throw Problem.invalid("/settings", "json-object");
    }
    JsonObject whole = given.copy();
    for (String key : schema.secrets()) {
      if (given.containsKey(key) && given.getValue(key) == null) {
        whole.remove(key);
      } else if (!given.containsKey(key) && sealedBefore.containsKey(key)) {
        whole.put(key, open(id, sealedBefore).get(key));
      }
    }
    List<Problem.Detail> faults = schema.check(whole);
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    Document settings = new Document();
    Document secrets = new Document();
    Json.plain(whole)
        .forEach(
            (key, value) -> {
              if (schema.secrets().contains(key)) {
                secrets.append(key, seal(id, key, value.toString()));
              } else {
                settings.append(key, value);
              }
            });
    Document instance =
        new Document("_id", id)
            .append("plugin", plugin)
            .append("name", name)
            .append("settings", settings)
            .append("secrets", secrets)
            .append("enabled", enabled)
            .append("revision", UUID.randomUUID().toString());
    store.instances().replaceOne(eq("_id", id), instance, new ReplaceOptions().upsert(true));
    return shown(instance);
  }

  private Settings settings(Document stored) {
    Map<String, String> values = new HashMap<>();
    stored
        .get("settings", Document.class)
        .forEach((key, value) -> values.put(key, value.toString()));
    values.putAll(open(stored.getString("_id"), stored.get("secrets", Document.class)));
    return new Settings(values);
  }

  private Map<String, String> open(String id, Document sealed) {
    Map<String, String> secrets = new LinkedHashMap<>();
    for (String key : sealed.keySet()) {
      byte[] bytes = Base64.getDecoder().decode(sealed.getString(key));
      secrets.put(key, new String(keys.open(USE, place(id, key), bytes), StandardCharsets.UTF_8));
    }
    return secrets;
  }

  private String seal(String id, String key, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(keys.seal(USE, place(id, key), bytes));
  }

  private static String place(String id, String key) {
    return "instances|" + id + "|" + key;
  }

  private Optional<Document> stored(String id) {
    return Optional.ofNullable(store.instances().find(eq("_id", id)).first());
  }

  private static Instance shown(Document stored) {
    return new Instance(
        stored.getString("_id"),
        stored.getString("plugin"),
        stored.getString("name"),
        new LinkedHashMap<>(stored.get("settings", Document.class)),
        new TreeSet<>(stored.get("secrets", Document.class).keySet()),
        stored.getBoolean("enabled", true),
        stored.get("revision", ""));
  }

  private static String text(JsonObject body, String key) {
    return body.getValue(key) instanceof String text ? text : "";
  }
}
