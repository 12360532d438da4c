package soloist.profiling;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;
import soloist.spi.Profiler;
import soloist.store.Values;

/**
 * What one run of an instance has learnt.
 *
 * @param id of the run; rows of it have it in their ids
 * @param at the instant that counted as now for the table
 * @param people how many were in the table
 * @param segments those that stand on it
 * @param traits keys of those it has written, once everybody has been told
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
    List<String> traits,
    boolean written) {

  Model {
    segments = List.copyOf(segments);
    traits = List.copyOf(traits);
  }

  /** Who tells, on every row of it. */
  String origin() {
    return "profiler:" + instance;
  }

  Document toDocument() {
    return new Document("_id", id)
        .append("instance", instance)
        .append("plugin", plugin)
        .append("pluginVersion", pluginVersion)
        .append("seed", seed)
        .append("at", Values.date(at))
        .append("people", people)
        .append("bytes", new Binary(learnt.bytes()))
        .append("card", (Document) Values.stored(written(learnt.card())))
        .append("segments", segments.stream().map(Standing::toDocument).toList())
        .append("traits", traits)
        .append("written", written);
  }

  static Model of(Document document) {
    return new Model(
        document.getString("_id"),
        document.getString("instance"),
        document.getString("plugin"),
        document.getString("pluginVersion"),
        document.getLong("seed"),
        Values.instant(document, "at"),
        document.getInteger("people"),
        new Profiler.Model(
            document.get("bytes", Binary.class).getData(), card(Values.document(document, "card"))),
        Values.documents(document, "segments").stream().map(Standing::of).toList(),
        document.getList("traits", String.class, List.of()),
        document.getBoolean("written"));
  }

  /** A card as it is kept and as the API shows it, which is the same. */
  private static Map<String, Object> written(Profiler.Card card) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("people", card.people());
    map.put("measures", card.measures().stream().map(Model::written).toList());
    map.put("limits", card.limits().stream().map(Figures::write).toList());
    map.put("method", card.method().stream().map(Figures::write).toList());
    map.put("figures", card.figures().stream().map(Figures::write).toList());
    return map;
  }

  private static Map<String, Object> written(Profiler.Measure measure) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", Figures.write(measure.name()));
    map.put("value", Figures.known(measure.value()));
    map.put("low", Figures.known(measure.low()));
    map.put("high", Figures.known(measure.high()));
    map.put("baseline", Figures.known(measure.baseline()));
    map.put("better", measure.better().name().toLowerCase(Locale.ROOT));
    return map;
  }

  private static Profiler.Card card(Document stored) {
    return new Profiler.Card(
        stored.getInteger("people"),
        Values.documents(stored, "measures").stream().map(Model::measure).toList(),
        Values.documents(stored, "limits").stream().map(Figures::text).toList(),
        Values.documents(stored, "method").stream().map(Figures::text).toList(),
        Values.documents(stored, "figures").stream().map(Figures::read).toList());
  }

  private static Profiler.Measure measure(Document stored) {
    return new Profiler.Measure(
        Figures.text(stored, "name"),
        Figures.number(stored.get("value")),
        Figures.number(stored.get("low")),
        Figures.number(stored.get("high")),
        Figures.number(stored.get("baseline")),
        Profiler.Better.valueOf(stored.get("better", "neither").toUpperCase(Locale.ROOT)));
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
    json.put("card", written(learnt.card()));
    json.put("segments", segments.stream().map(Standing::id).toList());
    json.put("traits", traits);
    return json;
  }
}
