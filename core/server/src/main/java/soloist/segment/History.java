package soloist.segment;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.include;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.profile.OwnFields;
import soloist.profile.ProfileFold;
import soloist.profile.Roots;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Conditions;
import soloist.store.Store;

/**
 * What people did, as one condition asks for it, read from the journal: so a condition that nobody
 * has asked before is answered as rightly as one in use, whose instants lie in the profiles.
 */
final class History {
  private static final int ROWS = 2_000;

  private static final List<String> FRAME =
      List.of(
          "partition",
          "source",
          "position",
          "profileId",
          "otherIds",
          "type",
          "time",
          "at",
          "origin");

  /** Of what a row says that which decides whether it counts. */
  private static final List<String> FOR_COUNTING =
      List.of(
          "properties.type",
          "properties.behind",
          "properties.returned",
          "properties.properties.returned");

  private final Store store;
  private final Instant now;
  private final OwnFields own;
  private final Set<Condition.Did> asked;
  private final Duration longest;

  History(Store store, Condition condition, Instant now, OwnFields own) {
    this.store = store;
    this.now = now;
    this.own = own;
    asked = Conditions.events(condition);
    longest =
        asked.stream()
            .map(Condition.Did::within)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
  }

  /** The people of these documents with all that the condition may ask of them. */
  List<Person> of(Collection<Document> profiles) {
    Map<String, Map<String, Queue<Instant>>> latest = new HashMap<>();
    if (!asked.isEmpty()) {
      Map<String, Document> whose = new HashMap<>();
      profiles.forEach(profile -> Roots.ids(profile).forEach(id -> whose.put(id, profile)));
      read(whose, latest);
    }
    return profiles.stream()
        .map(
            profile ->
                new Person(profile, now, own, newestFirst(latest.get(profile.getString("_id")))))
        .toList();
  }

  private void read(Map<String, Document> whose, Map<String, Map<String, Queue<Instant>>> latest) {
    Set<String> types = asked.stream().map(Condition.Did::event).collect(Collectors.toSet());
    types.add(EventTypes.RETOLD);
    if (types.contains(EventTypes.RETURNED)) {
      types.add(EventTypes.ORDER);
    }
    store
        .events()
        .find(
            and(
                in("profileId", whose.keySet()),
                gt("time", Date.from(earliest())),
                lte("time", Date.from(now)),
                in("type", types)))
        .projection(fields())
        .batchSize(ROWS)
        .map(Row::of)
        .forEach(
            row -> {
              Document person = Objects.requireNonNull(whose.get(row.profileId()));
              Map<String, Queue<Instant>> whoseLatest =
                  latest.computeIfAbsent(person.getString("_id"), _ -> new HashMap<>());
              ProfileFold.counting(row, undone(person))
                  .ifPresent(
                      told ->
                          ProfileFold.windows(told, asked)
                              .forEach((key, most) -> keep(told, key, most, whoseLatest)));
            });
  }

  /** What a row says is read only where a condition asks for it. */
  private Bson fields() {
    List<String> fields = new ArrayList<>(FRAME);
    boolean asksWhat = asked.stream().anyMatch(did -> did.where().isPresent());
    fields.addAll(asksWhat ? List.of("properties") : FOR_COUNTING);
    return include(fields);
  }

  private static void keep(Row row, String window, int most, Map<String, Queue<Instant>> latest) {
    Queue<Instant> kept = latest.computeIfAbsent(window, _ -> new PriorityQueue<>());
    kept.add(row.time());
    if (kept.size() > most) {
      kept.remove();
    }
  }

  /** Who told what does not count any more for somebody. */
  private static Set<String> undone(Document profile) {
    return Set.copyOf(profile.getList("undone", String.class, List.of()));
  }

  private Instant earliest() {
    Instant epoch = Instant.EPOCH;
    return longest.compareTo(Duration.between(epoch, now)) > 0 ? epoch : now.minus(longest);
  }

  private static Map<String, List<Instant>> newestFirst(
      @Nullable Map<String, Queue<Instant>> kept) {
    Map<String, List<Instant>> sorted = new HashMap<>();
    if (kept != null) {
      kept.forEach(
          (window, instants) -> {
            List<Instant> latest = new ArrayList<>(instants);
            latest.sort(Comparator.reverseOrder());
            sorted.put(window, latest);
          });
    }
    return sorted;
  }
}
