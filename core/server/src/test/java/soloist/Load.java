package soloist;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import soloist.lane.Partitions;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.store.Values;

/**
 * What many people do in four months: events of several kinds that come late, out of order and
 * twice, at instants of which many are exactly a wait or a membership's length apart; now and then
 * an import of bulk rows.
 */
record Load(int people, List<Tick> ticks) {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PARTITIONS = 40;
  private static final Duration LENGTH = Duration.ofDays(120);

  /**
   * Rows that are offered at one instant.
   *
   * @param caughtUp whether every lane takes all there is before anything else comes, however it is
   *     cut: where a lane gets to bulk rows is their place among the live ones
   */
  record Tick(Instant at, List<Row> rows, boolean caughtUp) {}

  static Load random(int people, int instants, int rowsEach, Random random) {
    List<String> ids = new ArrayList<>();
    while (ids.size() < people) {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      String id = HexFormat.of().formatHex(bytes);
      // Publishing writes to every partition in use: what is not needed only costs time.
      if (Partitions.of(id) < PARTITIONS) {
        ids.add(id);
      }
    }
    Set<Integer> partitions = ids.stream().map(Partitions::of).collect(Collectors.toSet());
    List<Tick> ticks = new ArrayList<>();
    List<Row> past = new ArrayList<>();
    Map<String, String> lastOrder = new HashMap<>();
    boolean changed = false;
    ticks.add(new Tick(START, published(1, partitions), false));
    TreeSet<Instant> all = instants(instants, random);
    for (Instant at : all) {
      List<Row> rows = new ArrayList<>();
      if (!changed && at.isAfter(START.plus(LENGTH.dividedBy(2)))) {
        rows.addAll(published(2, partitions));
        changed = true;
      }
      for (int i = 0; i < rowsEach; i++) {
        boolean isDouble = !past.isEmpty() && random.nextInt(10) == 0;
        Row row =
            isDouble
                ? past.get(random.nextInt(past.size()))
                : draft("e" + past.size(), ids.get(random.nextInt(people)), at, lastOrder, random);
        rows.add(row);
        past.add(row);
      }
      ticks.add(new Tick(at, rows, false));
      Instant next = all.higher(at);
      if (next != null && random.nextInt(6) == 0) {
        for (int part = 1; part <= 3; part++) {
          Instant then = at.plus(Duration.between(at, next).multipliedBy(part).dividedBy(4));
          List<Row> imported = new ArrayList<>();
          for (int i = 0; i < rowsEach; i++) {
            String id = "import" + ticks.size() + "-" + i;
            // About people whose live rows a lane may not have read yet.
            Row recent = past.get(past.size() - 1 - random.nextInt(Math.min(past.size(), 60)));
            imported.add(bulk(draft(id, recent.profileId(), then, lastOrder, random)));
            if (random.nextInt(6) == 0) {
              imported.add(refold(id, recent.profileId(), then, random));
            }
          }
          ticks.add(new Tick(then, imported, part == 3));
        }
      }
    }
    return new Load(people, ticks);
  }

  Instant end() {
    return ticks.getLast().at().plus(Duration.ofDays(61));
  }

  long refolds() {
    return ticks.stream().flatMap(tick -> tick.rows().stream()).filter(Row::isRefold).count();
  }

  long bulkRows() {
    return ticks.stream()
        .flatMap(tick -> tick.rows().stream())
        .filter(row -> row.source() == Row.Source.BULK)
        .count();
  }

  Set<Integer> partitions() {
    Set<Integer> partitions = new HashSet<>();
    ticks.forEach(
        tick ->
            tick.rows().stream()
                .filter(row -> !row.isControl())
                .forEach(row -> partitions.add(row.partition())));
    return partitions;
  }

  private static TreeSet<Instant> instants(int count, Random random) {
    var instants = new TreeSet<Instant>();
    while (instants.size() < count) {
      Instant instant = START.plusMillis(1 + random.nextLong(LENGTH.toMillis()));
      instants.add(instant);
      if (random.nextInt(3) == 0) {
        instants.add(instant.plus(Duration.ofDays(random.nextBoolean() ? 3 : 30)));
      }
    }
    return instants;
  }

  private static List<Row> published(int version, Set<Integer> partitions) {
    List<Row> rows = new ArrayList<>();
    for (int partition : partitions) {
      for (String definition : SampleDefinitions.of(version)) {
        String[] kindAndId = definition.split(":", 2);
        rows.add(
            Row.control(
                "publish:" + definition + "@" + version + ":" + partition,
                partition,
                START,
                Map.of("kind", kindAndId[0], "id", kindAndId[1], "version", (long) version)));
      }
    }
    return rows;
  }

  private static Row draft(
      String id, String person, Instant at, Map<String, String> lastOrder, Random random) {
    Instant time = at.minusMillis(late(random));
    String type = type(random.nextInt(100));
    Map<String, Object> properties =
        switch (type) {
          case EventTypes.ORDER -> {
            lastOrder.put(person, id);
            yield Map.of(
                "total",
                BigDecimal.valueOf(random.nextInt(10_000), random.nextInt(3)),
                "currency",
                random.nextBoolean() ? "EUR" : "CNY",
                "lines",
                List.of(Map.of("category", "c" + random.nextInt(9))));
          }
          case EventTypes.CONSENT, EventTypes.UNSUBSCRIBED ->
              Map.of(
                  "purpose",
                  random.nextBoolean() ? "marketing" : "news",
                  "granted",
                  random.nextBoolean(),
                  "source",
                  "checkout");
          case EventTypes.TRAITS ->
              Map.of(
                  "t" + random.nextInt(4),
                  random.nextBoolean() ? "text" + random.nextInt(9) : BigDecimal.ONE);
          case EventTypes.CLICKED -> {
            String occurrence = "entered:recent-buyers#" + lastOrder.getOrDefault(person, "none");
            yield Map.of(
                "step", "thanks", "entry", Values.hash("entry", "thanks", person, occurrence));
          }
          default -> Map.of("page", "p" + random.nextInt(5));
        };
    return Row.draft(
        id,
        person,
        List.of(),
        type,
        time,
        "api",
        Map.of("email", person + "@example.com"),
        properties);
  }

  /** Now and then one after which what was imported does not count any more. */
  private static Row refold(String id, String person, Instant at, Random random) {
    Map<String, Object> properties =
        random.nextInt(3) == 0
            ? Map.of("reason", "undo", "without", "import")
            : Map.of("reason", "load");
    return Row.refold("refold:" + id, person, at, properties);
  }

  private static Row bulk(Row row) {
    return new Row(
        row.id(),
        row.partition(),
        Row.Source.BULK,
        row.position(),
        row.profileId(),
        row.otherIds(),
        row.type(),
        row.time(),
        row.at(),
        "import",
        row.identifiers(),
        row.properties());
  }

  private static long late(Random random) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3, 4 -> 0;
      case 5, 6, 7 -> random.nextLong(Duration.ofDays(1).toMillis());
      default -> random.nextLong(Duration.ofDays(10).toMillis());
    };
  }

  private static String type(int percent) {
    return percent < 35
        ? EventTypes.ORDER
        : percent < 45
            ? EventTypes.CONSENT
            : percent < 60
                ? EventTypes.TRAITS
                : percent < 75
                    ? EventTypes.CLICKED
                    : percent < 78 ? EventTypes.UNSUBSCRIBED : "visit";
  }
}
