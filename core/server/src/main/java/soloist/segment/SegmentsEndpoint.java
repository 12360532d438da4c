package soloist.segment;

import static com.mongodb.client.model.Filters.eq;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bson.Document;
import soloist.http.Json;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.http.Versions;
import soloist.profile.Findable;
import soloist.profile.OwnFields;
import soloist.profile.ProfileSummaries;
import soloist.profile.Roots;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.Segment;
import soloist.rules.condition.SegmentDocuments;
import soloist.rules.condition.VerdictDocuments;
import soloist.rules.document.InvalidDocument;
import soloist.store.Store;
import soloist.store.Values;

/** Segments over HTTP: make, look, change, try before, and who is in and why. */
public final class SegmentsEndpoint {
  private static final String ALL = "/api/v1/segments";
  private static final String ONE = ALL + "/:id";
  private static final int LONGEST_NAME = 100;

  private final Store store;
  private final Segments segments;
  private final ProfileSummaries summaries;
  private final Census census;
  private final Growth growth;
  private final Watches watches;
  private final Vocabulary vocabulary;
  private final InstantSource clock;
  private final Supplier<ZoneId> zone;

  /**
   * @param zone that the owner's days begin in
   */
  public SegmentsEndpoint(
      Store store,
      Segments segments,
      ProfileSummaries summaries,
      InstantSource clock,
      Supplier<ZoneId> zone) {
    this.store = store;
    this.segments = segments;
    this.summaries = summaries;
    this.clock = clock;
    this.zone = zone;
    census = new Census(store);
    growth = new Growth(store);
    watches = new Watches(store, segments, clock);
    vocabulary = new Vocabulary(store);
  }

  public void mount(Routes api) {
    api.get(ALL, Permission.CUSTOMERS_READ, _ -> list());
    api.post(ALL, Permission.MARKETING_WRITE, this::create);
    api.get(
        ALL + "/words",
        Permission.CUSTOMERS_READ,
        _ -> Reply.json(vocabulary.words(clock.instant())));
    api.post(ALL + "/preview", Permission.CUSTOMERS_READ, this::preview);
    api.get(ALL + "/counts/:count", Permission.CUSTOMERS_READ, this::progress);
    api.get(
        ONE, Permission.CUSTOMERS_READ, request -> one(200, segments.require(request.path("id"))));
    api.post(ONE, Permission.MARKETING_WRITE, this::change);
    api.post(ONE + "/remove", Permission.MARKETING_WRITE, this::remove);
    api.get(ONE + "/versions", Permission.CUSTOMERS_READ, this::versions);
    api.get(ONE + "/growth", Permission.CUSTOMERS_READ, this::growth);
    api.get(
        "/api/v1/watches",
        Permission.CUSTOMERS_READ,
        _ -> Reply.json(Map.of("items", watches.calling())));
    api.get(ONE + "/watch", Permission.CUSTOMERS_READ, request -> Reply.json(watches.one(request)));
    api.post(
        ONE + "/watch", Permission.MARKETING_WRITE, request -> Reply.json(watches.change(request)));
    api.get(ONE + "/people/:person", Permission.CUSTOMERS_READ, this::explain);
  }

  private Reply list() {
    List<Map<String, Object>> items = new ArrayList<>();
    for (Segment segment : segments.all()) {
      items.add(shown(segment));
    }
    return Reply.json(Map.of("items", items));
  }

  private Reply create(Request request) {
    Map<String, Object> body = Json.plain(request.json());
    return one(201, segments.create(name(body), condition(body))).with("Cache-Control", "no-store");
  }

  private Reply change(Request request) {
    int expected = Versions.expected(request);
    Map<String, Object> body = Json.plain(request.json());
    Map<String, String> name = name(body);
    Condition condition = condition(body);
    return one(
        200,
        segments.change(
            request.path("id"),
            expected,
            old -> new Segment(old.id(), old.version(), name, condition)));
  }

  private Reply remove(Request request) {
    segments.remove(request.path("id"), Versions.expected(request));
    return Reply.json(Map.of("id", request.path("id"), "removed", true));
  }

  private Reply versions(Request request) {
    List<Segment> versions = segments.versions(request.path("id"));
    if (versions.isEmpty()) {
      throw Problem.notFound();
    }
    Map<Integer, Instant> published = segments.published(versions);
    List<Map<String, Object>> items = new ArrayList<>();
    for (Segment version : versions.reversed()) {
      Map<String, Object> item = new LinkedHashMap<>(SegmentDocuments.write(version));
      item.put("at", published.get(version.version()));
      items.add(item);
    }
    return Reply.json(Map.of("items", items));
  }

  private Reply growth(Request request) {
    Segment segment = segments.require(request.path("id"));
    return Reply.json(growth.of(segment.id(), clock.instant(), zone.get()));
  }

