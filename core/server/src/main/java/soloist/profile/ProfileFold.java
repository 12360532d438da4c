package soloist.profile;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import soloist.identity.Identifiers;
import soloist.lane.Part;
import soloist.lane.Row;
import soloist.rules.condition.Condition;
import soloist.spi.Text;
import soloist.store.Values;

/**
 * Folds a row into a profile. Counts and sums are added, of single values the one with the later
 * time stands (the greater event id at the same instant), so the same rows give the same portrait
 * in whatever order they come.
 */
public final class ProfileFold {
  /** The property of a refold row that names whose rows do not count any more. */
  static final String WITHOUT = "without";

  /** By these a channel reaches people; of others, such as browsers, none is the last. */
  private static final Set<String> REACHING =
      Set.of(Identifiers.EMAIL, Identifiers.PHONE, Identifiers.USER_ID);

  private ProfileFold() {}

  /**
   * The key under which a profile keeps the instants for a condition: those of an event, or those
   * at which it said what is asked for.
   */
  public static String windowKey(Condition.Did condition) {
    String event = condition.event().replace('.', ':');
    return condition
        .where()
        .map(it -> event + "?" + Values.hash(it.property(), it.match().name(), it.value()))
        .orElse(event);
  }

  /** How many instants the conditions need of each window that a row falls into, by its key. */
  public static Map<String, Integer> windows(Row row, Collection<Condition.Did> inUse) {
    String type = EventTypes.of(row);
    Map<String, Integer> most = new HashMap<>();
    for (Condition.Did did : inUse) {
      if (did.counts(type, row.properties())) {
        most.merge(windowKey(did), did.atLeast(), Math::max);
      }
    }
    return most;
  }

  /**
   * Folds the row in.
   *
   * @param inUse the event conditions for which the profile keeps instants
   * @return false when the row had been folded in before and nothing has changed
   */
  public static boolean apply(Profile profile, Row row, Collection<Condition.Did> inUse) {
    if (profile.hasApplied(row)) {
      return false;
    }
    profile.applied(row);
    profile.undone.addAll(Merging.undone(row));
    counting(row, profile.undone, profile.parts).ifPresent(told -> fold(profile, told, inUse));
    return true;
  }

  /** Who told what does not count any more from this row on. */
  static Optional<String> undone(Row refold) {
    return refold.properties().get(WITHOUT) instanceof String origin
        ? Optional.of(origin)
        : Optional.empty();
  }

  /**
   * As {@link #counting(Row, Set)}, of a person who is others too.
   *
   * @param parts who else the person is
   */
  static Optional<Row> counting(Row row, Set<String> undone, Map<String, Part> parts) {
    return Merging.counts(row, parts) ? counting(Merging.original(row), undone) : Optional.empty();
  }

  /** What a row says of a person for whom some do not count any more, if it counts. */
  @SuppressWarnings("unchecked")
  public static Optional<Row> counting(Row row, Set<String> undone) {
    boolean tells = !row.foldsAnew() && !row.type().equals(Row.LINKED);
    if (!tells || undone.contains(row.origin())) {
      return Optional.empty();
    }
    if (!row.type().equals(EventTypes.RETOLD)) {
      return Optional.of(row);
    }
    boolean isFirst =
        row.properties().get("behind") instanceof List<?> behind && undone.containsAll(behind);
    return isFirst
        ? Optional.of(
            row.as(
                row.id(),
                text(row.properties(), "type"),
                (Map<String, Object>) row.properties().getOrDefault("properties", Map.of())))
        : Optional.empty();
  }

  static void fold(Profile profile, Row row, Collection<Condition.Did> inUse) {
    if (row.type().equals(EventTypes.OFFERED)) {
      return;
    }
    row.identifiers()
        .forEach(
            (kind, value) -> {
              profile.identifiers.computeIfAbsent(kind, _ -> new TreeSet<>()).add(value);
              if (REACHING.contains(kind)) {
                Naming naming = new Naming(value, row.time(), row.id());
                profile.named.merge(kind, naming, Naming::later);
              }
            });
    String type = EventTypes.of(row);
    if (!type.equals(EventTypes.SCORED)) {
      seen(profile, row.time());
      profile.habits.add(row, type);
    }
    switch (type) {
      case EventTypes.ORDER -> order(profile, row);
      case EventTypes.RETURNED -> {
        add(profile, "returns", BigDecimal.ONE, row);
        spend(profile, row);
      }
      case EventTypes.TRAITS ->
          row.properties()
              .forEach(
                  (key, value) ->
                      put(profile, key, new Trait(value, row.origin(), row.time(), row.id())));
      case EventTypes.SCORED -> scored(profile, row);
      case EventTypes.CONSENT ->
          consent(profile, row, Boolean.TRUE.equals(row.properties().get("granted")));
      case EventTypes.UNSUBSCRIBED -> {
        consent(profile, row, false);
        respond(profile, row);
      }
      case EventTypes.OPENED, EventTypes.CLICKED -> respond(profile, row);
      default -> {
        // kept in the journal, and in the windows below
      }
    }
    windows(row, inUse)
        .forEach(
            (key, most) -> {
              Window window = profile.windows.get(key);
              Window wide = window == null ? new Window(most, List.of()) : window.atLeast(most);
              profile.windows.put(key, wide.with(row.time()));
            });
  }

