package soloist.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneTest {
  private static final String ADA = "ada";
  private static final int PARTITION = Partitions.of(ADA);

  private LaneBench bench;

  @BeforeEach
  void open() {
    bench = new LaneBench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aPoisonRowIsKeptAsDeadAndTheOthersAreJudged() {
    for (int i = 0; i < 20; i++) {
      bench.append("e" + i, ADA, i == 7 ? Map.of("poison", true) : Map.of());
    }

    bench.pull();

    Document dead = bench.dead("e7");
    assertEquals("poison in e7", dead.getString("cause"));
    assertEquals(ADA, dead.getString("profileId"));
    assertEquals("e7", dead.get("row", Document.class).getString("_id"));
    assertEquals(19, bench.notes(ADA).size());
    assertEquals(19, bench.store.outbox().countDocuments());
    assertEquals(1, bench.store.dead().countDocuments());
    assertEquals(20, cursor().live());
    assertEquals(0, bench.journal().backlog());
  }

  @Test
  void aLiveRowWaitsForOneBatchOfBulkRowsWhateverItsPartition() {
    List<String> people = IntStream.range(0, 8).mapToObj(i -> "person " + i).toList();
    for (String person : people) {
      for (int i = 0; i < 40; i++) {
        bench.append(bench.bulk(person + " row " + i, person, Map.of()));
      }
    }
    String last = Collections.max(people, Comparator.comparing(Partitions::of));
    var begun = new AtomicBoolean();
    var judgedByThen = new AtomicInteger();
    bench.open(
        (point, partition) -> {
          if (begun.compareAndSet(false, true)) {
            bench.append("live", last, Map.of());
          } else if (partition == Partitions.of(last)) {
            judgedByThen.compareAndSet(0, bench.work.tries.size());
          }
        },
        new Lane.BatchSize(512, 10));

    bench.pull();

    assertEquals(11, judgedByThen.get());
    assertEquals("live{}", bench.notes(last).getFirst());
    assertEquals(41, bench.notes(last).size());
    assertEquals(8 * 40 + 1, bench.store.outbox().countDocuments());
  }

  @Test
  void aSinglePoisonRowIsTriedThreeTimes() {
    bench.append("bad", ADA, Map.of("poison", true));

    bench.pull();

    assertEquals(3, bench.work.tries.get("bad"));
    assertEquals(1, bench.store.dead().countDocuments());
  }

  @Test
  void aPoisonDueIsKeptAsDeadAndThePersonGoesOn() {
    bench.append("e1", ADA, dueIn(Duration.ofDays(1), true));
    bench.append("e2", "bob", dueIn(Duration.ofDays(1), false));
    bench.pull();

    bench.clock.advance(Duration.ofDays(2));
    bench.pull();
    bench.append("e3", ADA, Map.of());
    bench.pull();

    assertEquals("poison in a due", bench.store.dead().find().first().getString("cause"));
    assertEquals(1, bench.store.dead().countDocuments());
    assertEquals(List.of("e1{}", "e3{}"), bench.notes(ADA));
    assertEquals(2, bench.notes("bob").size());
  }

  @Test
  void aRowDoesNotPayForThePoisonDueBeforeIt() {
    bench.append("e1", ADA, dueIn(Duration.ofDays(1), true));
    bench.pull();

    bench.clock.advance(Duration.ofDays(2));
    bench.append("e2", ADA, Map.of());
    bench.append("e3", ADA, Map.of());
    bench.pull();

    assertEquals(List.of("e1{}", "e2{}", "e3{}"), bench.notes(ADA));
    assertEquals(1, bench.store.dead().countDocuments());
  }

  @Test
  void aBatchOverEightMegabytesIsHalved() {
    for (int i = 0; i < 180; i++) {
      bench.append("e" + i, ADA, Map.of("bytes", 60_000L));
    }

    bench.pull();

    assertEquals(180, bench.work.largestBatch);
    assertEquals(2, cursor().batch());
    assertEquals(180, bench.store.outbox().countDocuments());
    assertEquals(180, bench.notes(ADA).size());
  }

  @Test
  void aStoreThatFailsInTheMiddleOfACommitIsDoneFromTheRedoRecord() {
    bench.append("e1", ADA, Map.of());
    var once = new AtomicBoolean();
    bench.open(
        (point, _) -> {
          if (point == CommitPoint.OUTBOX_WRITTEN && once.compareAndSet(false, true)) {
            bench.server.stop();
          }
        },
        Lane.BatchSize.USUAL);

    assertInstanceOf(MongoException.class, bench.pullAndFail());
    bench.server.start();
    bench.pull();

    assertEquals(List.of("e1{}"), bench.notes(ADA));
    assertEquals(1, bench.work.tries.get("e1"));
    assertEquals(1, bench.store.decisions().countDocuments());
    assertEquals(0, bench.journal().backlog());
    assertEquals(1, cursor().batch());
  }

  @Test
  void aCommitIsRedoneToTheSameResultFromEveryPoint() {
    Left undisturbed = disturbedAt(List.of());

    assertTrue(undisturbed.documents().get("identifier userId:bob").contains("carl"));
    assertEquals(5, entered(undisturbed));
    for (CommitPoint point : CommitPoint.values()) {
      assertEquals(
          Optional.empty(), undisturbed.difference(disturbedAt(List.of(point))), point.name());
    }
  }

  @Test
  void aRedoThatIsInterruptedItselfIsRedoneToTheSameResult() {
    Left undisturbed = disturbedAt(List.of());

    for (CommitPoint first : List.of(CommitPoint.REDO_WRITTEN, CommitPoint.ROWS_JOURNALLED)) {
      for (CommitPoint second : CommitPoint.values()) {
        if (second.compareTo(CommitPoint.OUTBOX_WRITTEN) >= 0) {
          assertEquals(
              Optional.empty(),
              undisturbed.difference(disturbedAt(List.of(first, second))),
              first + ", then " + second);
        }
      }
    }
  }

  /** Two people, one of whom becomes a third while a process ends at each of these points. */
  private static Left disturbedAt(List<CommitPoint> points) {
    try (LaneBench bench = new LaneBench()) {
      bench
          .store
          .identifiers()
          .insertOne(new Document("_id", "userId:bob").append("profileId", "bob"));
      for (int i = 0; i < 6; i++) {
        bench.append("e" + i, i % 2 == 0 ? ADA : "bob", special(i));
      }
      var armed = new AtomicReference<CommitPoint>();
      CommitPoint.Observer ending =
          (passed, partition) -> {
            if (partition == Partitions.of("bob") && armed.compareAndSet(passed, null)) {
              throw new IllegalStateException("the process ends here");
            }
          };
      Lane.BatchSize small = new Lane.BatchSize(2, 2);
      bench.open(ending, small);
      for (CommitPoint point : points) {
        armed.set(point);
        assertInstanceOf(IllegalStateException.class, bench.pullAndFail());
        bench.restart(ending, small);
      }
      do {
        bench.pull();
      } while (!bench.journal().isJudged());
      return Left.in(bench.store);
    }
  }

  private static int entered(Left left) {
    return left.all("crossing").stream().mapToInt(each -> each.getInteger(Crossings.ENTERED)).sum();
  }

  private static Map<String, Object> special(int number) {
    return switch (number) {
      case 1 -> Map.of("becomes", "carl", "enters", "vip.all");
      case 3 -> Map.of("poison", true);
      default -> Map.of("enters", "vip.all");
    };
  }

  @Test
  void aControlRowSwitchesVersionsExactlyBetweenRows() {
    bench.append("e1", ADA, Map.of());
    publish(1);
    bench.append("e2", ADA, Map.of());
    bench.append("e3", ADA, Map.of());
    publish(2);
    bench.append("e4", ADA, Map.of());

    bench.pull();

    assertEquals(
        List.of("e1{}", "e2{segment:vip=1}", "e3{segment:vip=1}", "e4{segment:vip=2}"),
        bench.notes(ADA));
  }

  @Test
  void whatIsDueBeforeAControlRowIsJudgedByTheVersionsBeforeIt() {
    Instant due = bench.in(Duration.ofDays(1));
    bench.append("e1", ADA, Map.of("due", due));
    bench.clock.advance(Duration.ofDays(2));
    publish(1);

    bench.pull();

    assertEquals(List.of("e1{}", "due " + due), bench.notes(ADA));
    assertEquals(2, bench.store.profiles().find().first().getLong("rev"));
    Document redo = bench.store.redo().find(new Document("_id", PARTITION)).first();
    assertTrue(redo.getList("profiles", Document.class).isEmpty(), "the control row comes last");
    assertEquals(3, cursor().batch());
  }

  @Test
  void bulkRowsAreJudgedWhenNoLiveRowIsLeftHoweverRowsAreCut() {
    for (int size : List.of(1, 512)) {
      try (LaneBench cut = new LaneBench()) {
        cut.open(CommitPoint.Observer.NONE, new Lane.BatchSize(size, size));
        cut.append("click1", ADA, Map.of());
        cut.append(cut.bulk("imported1", ADA, Map.of()));
        cut.append("click2", ADA, Map.of());
        cut.append(cut.bulk("imported2", ADA, Map.of()));

        cut.pull();

        assertEquals(List.of("click1{}", "click2{}", "imported1{}", "imported2{}"), cut.notes(ADA));
        Document stored = cut.store.cursors().find(new Document("_id", PARTITION)).first();
        assertEquals(2, Cursor.of(stored).live());
        assertEquals(2, Cursor.of(stored).bulk());
      }
    }
  }

  @Test
  void duesAndBulkRowsComeInTheOrderOfTimeHoweverRowsAreCut() {
    for (int size : List.of(1, 512)) {
      try (LaneBench cut = new LaneBench()) {
        cut.open(CommitPoint.Observer.NONE, new Lane.BatchSize(size, size));
        Instant due = cut.in(Duration.ofDays(2));
        cut.append(cut.bulk("imported1", ADA, Map.of("due", due)));
        cut.clock.advance(Duration.ofDays(1));
        cut.append(cut.bulk("imported2", ADA, Map.of()));
        cut.append(cut.bulk("imported3", ADA, Map.of()));
        cut.clock.advance(Duration.ofDays(1));
        cut.append(cut.bulk("imported4", ADA, Map.of()));
        cut.clock.advance(Duration.ofDays(1));

        cut.pull();

        assertEquals(
            List.of("imported1{}", "imported2{}", "imported3{}", "due " + due, "imported4{}"),
            cut.notes(ADA));
      }
    }
  }

  @Test
  void aDueComesBeforeARowOfTheSameInstant() {
    Instant due = bench.in(Duration.ofDays(3));
    bench.append("e1", ADA, Map.of("due", due));
    bench.clock.set(due);
    bench.append("e2", ADA, Map.of());

    bench.pull();

    assertEquals(List.of("e1{}", "due " + due, "e2{}"), bench.notes(ADA));
  }

  @Test
  void nobodyIsDueInThePastAfterAPull() {
    for (int i = 0; i < 300; i++) {
      bench.append("e" + i, "person" + i, dueIn(Duration.ofMinutes(i), false));
    }
    bench.clock.advance(Duration.ofHours(2));

    bench.pull();

    Document past =
        new Document("dueAt", new Document("$lte", java.util.Date.from(bench.clock.instant())));
    assertNull(bench.store.profiles().find(past).first());
    assertEquals(
        179,
        bench.store.profiles().countDocuments(new Document("dueAt", new Document("$ne", null))));
  }

  @Test
  void aStoreThatIsAwayWhileJudgingIsNoRowsFault() {
    var away = new AtomicBoolean(true);
    Work failing =
        (versions, rows, profiles, due, dueUntil) -> {
          if (away.get()) {
            throw new MongoException("away");
          }
          return bench.work.judge(versions, rows, profiles, due, dueUntil);
        };
    bench.append("e1", ADA, Map.of());
    var lane =
        new Lane(
            List.of(PARTITION),
            bench.store,
            bench.journal(),
            failing,
            CommitPoint.Observer.NONE,
            RedoUse.WRITTEN_AND_REDONE,
            (_, _) -> {},
            Lane.BatchSize.USUAL);
    lane.open();

    assertInstanceOf(MongoException.class, lane.pull().get(PARTITION));
    away.set(false);
    lane.pull();

    assertEquals(List.of("e1{}"), bench.notes(ADA));
    assertNull(bench.store.dead().find().first());
  }

  private void publish(int version) {
    bench.append(
        Row.control(
            "publish@" + version,
            PARTITION,
            bench.clock.instant(),
            Map.of("kind", "segment", "id", "vip", "version", (long) version)));
  }

  private Map<String, Object> dueIn(Duration time, boolean poison) {
    return Map.of("due", bench.in(time), "poisonDue", poison);
  }

  private Cursor cursor() {
    return Cursor.of(bench.store.cursors().find(new Document("_id", PARTITION)).first());
  }
}
