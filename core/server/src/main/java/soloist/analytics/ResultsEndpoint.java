package soloist.analytics;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import soloist.analytics.Happening.What;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.profile.ProfileDocuments;
import soloist.profile.ProfileSummaries;
import soloist.profile.Roots;
import soloist.store.Store;

/** What came of a campaign in numbers, by version, and the people behind each number. */
public final class ResultsEndpoint {
  private static final int USUAL_DAYS = 7;
  private static final int MOST_DAYS = 365;

  private final Store store;
  private final CampaignResults results;
  private final InstantSource clock;

  public ResultsEndpoint(Store store, InstantSource clock) {
    this.store = store;
    this.results = new CampaignResults(store);
    this.clock = clock;
  }

  public void mount(Routes api) {
    api.get("/api/v1/campaigns/:id/results", Permission.CUSTOMERS_READ, this::numbers);
    api.get("/api/v1/campaigns/:id/people", Permission.CUSTOMERS_READ, this::people);
  }

  private Reply numbers(Request request) {
    int days = number(request, "days", USUAL_DAYS, MOST_DAYS);
    CampaignResults.Found found = results.of(request.path("id"), Duration.ofDays(days));
    TreeSet<Integer> versions = new TreeSet<>(Comparator.reverseOrder());
    found.happenings().forEach(each -> versions.add(each.version()));
    List<Map<String, Object>> items = new ArrayList<>();
    for (int version : versions) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("version", version);
      for (What what : What.values()) {
        Map<String, Integer> reasons = new TreeMap<>();
        found.happenings().stream()
            .filter(each -> each.what() == what && each.version() == version)
            .forEach(each -> reasons.merge(each.reason(), 1, Integer::sum));
        told.put(word(what), group(reasons));
      }
      items.add(told);
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("days", days);
    told.put("at", clock.instant());
    told.put("complete", found.complete());
    told.put("versions", items);
    return Reply.json(told);
  }

  private static Map<String, Object> group(Map<String, Integer> byReason) {
    List<Map<String, Object>> reasons = new ArrayList<>();
    byReason.forEach(
        (reason, count) -> {
          if (!reason.isEmpty()) {
            reasons.add(Map.of("reason", reason, "count", count));
          }
        });
    int count = byReason.values().stream().mapToInt(Integer::intValue).sum();
    return Map.of("count", count, "reasons", reasons);
  }

  private Reply people(Request request) {
    What of =
        Arrays.stream(What.values())
            .filter(what -> request.query("of").filter(word(what)::equals).isPresent())
            .findFirst()
            .orElseThrow(() -> Problem.invalid("of", "results-of", words()));
    int version = number(request, "version", 0, Integer.MAX_VALUE);
    int days = number(request, "days", USUAL_DAYS, MOST_DAYS);
    List<Happening> all =
        results.of(request.path("id"), Duration.ofDays(days)).happenings().stream()
            .filter(each -> each.what() == of)
            .filter(each -> version == 0 || each.version() == version)
            .filter(each -> request.query("reason").map(each.reason()::equals).orElse(true))
            .sorted(Comparator.comparing(Happening::at).reversed())
            .toList();
    int from = Math.min(request.offset(), all.size());
    int to = Math.min(from + request.limit(), all.size());
    List<Happening> shown = all.subList(from, to);
    Map<String, String> names = names(shown);
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("items", shown.stream().map(each -> told(each, names)).toList());
    page.put("nextCursor", to < all.size() ? Integer.toString(to) : null);
    page.put("total", all.size());
    return Reply.json(page);
  }

  private Map<String, String> names(List<Happening> shown) {
    Map<String, String> names = new HashMap<>();
    Roots.findAll(store, shown.stream().map(Happening::profileId).toList())
        .forEach((id, root) -> names.put(id, ProfileSummaries.name(ProfileDocuments.read(root))));
    return names;
  }

  private static Map<String, Object> told(Happening each, Map<String, String> names) {
    String person = each.profileId();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("profile", Map.of("id", person, "name", names.getOrDefault(person, person)));
    told.put("at", each.at());
    told.put("version", each.version());
    told.put("reason", each.reason());
    told.put("step", each.step());
    told.put("decision", each.decision());
    told.put("message", each.message());
    return told;
  }

  private static int number(Request request, String name, int usual, int most) {
    String given = request.query(name).orElse(Integer.toString(usual));
    if (given.matches("[0-9]{1,9}") && Integer.parseInt(given) <= most) {
      return Integer.parseInt(given);
    }
    throw Problem.invalid(name, "limit", Integer.toString(most));
  }

  private static String word(What what) {
    return what.name().toLowerCase(Locale.ROOT);
  }

  private static String words() {
    return String.join(", ", Arrays.stream(What.values()).map(ResultsEndpoint::word).toList());
  }
}