  private static void seen(Profile profile, Instant time) {
    Instant first = profile.firstSeen;
    profile.firstSeen = first == null || time.isBefore(first) ? time : first;
    Instant last = profile.lastSeen;
    profile.lastSeen = last == null || time.isAfter(last) ? time : last;
  }

  /** What a person has spent is what was not given back. */
  private static void spend(Profile profile, Row row) {
    if (row.properties().get("total") instanceof BigDecimal total
        && row.properties().get("currency") instanceof String currency) {
      add(profile, "spent_" + currency, total, row);
    }
  }

  private static void order(Profile profile, Row row) {
    add(profile, "orders", BigDecimal.ONE, row);
    spend(profile, row);
    Trait first = profile.traits.get("first_order");
    boolean isFirst =
        first == null
            || row.time().isBefore(first.at())
            || (row.time().equals(first.at()) && row.id().compareTo(first.event()) < 0);
    if (isFirst) {
      profile.traits.put(
          "first_order", new Trait(row.time(), Computed.SOURCE, row.time(), row.id()));
    }
    put(profile, "last_order", new Trait(row.time(), Computed.SOURCE, row.time(), row.id()));
  }

  /** Adds to a number; its evidence is the latest event that was added. */
  private static void add(Profile profile, String key, BigDecimal amount, Row row) {
    Trait old = profile.traits.get(key);
    if (old == null) {
      profile.traits.put(
          key, new Trait(Count.normal(amount), Computed.SOURCE, row.time(), row.id()));
      return;
    }
    BigDecimal sum = Count.normal(((BigDecimal) old.value()).add(amount));
    boolean keep = old.outlasts(row.time(), row.id());
    profile.traits.put(
        key,
        new Trait(
            sum, Computed.SOURCE, keep ? old.at() : row.time(), keep ? old.event() : row.id()));
  }

  private static void put(Profile profile, String key, Trait fresh) {
    Trait old = profile.traits.get(key);
    Gone gone = profile.gone.get(key);
    if ((old == null || !old.outlasts(fresh.at(), fresh.event()))
        && (gone == null || !gone.outlasts(fresh.at(), fresh.event()))) {
      profile.traits.put(key, fresh);
    }
  }

  private static void takeBack(Profile profile, String key, Row row) {
    Gone old = profile.gone.get(key);
    if (old == null || !old.outlasts(row.time(), row.id())) {
      profile.gone.put(key, new Gone(row.time(), row.id()));
    }
    profile.traits.computeIfPresent(
        key, (_, trait) -> trait.outlasts(row.time(), row.id()) ? trait : null);
  }

  private static void scored(Profile profile, Row row) {
    if (row.properties().get("traits") instanceof Map<?, ?> traits) {
      traits.forEach(
          (key, told) -> {
            if (key instanceof String name && told instanceof Map<?, ?> trait) {
              Text because =
                  new Text(String.valueOf(trait.get("en")), String.valueOf(trait.get("zh")));
              Object value = Objects.requireNonNull(trait.get("value"));
              put(profile, name, new Trait(value, row.origin(), row.time(), row.id(), because));
            }
          });
    }
    if (row.properties().get("gone") instanceof List<?> gone) {
      gone.forEach(key -> takeBack(profile, (String) key, row));
    }
  }

  private static void consent(Profile profile, Row row, boolean granted) {
    String purpose = text(row.properties(), "purpose");
    Consent old = profile.consents.get(purpose);
    if (old == null || !old.outlasts(row.time(), row.id())) {
      String source =
          row.properties().containsKey("source") ? text(row.properties(), "source") : row.origin();
      profile.consents.put(purpose, new Consent(granted, row.time(), source, row.id()));
    }
  }

  private static void respond(Profile profile, Row row) {
    if (row.properties().containsKey("entry")) {
      profile
          .journey(text(row.properties(), "entry"))
          .ifPresent(
              journey ->
                  profile.replace(
                      journey.withResponse(text(row.properties(), "step"), row.type())));
    }
  }

  private static String text(Map<String, Object> properties, String key) {
    return properties.get(key) instanceof String text ? text : "";
  }
}
