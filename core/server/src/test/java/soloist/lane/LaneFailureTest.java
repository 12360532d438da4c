package soloist.lane;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lane does when something else than a row is wrong. */
class LaneFailureTest {
  private static final String ADA = "ada";
  private static final String BOB = sharing(Partitions.of(ADA));
  private static final String EVE = "eve";

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
  void aProfileThatSomebodyElseWroteIsReadAndJudgedAgain() {
    bench.append("e1", ADA, Map.of());
    bench.append("e2", BOB, Map.of());
    bench.pull();
    bench.append("e3", ADA, Map.of("enters", "vip"));
    bench.append("e4", BOB, Map.of("enters", "vip"));
    writeAdaAt(CommitPoint.DECISIONS_WRITTEN, 1);

    bench.pull();

    assertEquals(List.of("by hand", "e3{}"), bench.notes(ADA));
    assertEquals(List.of("e2{}", "e4{}"), bench.notes(BOB));
    assertEquals(4, bench.store.outbox().countDocuments());
    assertEquals(4, bench.store.decisions().countDocuments());
    assertEquals(0, bench.store.dead().countDocuments());
    assertEquals(2, bench.store.crossings().find().first().getInteger(Crossings.ENTERED));
    assertEquals(0, bench.journal().backlog());
  }

  @Test
  void whatTheDroppedBatchHadDecidedForThatPersonIsTakenBack() {
    bench.append("e1", ADA, Map.of());
    bench.append("e2", BOB, Map.of());
    bench.pull();
    bench.append("e3", ADA, Map.of());
    bench.append("e4", BOB, Map.of());
    var written = new AtomicInteger();
    writeAdaAt(CommitPoint.DECISIONS_WRITTEN, 100, written);

    bench.pull();

    assertNull(bench.store.outbox().find(eq("_id", "message of e3")).first());
    assertNull(bench.store.decisions().find(eq("_id", "decision of e3")).first());
    assertTrue(bench.dead("e3").getString("cause").contains(ADA), "the person is named");
    assertEquals(List.of("e2{}", "e4{}"), bench.notes(BOB));
    assertEquals(1, bench.store.dead().countDocuments());
    assertTrue(written.get() < 10, "tries " + written);
    assertEquals(0, bench.journal().backlog());
  }

  @Test
  void aRedoRecordThatMeetsAnotherWriterIsDroppedAndTheRowsAreJudgedAgain() {
    bench.append("e1", ADA, Map.of());
    bench.pull();
    bench.append("e2", ADA, Map.of());
    endAt(CommitPoint.DECISIONS_WRITTEN);
    bench.pullAndFail();
    writeAda();

    bench.restart();
    bench.pull();

    assertEquals(List.of("by hand", "e2{}"), bench.notes(ADA));
    assertEquals(2, bench.store.outbox().countDocuments());
    assertEquals(0, bench.journal().backlog());
  }

  @Test
  void aPartitionThatFailsDoesNotStopTheOthers() {
    String first = Partitions.of(ADA) < Partitions.of(EVE) ? ADA : EVE;
    String later = first.equals(ADA) ? EVE : ADA;
    assertNotEquals(Partitions.of(first), Partitions.of(later));
    bench.append("e1", first, Map.of());
    bench.append("e2", later, Map.of());
    var broken = new AtomicBoolean(true);
    bench.restart(
        (point, partition) -> {
          if (broken.get()
              && point == CommitPoint.REDO_WRITTEN
              && partition == Partitions.of(first)) {
            throw new IllegalStateException("this partition is broken");
          }
        });

    Map<Integer, RuntimeException> failed = bench.lane().pull();

    assertEquals(List.of(Partitions.of(first)), List.copyOf(failed.keySet()));
    assertEquals(List.of("e2{}"), bench.notes(later));
    assertEquals(List.of(), bench.notes(first));

    broken.set(false);

    assertEquals(Map.of(), bench.lane().pull());
    assertEquals(List.of("e1{}"), bench.notes(first));
    assertEquals(0, bench.journal().backlog());
  }

  @Test
  void aStoreThatIsAwayIsAskedOnceAndNotForEveryPartition() {
    bench.append("e1", ADA, Map.of());
    bench.append("e2", EVE, Map.of());
    var asked = new AtomicInteger();
    bench.restart(
        (point, _) -> {
          if (point == CommitPoint.JUDGED) {
            asked.incrementAndGet();
            throw new MongoException("away");
          }
        });

    assertEquals(1, bench.lane().pull().size());

    assertEquals(1, asked.get());
  }

  private void writeAdaAt(CommitPoint at, int times) {
    writeAdaAt(at, times, new AtomicInteger());
  }

  private void writeAdaAt(CommitPoint at, int times, AtomicInteger written) {
    bench.restart(
        (point, partition) -> {
          boolean isHers =
              partition == Partitions.of(ADA)
                  && bench.store.redo().countDocuments(new Document("profiles._id", ADA)) > 0;
          if (point == at && isHers && written.get() < times) {
            written.incrementAndGet();
            writeAda();
          }
        });
  }

  /**
   * A writer that is not the lane; the revision is the very one that the lane is about to write.
   */
  private void writeAda() {
    bench
        .store
        .profiles()
        .updateOne(eq("_id", ADA), combine(inc("rev", 1L), set("notes", List.of("by hand"))));
  }

  private void endAt(CommitPoint at) {
    bench.restart(
        (point, _) -> {
          if (point == at) {
            throw new IllegalStateException("the process ends here");
          }
        });
  }

  private static String sharing(int partition) {
    int number = 0;
    while (Partitions.of("bob" + number) != partition) {
      number++;
    }
    return "bob" + number;
  }
}
