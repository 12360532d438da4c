package soloist.segment;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.http.Request;
import soloist.profile.Findable;
import soloist.rules.condition.Segment;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Segments of which the owner wants to hear who comes in, and until when that was seen. One
 * document a segment, none for a segment that nobody ever spoke of.
 */
final class Watches {
  /** Who may be about to leave is told without being asked. */
  private static final Set<String> FROM_THE_START = Set.of("profiler-value-at-risk");

  private static final String PREFIX = "watch:";

  private final Store store;
  private final Segments segments;
  private final InstantSource clock;

  Watches(Store store, Segments segments, InstantSource clock) {
    this.store = store;
    this.segments = segments;
    this.clock = clock;
  }

  /** Those that somebody has come into since they were seen. */
  List<Map<String, Object>> calling() {
    return segments.all().stream()
        .map(this::shown)
        .filter(watch -> watch.on() && watch.people() > 0)
        .map(Watch::toJson)
        .toList();
  }

  Map<String, Object> one(Request request) {
    return shown(segments.require(request.path("id"))).toJson();
  }

  /** Takes the owner's word: whether to tell, and until when it was seen. */
  Map<String, Object> change(Request request) {
    Segment segment = segments.require(request.path("id"));
    switch (request.json().getValue("on")) {
      case Boolean on -> note(segment, "on", on);
      case null -> {}
      default -> throw Problem.invalid("/on", "watch-word");
    }
    switch (request.json().getValue("seen")) {
      case String seen -> note(segment, "seen", Values.date(instant(seen)));
      case null -> {}
      default -> throw Problem.invalid("/seen", "watch-seen");
    }
    return shown(segment).toJson();
  }

  private Instant instant(String text) {
    try {
      Instant seen = Instant.parse(text);
      if (!seen.isAfter(clock.instant())) {
        return seen;
      }
    } catch (java.time.format.DateTimeParseException _) {
      // told below
    }
    throw Problem.invalid("/seen", "watch-seen");
  }

  private void note(Segment segment, String field, @Nullable Object value) {
    store
        .state()
        .updateOne(
            eq("_id", PREFIX + segment.id()), set(field, value), new UpdateOptions().upsert(true));
  }

  /**
   * How a segment is watched.
   *
   * @param people who came in since it was seen and are in it
   * @param at until when they were counted
   */
  private record Watch(
      Segment segment, boolean on, @Nullable Instant seen, long people, Instant at) {
    Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("segment", segment.id());
      json.put("name", segment.name());
      json.put("on", on);
      json.put("seen", seen);
      json.put("people", people);
      json.put("at", at);
      return json;
    }
  }

  private Watch shown(Segment segment) {
    // Read first: who comes in meanwhile is told the next time.
    Instant now = clock.instant();
    Document noted =
        Optional.ofNullable(store.state().find(eq("_id", PREFIX + segment.id())).first())
            .orElseGet(Document::new);
    boolean isOn = noted.getBoolean("on", FROM_THE_START.contains(segment.id()));
    Instant seen = Values.instantOrNull(noted, "seen");
    return new Watch(segment, isOn, seen, isOn ? since(segment, seen) : 0, now);
  }

  private long since(Segment segment, @Nullable Instant seen) {
    return store
        .profiles()
        .countDocuments(
            seen == null
                ? eq(Findable.SEGMENTS, segment.id())
                : and(
                    eq(Findable.SEGMENTS, segment.id()),
                    gt("memberships." + segment.id() + ".since", Values.date(seen))));
  }
}
