package soloist.segment;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.Document;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.profile.FactSet;
import soloist.profile.Findable;
import soloist.profile.OwnFields;
import soloist.profile.ProfileDocuments;
import soloist.profile.StoredFacts;
import soloist.rules.condition.Where;
import soloist.store.Store;
import soloist.store.Values;

/**
 * What conditions can ask for in this house: the traits and events that people have and what these
 * say, learnt from some of them at random.
 */
final class Vocabulary {
  private static final int PEOPLE = 1_000;
  private static final int PEOPLE_WITH_EVENTS = 200;
  private static final int ROWS = 5_000;
  private static final int MOST_VALUES = 30;
  private static final int LONGEST_VALUE = 60;

  /** Begins the source of what a profiler has concluded. */
  private static final String PROFILER = "profiler:";

  /** Always there to ask for, though nobody may have done it yet. */
  private static final Map<String, List<String>> KNOWN_EVENTS =
      Map.of(
          EventTypes.ORDER,
          List.of("product", "category", "brand"),
          EventTypes.OPENED,
          List.of(),
          EventTypes.CLICKED,
          List.of(Where.URL),
          EventTypes.UNSUBSCRIBED,
          List.of(),
          "page_view",
          List.of(Where.PATH, Where.URL, "title"),
          "product_view",
          List.of("product", "name", "category", "brand"),
          "add_to_cart",
          List.of("product", "name", "category", "brand"),
          "search",
          List.of("query"));

  /** Each is said once or twice, so no condition is offered for them. */
  private static final Set<String> IDS = Set.of("orderId", "message", "entry");

  private final Store store;

  Vocabulary(Store store) {
    this.store = store;
  }

  Map<String, Object> words(Instant now) {
    List<Document> people =
        store
            .profiles()
            .find()
            .sort(ascending(Findable.DRAW))
            .projection(include("traits", ProfileDocuments.HABITS))
            .limit(PEOPLE)
            .batchSize(PEOPLE)
            .into(new ArrayList<>());
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("traits", traits(people, now, OwnFields.of(store)));
    Map<String, Map<String, Map<String, Integer>>> events = events(people);
    words.put("events", List.copyOf(events.keySet()));
    words.put("properties", properties(events));
    return words;
  }

  private static List<Map<String, Object>> traits(
      List<Document> people, Instant now, OwnFields own) {
    Map<String, Map<String, Integer>> types = new TreeMap<>();
    Map<String, Map<String, Integer>> values = new HashMap<>();
    Set<String> learnt = new HashSet<>();
    for (Document person : people) {
      Values.document(person, "traits")
          .forEach(
              (key, trait) -> {
                String source = ((Document) trait).getString("source");
                if (source != null && source.startsWith(PROFILER)) {
                  learnt.add(key);
                }
              });
      new StoredFacts(person, now, own)
          .all()
          .forEach(
              (key, value) -> {
                types
                    .computeIfAbsent(key, _ -> new HashMap<>())
                    .merge(type(value), 1, Integer::sum);
                if (value instanceof String text && text.length() <= LONGEST_VALUE) {
                  values.computeIfAbsent(key, _ -> new HashMap<>()).merge(text, 1, Integer::sum);
                }
              });
    }
    List<Map<String, Object>> traits = new ArrayList<>();
    types.forEach(
        (key, found) -> {
          Map<String, Object> trait = new LinkedHashMap<>();
          trait.put("key", key);
          trait.put("type", often(found).getFirst());
          trait.put("set", FactSet.of(key, learnt.contains(key)).name().toLowerCase(Locale.ROOT));
          trait.put("values", often(values.getOrDefault(key, Map.of())));
          trait.put("known", found.values().stream().mapToInt(each -> each).sum());
          traits.add(trait);
        });
    return traits;
  }

  /** How often each text was said, by event and property. */
  private Map<String, Map<String, Map<String, Integer>>> events(List<Document> people) {
    Map<String, Map<String, Map<String, Integer>>> events = new TreeMap<>();
    KNOWN_EVENTS.forEach((event, known) -> known.forEach(key -> said(events, event, key)));
    KNOWN_EVENTS.keySet().forEach(event -> events.computeIfAbsent(event, _ -> new TreeMap<>()));
    List<String> ids =
        people.stream().limit(PEOPLE_WITH_EVENTS).map(each -> each.getString("_id")).toList();
    store
        .events()
        .find(in("profileId", ids))
        .limit(ROWS)
        .batchSize(ROWS)
        .map(Row::of)
        .forEach(row -> add(events, row));
    events
        .keySet()
        .removeIf(
            type ->
                type.equals(EventTypes.TRAITS)
                    || type.startsWith("profile")
                    || type.equals(Row.REFOLD));
    return events;
  }

  private static void add(Map<String, Map<String, Map<String, Integer>>> events, Row row) {
    String event = EventTypes.of(row);
    events.computeIfAbsent(event, _ -> new TreeMap<>());
    Set<String> keys = new HashSet<>(KNOWN_EVENTS.getOrDefault(event, List.of()));
    row.properties()
        .forEach(
            (key, value) -> {
              if (value instanceof String) {
                keys.add(key);
              }
            });
    keys.removeAll(IDS);
    for (String key : keys) {
      Where.said(key, row.properties()).stream()
          .filter(text -> !text.isBlank() && text.length() <= LONGEST_VALUE)
          .forEach(text -> said(events, event, key).merge(text, 1, Integer::sum));
    }
  }

  private static Map<String, Integer> said(
      Map<String, Map<String, Map<String, Integer>>> events, String event, String property) {
    return events
        .computeIfAbsent(event, _ -> new TreeMap<>())
        .computeIfAbsent(property, _ -> new HashMap<>());
  }

  private static List<Map<String, Object>> properties(
      Map<String, Map<String, Map<String, Integer>>> events) {
    List<Map<String, Object>> properties = new ArrayList<>();
    events.forEach(
        (event, said) ->
            said.forEach(
                (key, values) -> {
                  Map<String, Object> property = new LinkedHashMap<>();
                  property.put("event", event);
                  property.put("key", key);
                  property.put("values", often(values));
                  properties.add(property);
                }));
    return properties;
  }

  /** The most frequent first. */
  private static List<String> often(Map<String, Integer> counted) {
    return counted.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_VALUES)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String type(Object value) {
    return switch (value) {
      case BigDecimal _ -> "number";
      case Boolean _ -> "boolean";
      case Instant _ -> "instant";
      default -> "text";
    };
  }
}
