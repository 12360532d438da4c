package soloist.security;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Which fields of a thing are otherwise than before; what is secret is never told. */
final class Changes {
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(pass|secret|recovery|token|key|link|csrf|signature|credential).*");
  private static final String HIDDEN = "•••";
  private static final int MOST = 50;
  private static final int LONGEST = 300;

  private Changes() {}

  /**
   * Compares.
   *
   * @param isNamedOnly whether values are left out: what is known of customers has to be erasable,
   *     and no line of the log is
   */
  static List<Document> between(JsonObject before, JsonObject after, boolean isNamedOnly) {
    if (after.isEmpty()) {
      return List.of();
    }
    Map<String, Object> old = flat(before);
    Map<String, Object> now = flat(after);
    List<Document> changes = new ArrayList<>();
    var fields = new TreeSet<>(now.keySet());
    fields.addAll(old.keySet());
    for (String field : fields) {
      if (!Objects.equals(old.get(field), now.get(field)) && changes.size() < MOST) {
        Document change = new Document("field", field);
        if (!isNamedOnly) {
          change.append("before", told(field, old.get(field)));
          change.append("after", told(field, now.get(field)));
        }
        changes.add(change);
      }
    }
    return changes;
  }

  private static @Nullable String told(String field, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    String text = value.toString();
    if (SECRET.matcher(field).matches()) {
      return HIDDEN;
    }
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  private static Map<String, Object> flat(JsonObject object) {
    Map<String, Object> flat = new TreeMap<>();
    flatten("", object, flat);
    return flat;
  }

  private static void flatten(String prefix, JsonObject object, Map<String, Object> into) {
    for (String key : object.fieldNames()) {
      Object value = object.getValue(key);
      if (value instanceof JsonObject nested) {
        flatten(prefix + key + ".", nested, into);
      } else if (value != null) {
        into.put(prefix + key, value instanceof JsonArray array ? array.encode() : value);
      }
    }
  }
}
