package soloist.profiling;

import static java.util.Objects.requireNonNull;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.http.Json;
import soloist.http.Problem;
import soloist.http.Texts;
import soloist.rules.condition.ConditionDocuments;
import soloist.rules.condition.SegmentDocuments;
import soloist.rules.document.InvalidDocument;
import soloist.spi.Figure;
import soloist.spi.Figure.Arrow;
import soloist.spi.Figure.Bar;
import soloist.spi.Figure.Bars;
import soloist.spi.Figure.Graph;
import soloist.spi.Figure.Grid;
import soloist.spi.Figure.Join;
import soloist.spi.Figure.Joins;
import soloist.spi.Figure.Mark;
import soloist.spi.Figure.Plot;
import soloist.spi.Figure.Series;
import soloist.spi.Text;
import soloist.store.Values;

/** Figures as they are kept and as the API shows them, which is the same; NaN is null there. */
final class Figures {
  private Figures() {}

  static Map<String, Object> write(Figure figure) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", figure.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    map.put("title", write(figure.title()));
    switch (figure) {
      case Plot plot -> {
        map.put("x", write(plot.x()));
        map.put("y", write(plot.y()));
        map.put("mark", plot.mark().name().toLowerCase(Locale.ROOT));
        map.put("series", plot.series().stream().map(Figures::write).toList());
      }
      case Bars bars -> {
        map.put("value", write(bars.value()));
        map.put("bars", bars.bars().stream().map(Figures::write).toList());
      }
      case Grid grid -> {
        map.put("rows", grid.rows().stream().map(Figures::write).toList());
        map.put("columns", grid.columns().stream().map(Figures::write).toList());
        map.put("values", grid.values().stream().map(Figures::numbers).toList());
        if (!grid.people().isEmpty()) {
          map.put(
              "people",
              grid.people().stream()
                  .map(row -> row.stream().map(each -> condition(grid, each)).toList())
                  .toList());
        }
      }
      case Joins joins -> {
        map.put("height", write(joins.height()));
        map.put("leaves", joins.leaves().stream().map(Figures::write).toList());
        map.put("joins", joins.joins().stream().map(Figures::write).toList());
      }
      case Graph graph -> {
        map.put("width", write(graph.width()));
        map.put("strength", write(graph.strength()));
        map.put("nodes", graph.nodes().stream().map(Figures::write).toList());
        map.put("arrows", graph.arrows().stream().map(Figures::write).toList());
      }
    }
    return map;
  }

  static Figure read(Document map) {
    Text title = text(map, "title");
    return switch (map.getString("kind")) {
      case "plot" ->
          new Plot(
              title,
              text(map, "x"),
              text(map, "y"),
              Mark.valueOf(map.getString("mark").toUpperCase(Locale.ROOT)),
              Values.documents(map, "series").stream()
                  .map(
                      each ->
                          new Series(text(each, "name"), numbers(each, "x"), numbers(each, "y")))
                  .toList());
      case "bars" ->
          new Bars(
              title,
              text(map, "value"),
              Values.documents(map, "bars").stream()
                  .map(
                      each ->
                          new Bar(
                              text(each, "name"),
                              number(each.get("value")),
                              number(each.get("low")),
                              number(each.get("high"))))
                  .toList());
      case "grid" ->
          new Grid(
              title,
              texts(map, "rows"),
              texts(map, "columns"),
              map.getList("values", List.class).stream().map(Figures::unknown).toList(),
              map.getList("people", List.class, List.of()).stream().map(Figures::people).toList());
      case "graph" ->
          new Graph(
              title,
              text(map, "width"),
              text(map, "strength"),
              texts(map, "nodes"),
              Values.documents(map, "arrows").stream()
                  .map(
                      each ->
                          new Arrow(
                              each.getList("from", Integer.class),
                              each.getInteger("to"),
                              number(each.get("width")),
                              number(each.get("strength"))))
                  .toList());
      default ->
          new Joins(
              title,
              text(map, "height"),
              texts(map, "leaves"),
              Values.documents(map, "joins").stream()
                  .map(
                      each ->
                          new Join(
                              each.getInteger("left"),
                              each.getInteger("right"),
                              number(each.get("height"))))
                  .toList());
    };
  }

  private static Map<String, Object> write(Series series) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", write(series.name()));
    map.put("x", numbers(series.x()));
    map.put("y", numbers(series.y()));
    return map;
  }

  private static Map<String, Object> write(Bar bar) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", write(bar.name()));
    map.put("value", known(bar.value()));
    map.put("low", known(bar.low()));
    map.put("high", known(bar.high()));
    return map;
  }

  private static Map<String, Object> write(Arrow arrow) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("from", arrow.from());
    map.put("to", arrow.to());
    map.put("width", known(arrow.width()));
    map.put("strength", known(arrow.strength()));
    return map;
  }

  private static Map<String, Object> write(Join join) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("left", join.left());
    map.put("right", join.right());
    map.put("height", known(join.height()));
    return map;
  }

  /**
   * A condition as it is kept.
   *
   * @throws Problem when it is none
   */
  private static Map<String, Object> condition(Grid grid, String condition) {
    try {
      return ConditionDocuments.write(
          SegmentDocuments.condition(Json.plain(new JsonObject(condition))));
    } catch (InvalidDocument | DecodeException e) {
      throw Problem.invalid(
          "", "profiler-figure", grid.title().en(), String.valueOf(e.getMessage()));
    }
  }

  @SuppressWarnings("unchecked")
  private static List<String> people(List<?> row) {
    return row.stream()
        .map(each -> Json.object((Map<String, Object>) requireNonNull(Values.plain(each))).encode())
        .toList();
  }

  /** Both languages by their tags. */
  static Map<String, Object> write(Text text) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(Texts.ENGLISH, text.en());
    map.put(Texts.CHINESE, text.zh());
    return map;
  }

  static Text text(Document map, String key) {
    return text(Values.document(map, key));
  }

  static Text text(Document text) {
    return new Text(text.getString(Texts.ENGLISH), text.getString(Texts.CHINESE));
  }

  private static List<Text> texts(Document map, String key) {
    return Values.documents(map, key).stream().map(Figures::text).toList();
  }

  /** The number where it is one that JSON can say. */
  static @Nullable Double known(double number) {
    return Double.isFinite(number) ? number : null;
  }

  private static List<@Nullable Double> numbers(List<Double> numbers) {
    List<@Nullable Double> known = new ArrayList<>(numbers.size());
    numbers.forEach(number -> known.add(known(number)));
    return known;
  }

  private static List<Double> numbers(Document map, String key) {
    return unknown(map.getList(key, Object.class));
  }

  private static List<Double> unknown(List<?> numbers) {
    return numbers.stream().map(Figures::number).toList();
  }

  static double number(@Nullable Object known) {
    return known instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
