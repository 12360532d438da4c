package soloist.profile;

import static java.util.function.Function.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import soloist.rules.expression.ExpressionReader;
import soloist.rules.expression.Expressions;
import soloist.store.Definitions;
import soloist.store.Store;

/**
 * The fields that the owner has made, as they were at one instant. Since a formula never changes
 * and a field is made before anybody can ask for it, an older set answers rightly for all that was
 * published before.
 */
public final class OwnFields {
  static final String SOURCE = "own";

  public static final OwnFields NONE = new OwnFields(List.of());

  private final Map<String, OwnField> byKey;

  private OwnFields(Collection<OwnField> fields) {
    byKey =
        fields.stream()
            .collect(
                Collectors.toMap(OwnField::key, identity(), (_, newer) -> newer, TreeMap::new));
  }

  /** All that there are now. */
  public static OwnFields of(Store store) {
    return of(new Definitions(store));
  }

  /** All that there are now. */
  public static OwnFields of(Definitions definitions) {
    return new OwnFields(
        definitions.newest(Definitions.FIELD).stream().map(OwnFields::field).toList());
  }

  @SuppressWarnings("unchecked")
  private static OwnField field(Map<String, Object> body) {
    String formula = String.valueOf(body.get("formula"));
    ExpressionReader.Read read = OwnField.read(formula);
    return new OwnField(
        String.valueOf(body.get("key")),
        (Map<String, String>) Objects.requireNonNull(body.get("name")),
        formula,
        read.expression(),
        read.unit(),
        Boolean.TRUE.equals(body.get("removed")),
        (Instant) Objects.requireNonNull(body.get("at")));
  }

  /** Whether a key could be one of them. */
  public static boolean isOne(String key) {
    return OwnField.isOne(key);
  }

  Optional<OwnField> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** In the order of their keys. */
  Collection<OwnField> all() {
    return byKey.values();
  }

  /** Those that are offered. */
  List<OwnField> offered() {
    return byKey.values().stream().filter(field -> !field.isRemoved()).toList();
  }

  /** These keys, and for each of an own field all that its formula asks for. */
  public Set<String> behind(Collection<String> keys) {
    Set<String> all = new TreeSet<>(keys);
    keys.forEach(key -> find(key).ifPresent(own -> all.addAll(Expressions.keys(own.expression()))));
    return all;
  }

  Optional<Object> value(String key, Function<String, Optional<Object>> traits, Instant now) {
    return find(key).flatMap(field -> field.value(traits, now));
  }

  Optional<Instant> changesAt(
      String key,
      Function<String, Optional<Object>> traits,
      Function<String, Optional<Instant>> changes,
      Instant now) {
    return find(key)
        .flatMap(field -> Expressions.changesAt(field.expression(), traits, changes, now));
  }

  /** The values of those that are offered, as a portrait shows them, by key. */
  Map<String, Trait> traits(Map<String, Trait> known, Instant now) {
    Map<String, Trait> made = new TreeMap<>();
    for (OwnField field : offered()) {
      List<Trait> behind = new ArrayList<>();
      Expressions.keys(field.expression())
          .forEach(key -> Optional.ofNullable(known.get(key)).ifPresent(behind::add));
      Function<String, Optional<Object>> values =
          key -> Optional.ofNullable(known.get(key)).map(Trait::value);
      field
          .value(values, now)
          .ifPresent(
              value -> {
                Trait newest =
                    behind.stream()
                        .reduce((a, b) -> a.outlasts(b.at(), b.event()) ? a : b)
                        .orElseThrow();
                made.put(field.key(), new Trait(value, SOURCE, newest.at(), newest.event()));
              });
    }
    return made;
  }
}
