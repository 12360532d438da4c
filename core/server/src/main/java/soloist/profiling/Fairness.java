package soloist.profiling;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.spi.Profiler.Outcome;
import soloist.store.Values;

/**
 * Whom a model would have chosen, by age, gender and region where these are known. A group whose
 * share is below four fifths of that of the group chosen most is pointed out; that mark is a
 * convention (29 CFR 1607.4 D), no proof of either. Groups of fewer than thirty say nothing.
 */
final class Fairness {
  static final int FEWEST = 30;
  static final double FOUR_FIFTHS = 0.8;

  private static final int MOST_GROUPS = 12;
  private static final List<Integer> BANDS = List.of(25, 35, 45, 55, 65);

  /** The first that is known of anybody counts as the region. */
  private static final List<String> REGIONS =
      List.of("region", "province", "state", "country", "city");

  private Fairness() {}

  /**
   * @param outcomes of a model
   * @param traits stored, of the person of an outcome
   */
  static Map<String, Object> of(List<Outcome> outcomes, Function<Outcome, Document> traits) {
    List<Map<String, Object>> fields = new ArrayList<>();
    add(fields, "gender", outcomes, each -> text(traits.apply(each), "gender"));
    add(fields, "age", outcomes, each -> band(traits.apply(each)));
    for (String region : REGIONS) {
      if (add(fields, region, outcomes, each -> text(traits.apply(each), region))) {
        break;
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("people", outcomes.size());
    json.put("state", state(fields));
    json.put("seen", false);
    json.put("fields", fields);
    return json;
  }

  /** Low where one group is, fair where two can be held against each other, few in between. */
  private static String state(List<Map<String, Object>> fields) {
    List<Object> states =
        fields.stream()
            .flatMap(field -> ((List<?>) Objects.requireNonNull(field.get("groups"))).stream())
            .map(group -> (Object) ((Map<?, ?>) group).get("state"))
            .toList();
    if (states.isEmpty()) {
      return "unknown";
    }
    return states.contains("low") ? "low" : states.contains("fair") ? "fair" : "few";
  }

  private static boolean add(
      List<Map<String, Object>> fields,
      String key,
      List<Outcome> outcomes,
      Function<Outcome, Optional<String>> group) {
    Map<String, Group> groups = new HashMap<>();
    outcomes.forEach(
        each ->
            group
                .apply(each)
                .ifPresent(name -> groups.computeIfAbsent(name, Group::new).add(each)));
    if (groups.isEmpty()) {
      return false;
    }
    List<Group> largest =
        groups.values().stream()
            .sorted(
                Comparator.comparingInt((Group each) -> -each.people)
                    .thenComparing(each -> each.name))
            .limit(MOST_GROUPS)
            .sorted(Comparator.comparing(each -> each.name))
            .toList();
    double best =
        largest.stream()
            .filter(each -> each.people >= FEWEST)
            .mapToDouble(Group::share)
            .max()
            .orElse(Double.NaN);
    Map<String, Object> field = new LinkedHashMap<>();
    field.put("field", key);
    field.put("left", groups.size() - largest.size());
    field.put("groups", largest.stream().map(each -> each.toJson(best)).toList());
    fields.add(field);
    return true;
  }

  private static Optional<String> text(Document traits, String key) {
    return Optional.ofNullable(value(traits, key) instanceof String text ? text : null);
  }

  /** Such as 25-34; the last is open. */
  private static Optional<String> band(Document traits) {
    if (!(value(traits, "age") instanceof BigDecimal age)) {
      return Optional.empty();
    }
    int from = 0;
    for (int to : BANDS) {
      if (age.intValue() < to) {
        return Optional.of(from + "-" + (to - 1));
      }
      from = to;
    }
    return Optional.of(from + "-");
  }

  private static @Nullable Object value(Document traits, String key) {
    return Values.plain(Values.document(traits, key).get("value"));
  }

  /** One group while it is counted. */
  private static final class Group {
    private final String name;
    private int people;
    private int chosen;
    private int judged;
    private int hits;

    private Group(String name) {
      this.name = name;
    }

    private void add(Outcome outcome) {
      people++;
      chosen += outcome.chosen() ? 1 : 0;
      // Of whom the model has learnt, it knows the answer.
      judged += outcome.chosen() && outcome.unseen() ? 1 : 0;
      hits += outcome.chosen() && outcome.unseen() && outcome.came() ? 1 : 0;
    }

    private double share() {
      return (double) chosen / people;
    }

    private Map<String, Object> toJson(double best) {
      double ratio = share() / best;
      boolean isFew = people < FEWEST || !(best > 0);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("group", name);
      json.put("people", people);
      json.put("chosen", chosen);
      json.put("share", Spread.ofShare(chosen, people).toJson());
      json.put("ratio", isFew ? null : Figures.known(ratio));
      json.put("hits", hits);
      json.put("hitRate", judged < FEWEST ? null : Spread.ofShare(hits, judged).toJson());
      json.put("judged", judged);
      json.put("state", isFew ? "few" : ratio < FOUR_FIFTHS ? "low" : "fair");
      return json;
    }
  }
}
