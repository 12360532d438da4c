package soloist.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.mongodb.MongoException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lane does when something else than a row is wrong. */
class LaneFailureTest {
  private static final String ADA = "ada";
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
}
