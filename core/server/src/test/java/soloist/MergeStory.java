package soloist;

import static com.mongodb.client.model.Filters.eq;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.lane.CommitPoint;
import soloist.lane.Journal;
import soloist.lane.Lanes;
import soloist.lane.RedoUse;
import soloist.lane.Row;
import soloist.profile.Roots;
import soloist.store.Definitions;
import soloist.store.Store;
import soloist.testkit.ManualClock;

/**
 * What people did and who they turn out to be, told to lanes that are killed now and then.
 *
 * @param events what they did: imported, undone, consented and entered by hand as well
 */
record MergeStory(List<String> people, Links links, List<Row> controls, List<Row> events) {
  private static final List<String> PORTRAIT =
      List.of("identifiers", "traits", "gone", "consents", "windows", "firstSeen", "lastSeen");
  private static final Instant NOW = Load.START.plus(Duration.ofDays(121));

  static MergeStory random(int people, Random random) {
    Load load = Load.random(people, 12, people / 2, random);
    List<Row> events = new ArrayList<>();
    TreeSet<String> ids = new TreeSet<>();
    load.ticks().stream()
        .flatMap(tick -> tick.rows().stream())
        .filter(row -> !row.isControl())
        .forEach(
            row -> {
              events.add(toldBy(row));
              ids.add(row.profileId());
            });
    if (random.nextBoolean()) {
      undo(events);
    }
    List<String> sorted = List.copyOf(ids);
    return new MergeStory(
        sorted, Links.random(sorted, random), load.ticks().getFirst().rows(), events);
  }

  /** As an import is undone: everybody of whom it told something is folded anew without it. */
  private static void undo(List<Row> events) {
    TreeSet<String> touched = new TreeSet<>();
    events.stream()
        .filter(row -> row.origin().equals("import"))
        .forEach(row -> touched.add(row.profileId()));
    for (String person : touched) {
      events.add(Row.refold("refold:undo:" + person, person, NOW, Map.of("without", "import")));
    }
  }

  private static List<String> kindAndValue(String person) {
    return Links.leadsTo(person).entrySet().stream()
        .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
        .toList();
  }

  private static Row toldBy(Row row) {
    Row told =
        Row.draft(
            row.id(),
            row.profileId(),
            List.of(),
            row.type(),
            row.time(),
            row.origin(),
            row.isRefold() ? Map.of() : Links.leadsTo(row.profileId()),
            row.isRefold() ? Map.of() : row.properties());
    return row.source() == Row.Source.BULK ? told.inBulk() : told;
  }

  MergeStory with(Links others) {
    return new MergeStory(people, others, controls, events);
  }

  Map<String, String> roots() {
    return links.roots(people);
  }

  /** Everything in an order of its own. */
  List<Row> shuffled(Random random) {
    List<Row> rows = inOrder();
    Collections.shuffle(rows, random);
    return rows;
  }

  List<Row> inOrder() {
    List<Row> rows = new ArrayList<>(events);
    rows.addAll(links.rows(NOW));
    return rows;
  }

  /** Has everybody folded anew. */
  List<Row> anew() {
    return people.stream()
        .map(person -> Row.refold("refold:all:" + person, person, NOW, Map.of("reason", "test")))
        .toList();
  }

  /** What says that these are who they seemed to be at first. */
  static List<Row> back(List<String> people) {
    return people.stream().map(person -> Links.unlinked(person, NOW)).toList();
  }

  /**
   * How it is told.
   *
   * @param kills how often a commit ends in its middle and everything starts anew
   * @param pace after at most how many passings of such a point
   * @param at where, null for anywhere
   */
  record Telling(
      int lanes, int kills, int pace, @Nullable CommitPoint at, RedoUse redo, Random random) {
    static Telling undisturbed() {
      return new Telling(1, 0, 1, null, RedoUse.WRITTEN_AND_REDONE, new Random(1));
    }

    static Telling disturbed(Random random) {
      return new Telling(8, 12, 120, null, RedoUse.WRITTEN_AND_REDONE, random);
    }
  }

  /**
   * What came of it.
   *
   * @param people portraits by id, of those who are somebody
   * @param leadsTo who an identifier leads to
   */
  record Told(
      Map<String, String> roots,
      Map<String, String> people,
      Map<String, String> leadsTo,
      long dead,
      int kills) {}

