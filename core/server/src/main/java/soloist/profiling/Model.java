package soloist.profiling;

import static java.util.Objects.requireNonNull;

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
 * @param revision of the settings under which it was learnt
 * @param turn in which it tells what it says; the first unless it was gone back to
 * @param retired segments of the one before it that hold for nobody any more
 * @param inputs where people lay when it was learnt
 * @param scores what it said of them when it told it last
 * @param judged what was found out about it, as it is kept and as the API shows it
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
    boolean written,
    String revision,
    Turn turn,
    List<Standing> retired,
    List<Shares> inputs,
    List<Shares> scores,
    Map<String, Object> judged) {

  /** What is found out about a model, by the names under which it is noted. */
  static final List<String> FINDINGS = List.of("verdict", "loss", "drift", "fairness", "cells");

  /**
   * A time at which a model begins to count.
   *
   * @param number 0 for one that has not yet
   * @param at the instant that counts as now for what it tells
   */
  record Turn(int number, Instant at) {
    Document toDocument() {
      return new Document("number", number).append("at", Values.date(at));
    }

    static Turn of(Document document) {
      return new Turn(document.getInteger("number"), Values.instant(document, "at"));
    }
  }

  Model {
    segments = List.copyOf(segments);
    traits = List.copyOf(traits);
    retired = List.copyOf(retired);
    inputs = List.copyOf(inputs);
    scores = List.copyOf(scores);
  }

  /** Begins the ids of its rows; each turn tells rows of its own. */
  String rows() {
    return "profiler:" + id + (turn.number() > 1 ? "." + turn.number() : "") + ":";
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
        .append("written", written)
        .append("revision", revision)
        .append("turn", turn.toDocument())
        .append("retired", retired.stream().map(Standing::toDocument).toList())
        .append("inputs", inputs.stream().map(Shares::toDocument).toList())
        .append("scores", scores.stream().map(Shares::toDocument).toList())
        .append("judged", Values.stored(judged));
  }

  @SuppressWarnings("unchecked")
  static Model of(Document document) {
    Document turn = document.get("turn", Document.class);
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
        document.getBoolean("written"),
        document.get("revision", ""),
        turn == null ? new Turn(1, Values.instant(document, "at")) : Turn.of(turn),
        Values.documents(document, "retired").stream().map(Standing::of).toList(),
        Values.documents(document, "inputs").stream().map(Shares::of).toList(),
        Values.documents(document, "scores").stream().map(Shares::of).toList(),
        (Map<String, Object>) requireNonNull(Values.plain(Values.document(document, "judged"))));
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
   * @param standing the id of the model that counts
   */
  Map<String, Object> toJson(boolean isRunning, String standing) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("instance", instance);
    json.put("plugin", plugin);
    json.put("pluginVersion", pluginVersion);
    boolean isStanding = id.equals(standing);
    json.put("role", role(isStanding));
    json.put("state", written || !isStanding ? "done" : isRunning ? "writing" : "unfinished");
    json.put("seed", seed);
    json.put("at", at);
    json.put("people", people);
    json.put("bytes", learnt.bytes().length);
    json.put("card", written(learnt.card()));
    json.put("segments", segments.stream().map(Standing::id).toList());
    json.put("traits", traits);
    FINDINGS.forEach(each -> json.put(each, judged.get(each)));
    return json;
  }

  private String role(boolean isStanding) {
    if (isStanding) {
      return "standing";
    }
    String decision =
        judged.get("verdict") instanceof Map<?, ?> verdict
            ? String.valueOf(verdict.get("decision"))
            : "";
    return switch (decision) {
      case "asks" -> "waiting";
      case "declined" -> "declined";
      default -> "former";
    };
  }
}
