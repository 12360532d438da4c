package soloist.profiling;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import soloist.http.Texts;
import soloist.spi.Profiler;
import soloist.spi.Text;
import soloist.store.Values;

/**
 * What one run of an instance has learnt.
 *
 * @param id of the run; rows of it have it in their ids
 * @param at the instant that counted as now for the table
 * @param people how many were in the table
 * @param segments those that stand on it
 * @param written whether everybody has been told
 */
record Model(
    String id,
    String instance,
    String plugin,
    String pluginVersion,
    long seed,
    Instant at,
    int people,
    Profiler.Model learnt,
    List<Standing> segments,
    boolean written) {

  Model {
    segments = List.copyOf(segments);
  }

  /** Who tells, on every row of it. */
  String origin() {
    return "profiler:" + instance;
  }

  Document toDocument() {
    Profiler.Card card = learnt.card();
    return new Document("_id", id)
        .append("instance", instance)
        .append("plugin", plugin)
        .append("pluginVersion", pluginVersion)
        .append("seed", seed)
        .append("at", Values.date(at))
        .append("people", people)
        .append("bytes", new Binary(learnt.bytes()))
        .append(
            "card",
            new Document("people", card.people())
                .append("measures", card.measures().stream().map(Model::stored).toList())
                .append("limits", card.limits().stream().map(Model::stored).toList()))
        .append("segments", segments.stream().map(Standing::toDocument).toList())
        .append("written", written);
  }

  static Model of(Document document) {
    Document card = Values.document(document, "card");
    return new Model(
        document.getString("_id"),
        document.getString("instance"),
        document.getString("plugin"),
        document.getString("pluginVersion"),
        document.getLong("seed"),
        Values.instant(document, "at"),
        document.getInteger("people"),
        new Profiler.Model(
            document.get("bytes", Binary.class).getData(),
            new Profiler.Card(
                card.getInteger("people"),
                Values.documents(card, "measures").stream().map(Model::measure).toList(),
                Values.documents(card, "limits").stream().map(Model::text).toList())),
        Values.documents(document, "segments").stream().map(Standing::of).toList(),
        document.getBoolean("written"));
  }

  private static Document stored(Profiler.Measure measure) {
    return new Document("name", stored(measure.name()))
        .append("value", measure.value())
        .append("low", measure.low())
        .append("high", measure.high())
        .append("baseline", measure.baseline());
  }

  private static Profiler.Measure measure(Document stored) {
    return new Profiler.Measure(
        text(Values.document(stored, "name")),
        stored.getDouble("value"),
        stored.getDouble("low"),
        stored.getDouble("high"),
        stored.getDouble("baseline"));
  }

  private static Document stored(Text text) {
    return new Document("en", text.en()).append("zh", text.zh());
  }

  private static Text text(Document stored) {
    return new Text(stored.getString("en"), stored.getString("zh"));
  }

  /**
   * As the API shows it.
   *
   * @param isRunning whether its run is under way
   */
  Map<String, Object> toJson(boolean isRunning) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("instance", instance);
    json.put("plugin", plugin);
    json.put("pluginVersion", pluginVersion);
    json.put("state", written ? "done" : isRunning ? "writing" : "unfinished");
    json.put("seed", seed);
    json.put("at", at);
    json.put("people", people);
    json.put("bytes", learnt.bytes().length);
    Profiler.Card card = learnt.card();
    json.put(
        "card",
        Map.of(
            "people", card.people(),
            "measures", card.measures().stream().map(Model::shown).toList(),
            "limits", card.limits().stream().map(Model::shown).toList()));
    json.put("segments", segments.stream().map(Standing::id).toList());
    return json;
  }

  private static Map<String, Object> shown(Profiler.Measure measure) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", shown(measure.name()));
    shown.put("value", known(measure.value()));
    shown.put("low", known(measure.low()));
    shown.put("high", known(measure.high()));
    shown.put("baseline", known(measure.baseline()));
    return shown;
  }

  private static Map<String, Object> shown(Text text) {
    return Map.of(Texts.ENGLISH, text.en(), Texts.CHINESE, text.zh());
  }

  private static @Nullable Double known(double number) {
    return Double.isFinite(number) ? number : null;
  }
}
