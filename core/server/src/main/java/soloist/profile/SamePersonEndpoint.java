package soloist.profile;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.identity.Pairs;
import soloist.lane.Journal;
import soloist.store.Store;

/** Who may be double, and making one person of two or two of one. */
public final class SamePersonEndpoint {
  private final Store store;
  private final ProfileSummaries summaries;
  private final Doubles doubles;
  private final Merges merges;

  /**
   * @param names by language of a definition, given its kind and id
   */
  public SamePersonEndpoint(
      Store store,
      Journal journal,
      InstantSource clock,
      BiFunction<String, String, Map<String, Object>> names) {
    Pairs pairs = new Pairs(store);
    this.store = store;
    summaries = new ProfileSummaries(names);
    doubles = new Doubles(store, pairs);
    merges = new Merges(store, journal, pairs, clock);
  }

  public void mount(Routes api) {
    api.get("/api/v1/doubles", Permission.CUSTOMERS_READ, this::all);
    api.get("/api/v1/profiles/:id/doubles", Permission.CUSTOMERS_READ, this::doubles);
    api.get("/api/v1/profiles/:id/parts", Permission.CUSTOMERS_READ, this::parts);
    api.get("/api/v1/profiles/:id/together/:other", Permission.CUSTOMERS_READ, this::together);
    api.post("/api/v1/profiles/:id/merge", Permission.CUSTOMERS_WRITE, this::merge);
    api.post("/api/v1/profiles/:id/unmerge", Permission.CUSTOMERS_WRITE, this::unmerge);
    api.post("/api/v1/profiles/:id/apart", Permission.CUSTOMERS_WRITE, this::apart);
  }

  private Reply all(Request request) {
    Doubles.Found found = doubles.after(request.query("cursor").orElse(""));
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("items", told(found.candidates()));
    told.put("nextCursor", found.next().orElse(null));
    return Reply.json(told);
  }

  private Reply doubles(Request request) {
    return Reply.json(Map.of("items", told(doubles.of(profile(request)))));
  }

  private List<Map<String, Object>> told(List<Doubles.Candidate> candidates) {
    return candidates.stream()
        .map(
            each ->
                Map.of(
                    "one", summaries.of(each.one()),
                    "other", summaries.of(each.other()),
                    "reasons", (Object) each.reasons()))
        .toList();
  }

  private Reply parts(Request request) {
    return Reply.json(Map.of("items", merges.parts(profile(request))));
  }

  private Reply together(Request request) {
    Merges.Both both = merges.both(request.path("id"), request.path("other"));
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("stays", summaries.of(ProfileDocuments.read(both.stays())));
    told.put("goes", summaries.of(ProfileDocuments.read(both.goes())));
    told.put("together", summaries.of(merges.together(both)));
    return Reply.json(told);
  }

  private Reply merge(Request request) {
    return taken(merges.merge(both(request)));
  }

  private Reply unmerge(Request request) {
    return taken(merges.unmerge(request.path("id"), other(request)));
  }

  private Reply apart(Request request) {
    Merges.Both both = both(request);
    merges.keepApart(both);
    return taken(both.stays().getString("_id"));
  }

  private Merges.Both both(Request request) {
    return merges.both(request.path("id"), other(request));
  }

  private static String other(Request request) {
    if (request.json().getValue("other") instanceof String other) {
      return other;
    }
    throw Problem.invalid("/other", "person-missing");
  }

  private Profile profile(Request request) {
    return Roots.find(store, request.path("id"))
        .map(ProfileDocuments::read)
        .orElseThrow(Problem::notFound);
  }

  private static Reply taken(String id) {
    return Reply.json(202, new JsonObject().put("id", id));
  }
}