  /** Whom a condition would hold for, before anybody saves it. */
  private Reply preview(Request request) {
    JsonObject body = request.json();
    Condition condition = condition(Json.plain(body));
    Instant now = clock.instant();
    String id = body.getValue("count") instanceof String named ? named : "";
    if (id.length() > LONGEST_NAME) {
      throw Problem.invalid("/count", "segment-count");
    }
    Census.Result found =
        Boolean.TRUE.equals(body.getValue("exact"))
            ? census.exactly(condition, now, id, () -> !request.isGone())
            : census.soon(condition, now);
    Map<String, Object> told = new LinkedHashMap<>();
    Estimate count = found.count();
    told.put(
        "count",
        Map.of(
            "value", count.value(),
            "low", count.low(),
            "high", count.high(),
            "exact", count.isExact(),
            "seen", count.seen(),
            "people", count.people()));
    told.put("sample", summaries.of(found.sample()));
    told.put("lines", count.isExact() ? lines(found.lines()) : null);
    told.put("overlaps", count.isExact() ? overlaps(found.segments()) : null);
    told.put(
        "person",
        body.getValue("person") instanceof String person
            ? VerdictDocuments.write(Conditions.explain(condition, person(condition, person, now)))
            : null);
    return Reply.json(told);
  }

  /** How far the count is that a page waits for; none of nobody when it does not go on. */
  private Reply progress(Request request) {
    Census.Progress progress =
        census.progress(request.path("count")).orElse(new Census.Progress(0, 0));
    return Reply.json(Map.of("seen", progress.seen(), "people", progress.people()));
  }

  private static List<Map<String, Object>> lines(List<Funnel.Line> lines) {
    return lines.stream()
        .map(line -> Map.<String, Object>of("alone", line.alone(), "in", line.in()))
        .toList();
  }

  /** The largest first. */
  private List<Map<String, Object>> overlaps(Map<String, Long> found) {
    return segments.all().stream()
        .filter(segment -> found.containsKey(segment.id()))
        .sorted(
            Comparator.comparingLong((Segment segment) -> found.getOrDefault(segment.id(), 0L))
                .reversed()
                .thenComparing(Segment::id))
        .map(
            segment ->
                Map.<String, Object>of(
                    "segment", segment.id(), "people", found.getOrDefault(segment.id(), 0L)))
        .toList();
  }

  /** Whether somebody is in, since when, and which part decides. */
  private Reply explain(Request request) {
    Segment segment = segments.require(request.path("id"));
    Person person = person(segment.condition(), request.path("person"), clock.instant());
    Document membership =
        Values.document(person.profile(), "memberships").get(segment.id(), Document.class);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("segment", segment.id());
    told.put("person", person.id());
    told.put("version", segment.version());
    told.put("in", membership != null);
    told.put("since", membership == null ? null : Values.instant(membership, "since"));
    told.put("verdict", VerdictDocuments.write(Conditions.explain(segment.condition(), person)));
    return Reply.json(told);
  }

  private Person person(Condition condition, String id, Instant now) {
    Document profile = Roots.find(store, id).orElseThrow(Problem::notFound);
    return new History(store, condition, now, OwnFields.of(store)).of(List.of(profile)).getFirst();
  }

  private Reply one(int status, Segment segment) {
    return Versions.tagged(Reply.json(status, Json.object(shown(segment))), segment.version());
  }

  private Map<String, Object> shown(Segment segment) {
    Map<String, Object> shown = new LinkedHashMap<>(SegmentDocuments.write(segment));
    shown.put("members", store.profiles().countDocuments(eq(Findable.SEGMENTS, segment.id())));
    shown.put("at", segments.published(List.of(segment)).get(segment.version()));
    shown.put(
        "uses",
        segments.uses(segment.id()).stream()
            .map(use -> Map.of("kind", use.kind(), "id", use.id(), "name", use.name()))
            .toList());
    return shown;
  }

  private static Condition condition(Map<String, Object> body) {
    if (!(body.get("condition") instanceof Map<?, ?> written)) {
      throw Problem.invalid("/condition", "segment-condition-missing");
    }
    Map<String, Object> document = new LinkedHashMap<>();
    written.forEach((key, value) -> document.put((String) key, value));
    try {
      return SegmentDocuments.condition(document);
    } catch (InvalidDocument e) {
      throw Problem.invalid(
          List.of(
              new Problem.Detail(
                  "/condition" + e.pointer(), "segment-condition", List.of(e.getMessage()))));
    }
  }

  private static Map<String, String> name(Map<String, Object> body) {
    return Json.name(body, LONGEST_NAME)
        .orElseThrow(() -> Problem.invalid("/name", "segment-name"));
  }
}
