package soloist.profiling;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.store.Store;

/** What is known of people over HTTP: one trait described, and how some go together. */
public final class SurveyEndpoint {
  private static final int MOST_TRAITS = 20;

  private final Survey survey;

  public SurveyEndpoint(Store store) {
    survey = new Survey(store);
  }

  public void mount(Routes api) {
    api.get("/api/v1/survey/trait", Permission.CUSTOMERS_READ, this::describe);
    api.get("/api/v1/survey/relations", Permission.CUSTOMERS_READ, this::relate);
  }

  private Reply describe(Request request) {
    String trait =
        request
            .query("trait")
            .orElseThrow(() -> Problem.invalid("trait", "survey-trait", ""));
    Description description = new Description();
    Survey.Extent extent =
        survey.read(
            List.of(trait),
            request.query("segment"),
            person -> description.add(person.getFirst()));
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
