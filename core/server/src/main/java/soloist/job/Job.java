package soloist.job;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.http.Texts;
import soloist.spi.Text;
import soloist.store.Values;

/**
 * How one piece of long work stands.
 *
 * @param kind what it does, such as {@code backup}
 * @param what is at hand, such as the name of a collection
 * @param done of {@code total}, in the unit of its kind
 * @param total 0 when not known
 * @param result what came of it; empty until it is done
 * @param reason why it failed; null unless it did
 */
public record Job(
    String id,
    String kind,
    State state,
    String what,
    long done,
    long total,
    Map<String, Object> result,
    @Nullable Text reason,
    Instant startedAt,
    @Nullable Instant endedAt) {

  /** The kind of trying a campaign on everybody without writing to anybody. */
  public static final String REHEARSAL = "rehearsal";

  /** What can be said of it. */
  public enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED,
    /** The process ended while it ran. */
    INTERRUPTED
  }

  public Job {
    result = Map.copyOf(result);
  }

  Job at(String nowWhat, long nowDone, long nowTotal) {
    return new Job(id, kind, state, nowWhat, nowDone, nowTotal, result, reason, startedAt, endedAt);
  }

  Job ended(State how, Map<String, Object> with, @Nullable Text why, Instant when) {
    return new Job(id, kind, how, what, done, total, with, why, startedAt, when);
  }

  Document toDocument() {
    return new Document("_id", id)
        .append("kind", kind)
        .append("state", state.name())
        .append("what", what)
        .append("done", done)
        .append("total", total)
        .append("result", Values.stored(result))
        .append(
            "reason",
            reason == null ? null : new Document("en", reason.en()).append("zh", reason.zh()))
        .append("startedAt", Values.date(startedAt))
        .append("endedAt", Values.date(endedAt));
  }

  @SuppressWarnings("unchecked")
  static Job of(Document document) {
    return new Job(
        document.getString("_id"),
        document.getString("kind"),
        State.valueOf(document.getString("state")),
        document.getString("what"),
        document.getLong("done"),
        document.getLong("total"),
        (Map<String, Object>)
            Objects.requireNonNull(Values.plain(Values.document(document, "result"))),
        reason(document.get("reason", Document.class)),
        Values.instant(document, "startedAt"),
        Values.instantOrNull(document, "endedAt"));
  }

  private static @Nullable Text reason(@Nullable Document stored) {
    return stored == null ? null : new Text(stored.getString("en"), stored.getString("zh"));
  }

  /** As the API shows it to a reader of this language. */
  public Map<String, Object> toJson(String language) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("kind", kind);
    json.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
    json.put("what", what);
    json.put("done", done);
    json.put("total", total);
    json.put("result", result);
    json.put(
        "reason",
        reason == null ? null : language.equals(Texts.CHINESE) ? reason.zh() : reason.en());
    json.put("startedAt", startedAt);
    json.put("endedAt", endedAt);
    return json;
  }
}
