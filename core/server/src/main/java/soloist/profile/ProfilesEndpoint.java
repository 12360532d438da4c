package soloist.profile;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.http.Page;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.identity.Identifiers;
import soloist.lane.Row;
import soloist.store.Store;

/** Customers: the list, one portrait, one timeline. */
public final class ProfilesEndpoint {
  /** Not what is left of people who were known from an import only that was undone. */
  private static final Bson KNOWN = Filters.gte("lastSeen", new Date(0));

  private final Store store;
  private final BiFunction<String, String, Map<String, Object>> names;
  private final Function<Journey, String> steps;

  /**
   * @param names by language of a definition, given its kind and id
   * @param steps the id of the step that a journey stands at
   */
  public ProfilesEndpoint(
      Store store,
      BiFunction<String, String, Map<String, Object>> names,
      Function<Journey, String> steps) {
    this.store = store;
    this.names = names;
    this.steps = steps;
  }

  public void mount(Routes api) {
    api.get("/api/v1/profiles", Permission.CUSTOMERS_READ, this::list);
    api.get("/api/v1/profiles/:id", Permission.CUSTOMERS_READ, this::one);
    api.get("/api/v1/profiles/:id/timeline", Permission.CUSTOMERS_READ, this::timeline);
  }

  private Reply list(Request request) {
    // No name or identifier holds a control character, and a pattern of the store cannot.
    Bson filter =
        request
            .query("q")
            .map(words -> words.replaceAll("\\p{Cntrl}", " "))
            .map(words -> Filters.and(KNOWN, search(words)))
            .orElse(KNOWN);
    Page page =
        Page.of(store.profiles().find(filter).sort(Sorts.descending("lastSeen", "_id")), request);
    Map<String, Object> body =
        page.body(
            page.documents().stream().map(ProfileDocuments::read).map(this::summary).toList());
    body.put("total", Map.of("value", store.profiles().countDocuments(filter), "relation", "eq"));
    return Reply.json(body);
  }

  /** By a part of a name or identifier. */
  private static Bson search(String words) {
    Pattern pattern =
        Pattern.compile(Pattern.quote(words), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    List<Bson> any = new ArrayList<>();
    Identifiers.KINDS.forEach(kind -> any.add(Filters.regex("identifiers." + kind, pattern)));
    any.add(Filters.regex("traits.name.value", pattern));
    any.add(Filters.regex("traits.first_name.value", pattern));
    return Filters.or(any);
  }

  private Map<String, Object> summary(Profile profile) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("id", profile.id());
    summary.put("name", name(profile));
    summary.put("identifiers", identifiers(profile));
    Map<String, Object> traits = new LinkedHashMap<>();
    profile.traits.forEach((key, trait) -> traits.put(key, trait.value()));
    summary.put("traits", traits);
    List<Map<String, Object>> segments = new ArrayList<>();
    profile.memberships.forEach(
        (id, _) -> segments.add(Map.of("id", id, "name", names.apply("segment", id))));
    summary.put("segments", segments);
    summary.put("firstSeen", profile.firstSeen);
    summary.put("lastSeen", profile.lastSeen);
    return summary;
  }

  private Reply one(Request request) {
    Profile profile = find(request);
    Map<String, Object> portrait = summary(profile);
    List<Map<String, Object>> traits = new ArrayList<>();
    profile.traits.forEach((key, trait) -> traits.add(trait(key, trait)));
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

  private static Map<String, Object> trait(String key, Trait trait) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("key", key);
    told.put("value", trait.value());
    String currency = key.startsWith("spent_") ? key.substring("spent_".length()) : null;
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
    told.put("evidence", Map.of("event", trait.event()));
    return told;
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
    Profile profile = find(request);
    Page page =
        Page.of(
            store
                .events()
                .find(
                    Filters.and(
                        eq("profileId", profile.id()),
                        Filters.nin("type", Row.REFOLD, EventTypes.RETOLD),
                        Filters.nin("origin", profile.undone)))
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
    Document found = store.profiles().find(eq("_id", request.path("id"))).first();
    if (found == null) {
      throw Problem.notFound();
    }
    return ProfileDocuments.read(found);
  }

  private static Map<String, Object> identifiers(Profile profile) {
    Map<String, Object> identifiers = new LinkedHashMap<>();
    profile.identifiers.forEach((kind, values) -> identifiers.put(kind, List.copyOf(values)));
    return identifiers;
  }

  /** What to call a person: the name they told, else an identifier. */
  private static String name(Profile profile) {
    return text(profile, "name")
        .or(() -> text(profile, "first_name"))
        .or(
            () ->
                Identifiers.KINDS.stream()
                    .flatMap(kind -> profile.identifiers(kind).stream())
                    .findFirst())
        .orElse(profile.id());
  }

  private static Optional<String> text(Profile profile, String key) {
    return profile.trait(key).map(trait -> trait.value().toString());
  }
}
