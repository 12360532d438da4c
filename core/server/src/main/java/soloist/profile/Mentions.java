package soloist.profile;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.store.Values;

/** How often names of one kind came up: categories, or brands. */
final class Mentions {
  private static final int LONGEST = 60;

  /** What all takes but the names, with the longest id an event may have. */
  private static final int BYTES = 512;

  private long events;
  private @Nullable Moment last;
  private final SortedMap<String, Long> times = new TreeMap<>();

  /** The name that came up most, of equals the first in the alphabet. */
  Optional<String> favourite() {
    return times.entrySet().stream()
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
        .map(Map.Entry::getKey);
  }

  long times(String name) {
    return times.getOrDefault(name, 0L);
  }

  /** In how many events any of them came up. */
  long events() {
    return events;
  }

  Optional<Moment> last() {
    return Optional.ofNullable(last);
  }

  /** A bound that costs less than writing it out. */
  long atMostBytes() {
    return BYTES + times.keySet().stream().mapToLong(name -> 24L + 3L * name.length()).sum();
  }

  /** Counts what one event named, each name once. */
  void add(Moment moment, Collection<String> named) {
    var distinct = new HashSet<String>();
    named.stream()
        .map(String::strip)
        .filter(name -> !name.isEmpty() && name.length() <= LONGEST)
        .forEach(distinct::add);
    if (distinct.isEmpty()) {
      return;
    }
    events++;
    last = Moment.later(last, moment);
    distinct.forEach(name -> Habits.first(times, name, Habits.MOST_NAMES, () -> 0L));
    distinct.forEach(name -> times.computeIfPresent(name, (_, count) -> count + 1));
  }

  /** Names may hold what no key may, so they are values here. */
  Document toDocument() {
    return new Document("events", events)
        .append("last", last == null ? null : last.toDocument())
        .append("names", List.copyOf(times.keySet()))
        .append("times", List.copyOf(times.values()));
  }

  static Mentions of(Document document) {
    Mentions mentions = new Mentions();
    mentions.events = document.getLong("events");
    mentions.last = Moment.of(Values.document(document, "last"));
    List<String> keys = document.getList("names", String.class);
    List<Long> counts = document.getList("times", Long.class);
    for (int i = 0; i < keys.size(); i++) {
      mentions.times.put(keys.get(i), counts.get(i));
    }
    return mentions;
  }
}
