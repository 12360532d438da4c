package soloist.imports;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import soloist.http.Problem;
import soloist.http.Texts;
import soloist.spi.Fetched;
import soloist.spi.Text;

/**
 * A row that was not taken.
 *
 * @param field the column, empty when it is the whole row
 * @param raw the row as it was written, or what was read of it
 */
record Reject(long row, String field, String code, Text reason, String raw) {
  private static final int LONGEST_RAW = 1_000;

  Reject {
    raw = raw.length() > LONGEST_RAW ? raw.substring(0, LONGEST_RAW) : raw;
  }

  static Reject of(Fetched.Rejected rejected) {
    return new Reject(
        rejected.row(), rejected.field(), rejected.code(), rejected.reason(), rejected.raw());
  }

  /** What the checks of every event have found. */
  static Reject of(long row, Problem problem, JsonObject event) {
    Problem.Detail detail = problem.details().getFirst();
    return new Reject(
        row,
        detail.pointer().substring(detail.pointer().lastIndexOf('/') + 1),
        detail.code(),
        new Text(
            Texts.say(Texts.ENGLISH, detail.code(), detail.values()),
            Texts.say(Texts.CHINESE, detail.code(), detail.values())),
        event.encode());
  }

  static Reject of(JsonObject json) {
    return new Reject(
        json.getLong("row"),
        json.getString("field"),
        json.getString("code"),
        new Text(json.getString("en"), json.getString("zh")),
        json.getString("raw"));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("row", row)
        .put("field", field)
        .put("code", code)
        .put("en", reason.en())
        .put("zh", reason.zh())
        .put("raw", raw);
  }

  String reason(String language) {
    return language.equals(Texts.CHINESE) ? reason.zh() : reason.en();
  }

  /** As it is shown among the samples of a preview. */
  Map<String, Object> shown() {
    return Map.of(
        "row",
        row,
        "field",
        field,
        "code",
        code,
        "reason",
        Map.of(Texts.ENGLISH, reason.en(), Texts.CHINESE, reason.zh()),
        "raw",
        raw);
  }
}
