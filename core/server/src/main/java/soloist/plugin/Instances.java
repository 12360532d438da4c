package soloist.plugin;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.ReplaceOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
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
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final int LONGEST_NAME = 100;
  private static final int REVISION_BYTES = 16;

  /** The channel that mails go out by. There is one always, whether or not the owner sets it. */
  public static final String EMAIL = "email";

  /** Who has said how an instance is to be. */
  public enum Origin {
    /** What the owner has set, on the page or over the API. */
    PAGE,
    /** Goes before what the owner says. */
    COMMAND_LINE,
    /** Stands in for as long as nobody else says anything. */
    SERVER;

    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

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
      String revision,
      Origin origin) {

    /** A setting that is a text and not secret. */
    public Optional<String> text(String key) {
      return Optional.ofNullable(settings.get(key)).map(Object::toString);
    }
  }

  /** The channel of mail as the server or its command line has it. */
  private record Brought(Instance shown, Settings settings) {}

  private final Store store;
  private final Keys keys;
  private final SealedSettings sealed;
  private final Function<String, Optional<ConfigSchema>> schemas;
  private volatile @Nullable Brought brought;

  Instances(Store store, Keys keys, Function<String, Optional<ConfigSchema>> schemas) {
    this.store = store;
    this.keys = keys;
    sealed = new SealedSettings(keys);
    this.schemas = schemas;
  }

  /**
   * Brings the channel of mail.
   *
   * @param secrets the keys among the settings whose values are never shown
   */
  public void bring(String plugin, Settings settings, Set<String> secrets, Origin origin) {
    Map<String, Object> open = new TreeMap<>(settings.values());
    byte[] all = open.toString().getBytes(StandardCharsets.UTF_8);
    String revision = HexFormat.of().formatHex(keys.mac(SealedSettings.USE, all, REVISION_BYTES));
    Set<String> set = new TreeSet<>(secrets);
    set.retainAll(open.keySet());
    open.keySet().removeAll(set);
    brought =
        new Brought(
            new Instance(EMAIL, plugin, EMAIL, open, set, true, revision, origin), settings);
  }

  public List<Instance> all() {
    Map<String, Instance> all = new TreeMap<>();
    store.instances().find().forEach(it -> all.put(it.getString("_id"), shown(it)));
    Brought own = brought;
    if (own != null && (isFixed(EMAIL) || !all.containsKey(EMAIL))) {
      all.put(EMAIL, own.shown());
    }
    return List.copyOf(all.values());
  }

  /** Those that the owner has set. */
  List<Instance> of(String plugin) {
    return all().stream()
        .filter(it -> it.plugin().equals(plugin) && it.origin() == Origin.PAGE)
        .toList();
  }

  public Optional<Instance> find(String id) {
    return isFixed(id)
        ? broughtAs(id).map(Brought::shown)
        : stored(id).map(Instances::shown).or(() -> broughtAs(id).map(Brought::shown));
  }

  private Optional<Brought> broughtAs(String id) {
    return Optional.ofNullable(brought).filter(it -> it.shown().id().equals(id));
  }

  private boolean isFixed(String id) {
    return broughtAs(id).filter(it -> it.shown().origin() == Origin.COMMAND_LINE).isPresent();
  }

  private void requireOwners(String id) {
    if (isFixed(id)) {
      throw PluginHost.conflict("instance-fixed", "/id", id);
    }
  }

  /**
   * The settings as the plugin gets them, secrets in the clear.
   *
   * @throws Problem when there is no such instance
   */
  public Settings settings(String id) {
    Optional<Settings> own = broughtAs(id).map(Brought::settings);
    return isFixed(id)
        ? own.orElseThrow()
        : stored(id).map(this::settings).or(() -> own).orElseThrow(Problem::notFound);
  }

  /**
   * Checks and stores a new instance.
   *
   * @throws Problem with every fault and its field
   */
  Instance create(JsonObject body) {
    String id = text(body, "id");
    boolean isMail =
        broughtAs(id).filter(it -> it.shown().plugin().equals(text(body, "plugin"))).isPresent();
    if (!ID.matcher(id).matches() || (id.equals(EMAIL) && !isMail)) {
      throw Problem.invalid("/id", "instance-id", id);
    }
    requireOwners(id);
    if (stored(id).isPresent()) {
      throw Problem.invalid("/id", "instance-there", id);
    }
    return save(id, text(body, "plugin"), body, new Document(), true);
  }

  /** Checks and stores new settings; a secret that is left out stays as it is. */
  Instance update(String id, JsonObject body) {
    requireOwners(id);
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
    requireOwners(id);
    if (store.instances().updateOne(eq("_id", id), set("enabled", on)).getMatchedCount() == 0) {
      throw Problem.notFound();
    }
    return find(id).orElseThrow(Problem::notFound);
  }

  void remove(String id) {
    requireOwners(id);
    if (store.instances().deleteOne(eq("_id", id)).getDeletedCount() == 0) {
      throw Problem.notFound();
    }
  }

  /** What is wrong with an instance's settings under another version of its plugin. */
  List<Problem.Detail> check(Instance instance, ConfigSchema schema) {
    Document stored = stored(instance.id()).orElseThrow(Problem::notFound);
    JsonObject whole = Json.object(instance.settings());
    sealed.open(instance.id(), stored.get("secrets", Document.class)).forEach(whole::put);
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
        whole.put(key, sealed.open(id, sealedBefore).get(key));
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
                secrets.append(key, sealed.seal(id, key, value.toString()));
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
    values.putAll(sealed.open(stored.getString("_id"), stored.get("secrets", Document.class)));
    return new Settings(values);
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
        stored.get("revision", ""),
        Origin.PAGE);
  }

  private static String text(JsonObject body, String key) {
    return body.getValue(key) instanceof String text ? text : "";
  }
}