  /** Tells rows, and others once all that is judged; what came of each. */
  List<Told> tell(Telling how, Store store, List<List<Row>> chapters) {
    var definitions = new Definitions(store);
    SampleDefinitions.save(definitions);
    for (String person : people) {
      store
          .identifiers()
          .insertOne(
              new Document("_id", String.join(":", kindAndValue(person)))
                  .append("profileId", person)
                  .append("at", Date.from(Load.START)));
    }
    var kills = new AtomicInteger();
    List<Told> told = new ArrayList<>();
    try (var server = new Server(how, store, definitions, kills)) {
      server.take(controls);
      server.settle();
      for (List<Row> rows : chapters) {
        int from = 0;
        while (from < rows.size()) {
          int to = Math.min(rows.size(), from + 1 + how.random().nextInt(40));
          server.take(rows.subList(from, to));
          server.pullSome();
          from = to;
        }
        server.settle();
        told.add(told(store, kills.get()));
      }
      return told;
    }
  }

  /** Journal and lanes, which start anew when they are killed. */
  private static final class Server implements AutoCloseable {
    private final Telling how;
    private final Store store;
    private final Definitions definitions;
    private final AtomicInteger kills;
    private final ManualClock clock = new ManualClock(NOW);
    private Journal journal;
    private Lanes lanes;
    private int passings;

    Server(Telling how, Store store, Definitions definitions, AtomicInteger kills) {
      this.how = how;
      this.store = store;
      this.definitions = definitions;
      this.kills = kills;
      start();
    }

    private void start() {
      journal = new Journal(store, clock, (_, _) -> {});
      passings = 1 + how.random().nextInt(how.pace());
      lanes =
          new Lanes(
              how.lanes(),
              store,
              journal,
              Replay.interpreted(definitions),
              () -> 1 + how.random().nextInt(20),
              this::passed,
              how.redo());
    }

    private void passed(CommitPoint point, int partition) {
      boolean isHere = how.at() == null || how.at() == point;
      if (isHere && kills.get() < how.kills() && --passings == 0) {
        kills.incrementAndGet();
        throw new IllegalStateException("killed at " + point + " of partition " + partition);
      }
    }

    void take(List<Row> rows) {
      List<CompletableFuture<Boolean>> done = new ArrayList<>();
      rows.forEach(row -> done.add(journal.append(row)));
      done.forEach(CompletableFuture::join);
    }

    void pullSome() {
      pull(how.random().nextInt(how.lanes()));
    }

    /** Until nothing follows from anything any more. */
    void settle() {
      do {
        for (int lane = 0; lane < how.lanes(); lane++) {
          pull(lane);
        }
      } while (!journal.isJudged());
    }

    private void pull(int lane) {
      try {
        lanes.pull(lane);
      } catch (AssertionError killed) {
        if (!String.valueOf(killed.getCause().getMessage()).startsWith("killed at ")) {
          throw killed;
        }
        journal.close();
        start();
      }
    }

    @Override
    public void close() {
      journal.close();
    }
  }

  private Told told(Store store, int kills) {
    Map<String, String> roots = new TreeMap<>();
    Map<String, String> portraits = new TreeMap<>();
    for (String person : people) {
      Document root = Roots.find(store, person).orElseThrow();
      roots.put(person, root.getString("_id"));
      portraits.put(root.getString("_id"), portrait(root).toJson());
    }
    Map<String, String> leadsTo = new TreeMap<>();
    store
        .identifiers()
        .find()
        .forEach(
            found ->
                leadsTo.put(
                    found.getString("_id"),
                    Roots.find(store, found.getString("profileId"))
                        .orElseThrow()
                        .getString("_id")));
    long empty = store.profiles().countDocuments(eq("into", null)) - portraits.size();
    return new Told(roots, portraits, leadsTo, store.dead().countDocuments() + empty, kills);
  }

  /** What comes of rows alone. */
  static Document portrait(Document profile) {
    Document portrait = new Document();
    PORTRAIT.forEach(field -> portrait.append(field, profile.get(field)));
    return portrait;
  }
}
