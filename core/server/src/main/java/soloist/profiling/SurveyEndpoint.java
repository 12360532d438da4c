package soloist.profiling;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.profile.FactSet;
import soloist.spi.Profiler;
import soloist.store.Store;

/**
 * What is known of people over HTTP: one trait described, how some go together, and of how many a
 * profiler would know its columns.
 */
public final class SurveyEndpoint {
  private static final int MOST_TRAITS = 20;

  private final Profiling profiling;
  private final Survey survey;

  public SurveyEndpoint(Profiling profiling, Store store, InstantSource clock) {
    this.profiling = profiling;
    survey = new Survey(store, clock);
  }

  public void mount(Routes api) {
    api.get("/api/v1/survey/trait", Permission.CUSTOMERS_READ, this::describe);
    api.get("/api/v1/survey/relations", Permission.CUSTOMERS_READ, this::relate);
    api.get("/api/v1/instances/:id/columns", Permission.CUSTOMERS_READ, this::columns);
  }

  private Reply describe(Request request) {
    String trait =
        request.query("trait").orElseThrow(() -> Problem.invalid("trait", "survey-trait", ""));
    Description description = new Description();
    Survey.Extent extent =
        survey.read(
            List.of(trait), request.query("segment"), person -> description.add(person.getFirst()));
    return reply(extent, Map.of("trait", trait), description.toJson());
  }

  private Reply relate(Request request) {
    List<String> traits =
        Arrays.stream(request.query("traits").orElse("").split(",", -1)).distinct().toList();
    if (traits.size() < 2 || traits.size() > MOST_TRAITS) {
      throw Problem.invalid("traits", "survey-traits", Integer.toString(MOST_TRAITS));
    }
    Relations relations = new Relations(traits);
    Survey.Extent extent = survey.read(traits, request.query("segment"), relations::add);
    return reply(extent, Map.of(), relations.toJson());
  }

  /** What a profiler would look at; events are not counted, as no index has them by type. */
  private Reply columns(Request request) {
    List<Profiler.Wanted> wanted = profiling.wanted(request.path("id"));
    List<Profiler.Wanted> traits =
        wanted.stream().filter(each -> each.type() != Profiler.Wanted.Type.EVENTS).toList();
    int[] known = new int[traits.size()];
    int[] other = new int[traits.size()];
    Survey.Extent extent =
        survey.read(
            traits.stream().map(Profiler.Wanted::key).toList(),
            Optional.empty(),
            person -> {
              for (int i = 0; i < known.length; i++) {
                Object value = person.get(i);
                known[i] += isOf(traits.get(i), value) ? 1 : 0;
                other[i] += value != null && !isOf(traits.get(i), value) ? 1 : 0;
              }
            });
    List<Map<String, Object>> items = new ArrayList<>();
    for (Profiler.Wanted each : wanted) {
      int i = traits.indexOf(each);
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("key", each.key());
      item.put("type", each.type().name().toLowerCase(Locale.ROOT));
      item.put("set", set(each));
      item.put("known", i < 0 ? null : known[i]);
      item.put("other", i < 0 ? null : other[i]);
      items.add(item);
    }
    return reply(extent, Map.of(), Map.of("items", items));
  }

  private static String set(Profiler.Wanted wanted) {
    boolean isEvents = wanted.type() == Profiler.Wanted.Type.EVENTS;
    String key = isEvents ? "times:" + wanted.key() : wanted.key();
    return FactSet.of(key, false).name().toLowerCase(Locale.ROOT);
  }

  private static boolean isOf(Profiler.Wanted wanted, @Nullable Object value) {
    return switch (wanted.type()) {
      case NUMBER -> value instanceof BigDecimal;
      case TIME -> value instanceof Instant;
      case TEXT -> value instanceof String;
      case EVENTS -> false;
    };
  }

  private static Reply reply(
      Survey.Extent extent, Map<String, Object> about, Map<String, Object> found) {
    Map<String, Object> json = new LinkedHashMap<>(about);
    json.put("people", extent.people());
    json.put("seen", extent.seen());
    json.put("exact", extent.isExact());
    json.putAll(found);
    return Reply.json(json);
  }
}
