package soloist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import soloist.lane.Row;

/**
 * Who turns out to be whom: each person at most once somebody with a smaller id, so that chains and
 * stars come about.
 *
 * @param into by a word of the owner or by an event
 * @param named whom an event names together
 */
record Links(Map<String, String> into, Map<String, String> named) {

  static Links random(List<String> people, Random random) {
    List<String> sorted = new ArrayList<>(people);
    Collections.sort(sorted);
    Map<String, String> into = new TreeMap<>();
    Map<String, String> named = new TreeMap<>();
    for (int i = 1; i < sorted.size(); i++) {
      if (random.nextInt(3) > 0) {
        String other = sorted.get(i - 1 - random.nextInt(Math.min(i, 8)));
        into.put(sorted.get(i), other);
        if (random.nextBoolean()) {
          named.put(sorted.get(i), other);
        }
      }
    }
    return new Links(into, named);
  }

  /** Those that are left when some are taken back. */
  Links without(List<String> people) {
    Map<String, String> left = new TreeMap<>(into);
    people.forEach(left::remove);
    return new Links(left, named);
  }

  /** Who each of these people is in the end. */
  Map<String, String> roots(Iterable<String> people) {
    Map<String, String> roots = new TreeMap<>();
    for (String person : people) {
      String root = person;
      while (into.containsKey(root)) {
        root = into.get(root);
      }
      roots.put(person, root);
    }
    return roots;
  }

  /** What says so. An event that named two who are two says it of one of them. */
  List<Row> rows(Instant at) {
    List<Row> rows = new ArrayList<>();
    into.forEach(
        (person, other) -> {
          if (!named.containsKey(person)) {
            rows.add(
                Row.draft(
                    "linked:" + person,
                    person,
                    List.of(),
                    Row.LINKED,
                    at,
                    "hand",
                    Map.of(),
                    Map.of("into", other)));
          }
        });
    named.forEach(
        (person, other) ->
            rows.add(
                Row.draft(
                    "both-" + person,
                    other,
                    into.containsKey(person) ? List.of(person) : List.of(),
                    "visit",
                    at,
                    "api",
                    leadsTo(other),
                    Map.of())));
    return rows;
  }

  /** Every other person is known by a browser alone. */
  static Map<String, String> leadsTo(String person) {
    return person.hashCode() % 2 == 0
        ? Map.of("email", person + "@example.com")
        : Map.of("visitorId", person);
  }

  static Row unlinked(String person, Instant at) {
    return Row.draft(
        "unlinked:" + person, person, List.of(), Row.UNLINKED, at, "hand", Map.of(), Map.of());
  }
}
