package soloist.profile;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.http.Page;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.http.Total;
import soloist.lane.Row;
import soloist.rules.expression.Expressions;
import soloist.spi.Text;
import soloist.store.Store;

/** Customers: the list, one portrait, one timeline. */
public final class ProfilesEndpoint {
  /** Not what is left of people who were known from an import only that was undone. */
  private static final Bson KNOWN = Filters.gte("lastSeen", new Date(0));

  private final Store store;
  private final ProfileSummaries summaries;
  private final ProfileSearch search;
  private final BiFunction<String, String, Map<String, Object>> names;
  private final Function<Journey, String> steps;
  private final InstantSource clock;

  /**
   * @param names by language of a definition, given its kind and id
   * @param steps the id of the step that a journey stands at
   */
  public ProfilesEndpoint(
      Store store,
      BiFunction<String, String, Map<String, Object>> names,
      Function<Journey, String> steps,
      InstantSource clock) {
    this.store = store;
    summaries = new ProfileSummaries(names);
    search = new ProfileSearch(store);
    this.names = names;
    this.steps = steps;
    this.clock = clock;
  }

  public void mount(Routes api) {
    api.get("/api/v1/profiles", Permission.CUSTOMERS_READ, this::list);
    api.get("/api/v1/profiles/:id", Permission.CUSTOMERS_READ, this::one);
    api.get("/api/v1/profiles/:id/timeline", Permission.CUSTOMERS_READ, this::timeline);
  }

  private Reply list(Request request) {
    Optional<String> segment = request.query("segment");
    Optional<String> words = request.query("q");
    if (words.isPresent()) {
      return found(search.find(words.get(), segment), request);
    }
    boolean withoutVisitors =
        segment.isEmpty() && request.query("visitors").filter("false"::equals).isPresent();
    // Whoever is in a segment is known.
    Bson filter = segment.map(id -> eq(Findable.SEGMENTS, id)).orElse(KNOWN);
    Bson shown =
        withoutVisitors ? Filters.and(filter, Filters.ne(Findable.ANONYMOUS, true)) : filter;
    // The index by segment gives no order by time, and sorting everybody in it would cost too much.
    Bson order = segment.isPresent() ? new Document() : Sorts.descending("lastSeen", "_id");
    Page page = Page.of(store.profiles().find(shown).sort(order), request);
    Map<String, Object> body = page.body(summaries.of(page.documents()));
    // By the index that holds them, where "all but visitors" would read those too.
    Bson counted = withoutVisitors ? Findable.CUSTOMERS : filter;
    body.put("total", Total.of(store.profiles(), counted).told());
    return Reply.json(body);
  }

  private Reply found(ProfileSearch.Found found, Request request) {
    int from = Math.min(request.offset(), found.profiles().size());
    int to = Math.min(from + request.limit(), found.profiles().size());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("items", summaries.of(found.profiles().subList(from, to)));
    body.put("nextCursor", to < found.profiles().size() ? Integer.toString(to) : null);
    body.put("total", new Total(found.profiles().size(), found.complete()).told());
    return Reply.json(body);
  }

  private Reply one(Request request) {
    OwnFields own = OwnFields.of(store);
    Profile profile = find(request).with(own);
    Map<String, Object> portrait = summaries.of(profile);
    List<Map<String, Object>> traits = new ArrayList<>();
    Map<String, Trait> known = profile.traits(clock.instant());
    known.forEach((key, trait) -> traits.add(trait(key, trait, own.find(key), known)));
    portrait.put("traits", traits);
    List<Map<String, Object>> segments = new ArrayList<>();
    profile.memberships.forEach(
        (id, membership) ->
            segments.add(
                Map.of(
                    "id", id,
                    "name", names.apply("segment", id),
                    "since", membership.since(),
                    "cause", Map.of("event", membership.cause()))));
    portrait.put("segments", segments);
    List<Map<String, Object>> consents = new ArrayList<>();
    profile.consents.forEach(
        (purpose, consent) ->
            consents.add(
                Map.of(
                    "purpose", purpose,
                    "granted", consent.granted(),
                    "time", consent.time(),
                    "source", consent.source(),
                    "event", consent.event())));
    portrait.put("consents", consents);
    portrait.put("journeys", profile.journeys.stream().map(this::journey).toList());
    portrait.put("dueAt", profile.dueAt);
    return Reply.json(portrait);
  }

  private static Map<String, Object> trait(
      String key, Trait trait, Optional<OwnField> own, Map<String, Trait> known) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("key", key);
    told.put("value", trait.value());
    String currency =
        own.map(OwnField::currency).orElseGet(() -> OwnField.currency(key)).orElse(null);
    told.put(
        "type",
        switch (trait.value()) {
          case BigDecimal _ when currency != null -> "money";
          case BigDecimal _ -> "number";
          case Boolean _ -> "boolean";
          case Instant _ -> "instant";
          default -> "text";
        });
    if (currency != null) {
      told.put("currency", currency);
    }
    told.put("source", trait.source());
    told.put("at", trait.at());
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("event", trait.event());
    Text because = trait.because();
    if (because != null) {
      evidence.put("because", Map.of("en", because.en(), "zh-CN", because.zh()));
    }
    own.ifPresent(field -> evidence.put("saw", saw(field, known)));
    told.put("evidence", evidence);
    return told;
  }

  /** What went into the formula, in its order. */
  private static List<Map<String, Object>> saw(OwnField field, Map<String, Trait> known) {
    List<Map<String, Object>> saw = new ArrayList<>();
    for (String key : Expressions.keys(field.expression())) {
      Trait trait = known.get(key);
      if (trait != null) {
        saw.add(Map.of("key", key, "value", trait.value()));
      }
    }
    return saw;
  }

  private Map<String, Object> journey(Journey journey) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("campaign", journey.campaign());
    told.put("campaignName", names.apply("campaign", journey.campaign()));
    told.put("version", journey.version());
    told.put("step", steps.apply(journey));
    told.put("since", journey.since());
    told.put("wakeAt", journey.wakeAt());
    return told;
  }

  private Reply timeline(Request request) {
    Document found = document(request);
    List<String> undone = found.getList("undone", String.class, List.of());
    Page page =
        Page.of(
            store
                .events()
                .find(
                    Filters.and(
                        Roots.whose(found),
                        Filters.nin("type", EventTypes.UNTOLD),
                        Filters.nin("origin", undone)))
                .sort(Sorts.descending("time", "position")),
            request);
    return Reply.json(
        page.body(page.documents().stream().map(Row::of).map(ProfilesEndpoint::event).toList()));
  }

  private static Map<String, Object> event(Row row) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", row.id());
    told.put("type", row.type());
    told.put("time", row.time());
    told.put("receivedAt", row.at());
    told.put("source", row.origin());
    told.put("properties", row.properties());
    return told;
  }

  private Profile find(Request request) {
    return ProfileDocuments.read(document(request));
  }

  private Document document(Request request) {
    return Roots.find(store, request.path("id")).orElseThrow(Problem::notFound);
  }
}
