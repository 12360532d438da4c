package soloist.identity;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Whose an event is, by rules that are the same for everybody. An account and an e-mail address are
 * strong: they stand for one person. A phone, a handle and a browser are weak, for people share
 * them: they lead to somebody, but make one of two people only where one of them has no strong one.
 *
 * @param known the profile that it belongs to; empty when it needs a new one
 * @param others profiles that are the same person by this event
 * @param doubtful profiles that may be; only somebody who knows can say
 */
record Belonging(Optional<String> known, Set<String> others, Set<String> doubtful) {

  /**
   * @param owners the profile of each key that is known, the strongest kind first
   * @param brings whether the event has an identifier of a strong kind, known or not
   * @param kinds of all identifiers that lead to a profile
   * @param apart whether somebody has said that two profiles are two people
   */
  static Belonging of(
      Map<String, String> owners,
      boolean brings,
      Function<String, Set<String>> kinds,
      BiPredicate<String, String> apart) {
    List<String> people = List.copyOf(new LinkedHashSet<>(owners.values()));
    Set<String> strong = new LinkedHashSet<>();
    owners.forEach(
        (key, person) -> {
          if (Identifiers.isStrong(Identifiers.kind(key))) {
            strong.add(person);
          }
        });
    boolean leads = !people.isEmpty() && (!brings || strong.contains(people.getFirst()));
    if (leads && people.size() == 1) {
      return new Belonging(Optional.of(people.getFirst()), Set.of(), Set.of());
    }
    Optional<String> known = leads ? Optional.of(people.getFirst()) : Optional.empty();
    Set<String> others = new TreeSet<>();
    Set<String> doubtful = new TreeSet<>();
    for (String person : people) {
      if (known.filter(it -> it.equals(person) || apart.test(it, person)).isEmpty()) {
        boolean isOne =
            strong.contains(person)
                ? !(hasAccount(kinds.apply(people.getFirst())) && hasAccount(kinds.apply(person)))
                : kinds.apply(person).stream().noneMatch(Identifiers::isStrong);
        (isOne ? others : doubtful).add(person);
      }
    }
    if (known.isEmpty()) {
      // Whoever was known by a browser alone gets a name.
      known = others.stream().findFirst();
      known.ifPresent(others::remove);
    }
    return new Belonging(known, others, doubtful);
  }

  private static boolean hasAccount(Set<String> kinds) {
    return kinds.contains(Identifiers.USER_ID);
  }
}
