package soloist.segment;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import soloist.http.Problem;
import soloist.http.Versions;
import soloist.identity.ProfileIds;
import soloist.lane.Publications;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.Segment;
import soloist.rules.condition.SegmentDocuments;
import soloist.store.Definitions;
import soloist.store.Store;
import soloist.store.Values;

/**
 * The segments that an owner makes. Every change is a new version, put into force by control rows;
 * one that is removed gets a last version that holds for nobody.
 */
public final class Segments {
  /** Begins the ids of those that an owner makes; others come with the house or of a model. */
  private static final String OWN = "s-";

  private static final Condition NOBODY = new Condition.Any(List.of());

  /** Has everybody asked again, silently, once what is to be asked counts. */
  @FunctionalInterface
  public interface AskAgain {
    /**
     * @param reason such as {@code segment:regulars@2}
     * @param publish makes the version count; to be run first
     */
    void after(String reason, Runnable publish);
  }

  private final Store store;
  private final Definitions definitions;
  private final Publications publications;
  private final AskAgain askAgain;
  private final InstantSource clock;

  public Segments(
      Store store,
      Definitions definitions,
      Publications publications,
      AskAgain askAgain,
      InstantSource clock) {
    this.store = store;
    this.definitions = definitions;
    this.publications = publications;
    this.askAgain = askAgain;
    this.clock = clock;
  }

  /** Whether there is one that an owner has made and not removed. */
  public static boolean isAnyOwn(Definitions definitions) {
    return newest(definitions).anyMatch(segment -> segment.id().startsWith(OWN));
  }

  /** Those that are not removed, in the order of their ids. */
  List<Segment> all() {
    return newest(definitions).toList();
  }

  private static Stream<Segment> newest(Definitions definitions) {
    return definitions.newest(Definitions.SEGMENT).stream()
        .map(SegmentDocuments::read)
        .filter(segment -> !isRemoved(segment));
  }

  /**
   * @throws Problem 404 when there is none, or none any more
   */
  Segment require(String id) {
    return versions(id).stream()
        .reduce((_, newest) -> newest)
        .filter(segment -> !isRemoved(segment))
        .orElseThrow(Problem::notFound);
  }

  /** Oldest first. */
  List<Segment> versions(String id) {
    return definitions.versions(Definitions.SEGMENT, id).stream()
        .map(SegmentDocuments::read)
        .toList();
  }

  /** When each of these versions was published, by version. */
  Map<Integer, Instant> published(List<Segment> versions) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    versions.forEach(
        segment ->
            rows.put(
                "publish:segment:" + segment.id() + "@" + segment.version() + ":0",
                segment.version()));
    Map<Integer, Instant> instants = new LinkedHashMap<>();
    for (Document row :
        store.events().find(com.mongodb.client.model.Filters.in("_id", rows.keySet()))) {
      Integer version = rows.get(row.getString("_id"));
      if (version != null) {
        instants.put(version, Values.instant(row, "at"));
      }
    }
    return instants;
  }

  synchronized Segment create(Map<String, String> name, Condition condition) {
    String id = OWN + new ProfileIds(clock).get();
    return publish(new Segment(id, 1, name, condition));
  }

  /**
   * @param expected the version that the change was made to
   * @throws Problem 412 when there is a newer one
   */
  synchronized Segment change(String id, int expected, UnaryOperator<Segment> change) {
    Segment old = require(id);
    Versions.require(expected, old.version());
    Segment changed = change.apply(old);
    return publish(new Segment(id, old.version() + 1, changed.name(), changed.condition()));
  }

  /**
   * @throws Problem 409 that names what uses it
   */
  synchronized void remove(String id, int expected) {
    Segment old = require(id);
    Versions.require(expected, old.version());
    List<Use> uses = uses(id);
    if (!uses.isEmpty()) {
      throw new Problem(409, "segment-in-use", uses.stream().map(Use::detail).toList(), Map.of());
    }
    put(new Segment(id, old.version() + 1, old.name(), NOBODY));
  }

  List<Use> uses(String id) {
    return Use.of(id, all(), definitions.newest(Definitions.CAMPAIGN));
  }

  private Segment publish(Segment segment) {
    if (isRemoved(segment)) {
      throw Problem.invalid("/condition", "segment-nobody");
    }
    requireNoCircle(segment);
    return put(segment);
  }

  private Segment put(Segment segment) {
    Instant now = clock.instant();
    askAgain.after(
        Definitions.SEGMENT + ":" + segment.id() + "@" + segment.version(),
        () ->
            publications.publish(
                Definitions.SEGMENT,
                segment.id(),
                segment.version(),
                SegmentDocuments.write(segment),
                now));
    return segment;
  }

  private void requireNoCircle(Segment segment) {
    Map<String, Segment> known =
        all().stream().collect(Collectors.toMap(Segment::id, each -> each));
    List<String> open = new ArrayList<>(Conditions.segments(segment.condition()));
    Set<String> asked = new HashSet<>();
    while (!open.isEmpty()) {
      String id = open.removeLast();
      if (id.equals(segment.id())) {
        throw Problem.invalid("/condition", "segment-circle");
      }
      Segment other = known.get(id);
      if (other == null) {
        throw Problem.invalid("/condition", "segment-unknown", id);
      }
      if (asked.add(id)) {
        open.addAll(Conditions.segments(other.condition()));
      }
    }
  }

  Optional<Segment> find(String id) {
    return all().stream().filter(segment -> segment.id().equals(id)).findFirst();
  }

  private static boolean isRemoved(Segment segment) {
    return segment.condition().equals(NOBODY);
  }
}
