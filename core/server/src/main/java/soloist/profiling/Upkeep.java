package soloist.profiling;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.store.Values;

/**
 * How an instance of a profiler is kept true.
 *
 * @param standing the model whose word counts; null where none has been learnt since this is noted
 * @param rhythm null where nothing is repeated
 * @param asks whether no model takes over by itself
 * @param dueAt when it is repeated next; stays until that has come to an end
 * @param last how the last repetition ended, as it is shown
 */
record Upkeep(
    String instance,
    @Nullable String standing,
    @Nullable Rhythm rhythm,
    boolean asks,
    @Nullable Instant dueAt,
    @Nullable Map<String, Object> last) {

  static Upkeep none(String instance) {
    return new Upkeep(instance, null, null, false, null, null);
  }

  @SuppressWarnings("unchecked")
  static Upkeep of(Document document) {
    Document rhythm = document.get("rhythm", Document.class);
    return new Upkeep(
        document.getString("_id"),
        document.getString("standing"),
        rhythm == null ? null : Rhythm.of(rhythm),
        document.getBoolean("asks", false),
        Values.instantOrNull(document, "dueAt"),
        (Map<String, Object>) Values.plain(document.get("last")));
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("instance", instance);
    json.put("repeat", rhythm == null ? null : rhythm.toJson());
    json.put("asks", asks);
    json.put("dueAt", dueAt);
    json.put("last", last);
    return json;
  }
}
