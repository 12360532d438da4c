package soloist.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JDK values as JSON: instants in ISO 8601, decimals as numbers. */
public final class Json {
  private static final List<String> LANGUAGES = List.of("en", "zh-CN");

  private Json() {}

  public static JsonObject object(Map<String, ?> map) {
    JsonObject object = new JsonObject();
    map.forEach((key, value) -> object.put(key, value(value)));
    return object;
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        JsonObject object = new JsonObject();
        map.forEach((key, nested) -> object.put((String) key, value(nested)));
        yield object;
      }
      case List<?> list -> {
        JsonArray array = new JsonArray();
        list.forEach(nested -> array.add(value(nested)));
        yield array;
      }
      case Instant instant -> instant.toString();
      case BigDecimal decimal -> decimal;
      case null, default -> value;
    };
  }

  /** A JSON object as maps and lists. */
  public static Map<String, Object> plain(JsonObject object) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String key : object.fieldNames()) {
      Object value = plain(object.getValue(key));
      if (value != null) {
        map.put(key, value);
      }
    }
    return map;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case JsonObject object -> plain(object);
      case JsonArray array -> array.stream().map(Json::plain).toList();
      case null, default -> value;
    };
  }

  /**
   * What something is called, by language. Who reads a language that it has no name in sees the
   * other one.
   *
   * @param body with its {@code name}, an object by language
   * @return empty where there is no name of at most so many characters
   */
  public static Optional<Map<String, String>> name(Map<String, Object> body, int longest) {
    Map<String, String> name = new LinkedHashMap<>();
    if (body.get("name") instanceof Map<?, ?> written) {
      for (String language : LANGUAGES) {
        if (written.get(language) instanceof String text
            && !text.isBlank()
            && text.length() <= longest) {
          name.put(language, text.strip());
        }
      }
    }
    Optional<String> any = name.values().stream().findFirst();
    any.ifPresent(text -> LANGUAGES.forEach(language -> name.putIfAbsent(language, text)));
    return any.map(_ -> name);
  }
}
