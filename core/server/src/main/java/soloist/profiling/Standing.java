package soloist.profiling;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import soloist.http.Json;
import soloist.http.Problem;
import soloist.http.Texts;
import soloist.rules.condition.SegmentDocuments;
import soloist.rules.document.InvalidDocument;
import soloist.spi.Profiler;
import soloist.store.Values;

/**
 * A segment that stands on what a plugin's profilers write.
 *
 * @param body the whole definition
 */
record Standing(String id, int version, Map<String, Object> body) {

  /**
   * The segment under a version.
   *
   * @throws Problem when its condition is none
   */
  static Standing of(String plugin, Profiler.StandingSegment segment, int version) {
    String id = plugin + "-" + segment.id();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", id);
    body.put("version", version);
    body.put(
        "name", Map.of(Texts.ENGLISH, segment.name().en(), Texts.CHINESE, segment.name().zh()));
    body.put(
        "description",
        Map.of(
            Texts.ENGLISH, segment.description().en(), Texts.CHINESE, segment.description().zh()));
    try {
      body.put("condition", Json.plain(new JsonObject(segment.condition())));
      return new Standing(id, version, SegmentDocuments.write(SegmentDocuments.read(body)));
    } catch (InvalidDocument | DecodeException e) {
      throw Problem.invalid("", "profiler-segment", segment.id(), String.valueOf(e.getMessage()));
    }
  }

  /** The next version, which holds for nobody. */
  Standing forNobody() {
    Map<String, Object> empty = new LinkedHashMap<>(body);
    empty.put("version", version + 1);
    empty.put("condition", Map.of("any", List.of()));
    return new Standing(id, version + 1, SegmentDocuments.write(SegmentDocuments.read(empty)));
  }

  /** Whether both mean the same, in whatever words they are described. */
  boolean isAlike(Standing other) {
    return id.equals(other.id)
        && Objects.equals(body.get("name"), other.body.get("name"))
        && Objects.equals(body.get("condition"), other.body.get("condition"));
  }

  /** Whether both say the same, under whatever version. */
  boolean isSame(Standing other) {
    return id.equals(other.id) && without(body, "version").equals(without(other.body, "version"));
  }

  private static Map<String, Object> without(Map<String, Object> body, String key) {
    Map<String, Object> rest = new LinkedHashMap<>(body);
    rest.remove(key);
    return rest;
  }

  Document toDocument() {
    return new Document("id", id).append("version", version).append("body", Values.stored(body));
  }

  @SuppressWarnings("unchecked")
  static Standing of(Document document) {
    return new Standing(
        document.getString("id"),
        document.getInteger("version"),
        (Map<String, Object>)
            Objects.requireNonNull(Values.plain(Values.document(document, "body"))));
  }
}
