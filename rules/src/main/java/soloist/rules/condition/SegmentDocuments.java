package soloist.rules.condition;

import java.util.LinkedHashMap;
import java.util.Map;
import soloist.rules.document.Fields;
import soloist.rules.document.InvalidDocument;

/** Segments as neutral documents. */
public final class SegmentDocuments {

  private SegmentDocuments() {}

  /**
   * @throws InvalidDocument for anything but a well-formed segment
   */
  public static Segment read(Map<String, Object> document) {
    Fields fields = Fields.of(document, "");
    fields.only("id", "version", "name", "description", "condition");
    return new Segment(
        fields.id("id"),
        fields.integer("version", 1, Integer.MAX_VALUE),
        fields.name("name"),
        fields.has("description") ? fields.name("description") : Map.of(),
        new ConditionReader(true).read(fields.fields("condition")));
  }

  /** Reads the condition of a segment alone. */
  public static Condition condition(Map<String, Object> document) {
    return new ConditionReader(true).read(Fields.of(document, ""));
  }

  public static Map<String, Object> write(Segment segment) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", segment.id());
    document.put("version", segment.version());
    document.put("name", segment.name());
    if (!segment.description().isEmpty()) {
      document.put("description", segment.description());
    }
    document.put("condition", ConditionDocuments.write(segment.condition()));
    return document;
  }
}
