package soloist.plugin;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.spi.Text;

/** The form of a plugin's settings: its {@code config.schema.json} (JSON Schema 2020-12). */
final class ConfigSchema {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final long MOST_BYTES = 256 * 1024;
  private static final String KEY = "[A-Za-z][A-Za-z0-9_]{0,63}";
  private static final JsonObject NONE =
      new JsonObject()
          .put("type", "object")
          .put("additionalProperties", false)
          .put("properties", new JsonObject());

  /** Keywords with a sentence of their own, which shows the keyword's value. */
  private static final Map<String, String> SENTENCES =
      Map.ofEntries(
          Map.entry("type", "setting-type"),
          Map.entry("enum", "setting-enum"),
          Map.entry("format", "setting-format"),
          Map.entry("pattern", "setting-pattern"),
          Map.entry("minimum", "setting-minimum"),
          Map.entry("maximum", "setting-maximum"),
          Map.entry("minLength", "setting-min-length"),
          Map.entry("maxLength", "setting-max-length"));

  private final JsonObject document;

  private ConfigSchema(JsonObject document) {
    this.document = document;
  }

  /** The schema of a plugin that was checked before; one without has no settings. */
  static ConfigSchema read(Path plugin) throws IOException {
    Path file = file(plugin);
    return new ConfigSchema(
        Files.isRegularFile(file) ? new JsonObject(Files.readString(file)) : NONE);
  }

  private static Path file(Path plugin) {
    return plugin.resolve("classes").resolve("config.schema.json");
  }

  /**
   * Checks the schema of an unpacked plugin.
   *
   * @throws Problem when it is none that can be shown as a form, or leads elsewhere
   */
  static void check(Path plugin) throws IOException {
    Path file = file(plugin);
    if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
      throw Problem.invalid("config.schema.json", "plugin-schema");
    }
    try {
      ConfigSchema schema = read(plugin);
      requireNoReferenceElsewhere(schema.document);
      if (!"object".equals(schema.document.getValue("type"))
          || !Boolean.FALSE.equals(schema.document.getValue("additionalProperties"))
          || !(schema.document.getValue("properties") instanceof JsonObject properties)
          || !properties.fieldNames().stream()
              .allMatch(key -> key.matches(KEY) && isSettable(properties.getJsonObject(key)))) {
        throw Problem.invalid("config.schema.json", "plugin-schema");
      }
      schema.compiled().initializeValidators();
    } catch (DecodeException | ClassCastException | CharacterCodingException | SchemaException _) {
      throw Problem.invalid("config.schema.json", "plugin-schema");
    }
  }

  /** A secret is sealed as text. */
  private static boolean isSettable(JsonObject property) {
    return !property.getBoolean("x-secret", false) || "string".equals(property.getValue("type"));
  }

  /** A schema is never a reason to ask another machine for something. */
  private static void requireNoReferenceElsewhere(@Nullable Object part) {
    if (part instanceof JsonObject object) {
      for (String key : object.fieldNames()) {
        Object value = object.getValue(key);
        boolean isReference = key.equals("$ref") || key.equals("$dynamicRef");
        if ((isReference && !(value instanceof String ref && ref.startsWith("#")))
            || (key.equals("$schema") && !DIALECT.equals(value))
            || key.equals("$id")) {
          throw Problem.invalid("config.schema.json", "plugin-schema-ref", String.valueOf(value));
        }
        requireNoReferenceElsewhere(value);
      }
    } else if (part instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        requireNoReferenceElsewhere(array.getValue(i));
      }
    }
  }

  JsonObject document() {
    return document;
  }

  /** What people call the plugin, if its form says it. */
  Optional<Text> title() {
    if (!(document.getValue("title") instanceof String english) || english.isBlank()) {
      return Optional.empty();
    }
    boolean isTold =
        document.getValue("x-zh-CN") instanceof JsonObject words
            && words.getValue("title") instanceof String;
    return Optional.of(
        new Text(english, isTold ? document.getJsonObject("x-zh-CN").getString("title") : english));
  }

  /** The action of the button under the form: {@code send-message} or {@code survey}. */
  Optional<String> test() {
    return Optional.ofNullable(document.getJsonObject("x-test"))
        .map(test -> test.getString("action"));
  }

  /** Keys whose values are never shown. */
  Set<String> secrets() {
    JsonObject properties = properties();
    return properties.fieldNames().stream()
        .filter(key -> property(key).getBoolean("x-secret", false))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What is wrong with these settings, each fault with its field. */
  List<Problem.Detail> check(JsonObject settings) {
    List<Problem.Detail> faults = new ArrayList<>();
    for (Error error :
        compiled()
            .validate(
                settings.encode(),
                InputFormat.JSON,
                context ->
                    context.executionConfig(config -> config.formatAssertionsEnabled(true)))) {
      faults.add(fault(error));
    }
    return faults;
  }

  private Problem.Detail fault(Error error) {
    String place = "/settings" + error.getInstanceLocation();
    String keyword = error.getKeyword();
    String named = error.getProperty() == null ? "" : error.getProperty();
    Optional<Text> said = said(error.getEvaluationPath());
    if (said.isPresent()) {
      return new Problem.Detail(place, "setting-other", List.of(keyword), said.get());
    }
    switch (keyword) {
      case "required" -> {
        return detail(place + "/" + named, "setting-required");
      }
      case "dependentRequired" -> {
        JsonArray others = document.getJsonObject(keyword).getJsonArray(named);
        return detail(place + "/" + others.getString(0), "setting-required");
      }
      case "additionalProperties" -> {
        return detail(
            place + "/" + named, "setting-unknown", String.join(", ", properties().fieldNames()));
      }
      default -> {
        String sentence = SENTENCES.get(keyword);
        Object value =
            property(place.substring(place.lastIndexOf('/') + 1)).getValue(keyword, keyword);
        return sentence == null
            ? detail(place, "setting-other", keyword)
            : detail(place, sentence, value instanceof JsonArray list ? words(list) : "" + value);
      }
    }
  }

  /** The sentence that the schema has for a rule, beside the rule. */
  private Optional<Text> said(NodePath rule) {
    Object part = document;
    for (int i = 0; i < rule.getNameCount() - 1; i++) {
      part =
          switch (part) {
            case JsonObject object -> object.getValue(rule.getName(i));
            case JsonArray array -> array.getValue(Integer.parseInt(rule.getName(i)));
            case null, default -> null;
          };
    }
    return part instanceof JsonObject found
            && found.getValue("x-says") instanceof String english
            && found.getValue("x-zh-CN") instanceof JsonObject words
            && words.getValue("x-says") instanceof String chinese
        ? Optional.of(new Text(english, chinese))
        : Optional.empty();
  }

  /**
   * What the schema has a sentence of its own for, of settings that are there already, whatever
   * their secrets are.
   */
  List<Problem.Detail> contradictions(JsonObject settings) {
    return check(settings).stream().filter(fault -> fault.said() != null).toList();
  }

  private static String words(JsonArray list) {
    return list.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static Problem.Detail detail(String pointer, String code, String... values) {
    return new Problem.Detail(pointer, code, List.of(values));
  }

  private JsonObject properties() {
    return document.getJsonObject("properties");
  }

  private JsonObject property(String key) {
    return properties().getValue(key) instanceof JsonObject property ? property : new JsonObject();
  }

  private Schema compiled() {
    return SchemaRegistry.withDialect(Ours.DIALECT).getSchema(document.encode(), InputFormat.JSON);
  }

  /** Made when the first settings are checked: a start needs nothing of it. */
  private static final class Ours {
    /** JSON Schema with our words, which say something to forms only, and our mailboxes. */
    static final Dialect DIALECT =
        Dialect.builder(Dialects.getDraft202012())
            .format(new Mailbox())
            .unknownKeywordFactory((keyword, _) -> new NonValidationKeyword(keyword))
            .build();
  }
}
