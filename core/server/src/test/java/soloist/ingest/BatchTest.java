package soloist.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import soloist.http.Problem;
import soloist.identity.Identity;
import soloist.identity.ProfileIds;
import soloist.lane.Journal;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.ManualClock;

class BatchTest {
  private static final TestStore SERVER = new TestStore();

  private final ManualClock clock = new ManualClock();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void ofEachEventItIsSaidWhetherItCountsAndADoubleChangesNothing() {
    try (Store store = SERVER.open("doubles");
        Journal journal = new Journal(store, clock, (_, _) -> {})) {
      Ingest ingest = ingest(store, journal, 100);

      assertEquals(
          List.of(true, true, false, true),
          ingest.acceptAll(
              List.of(event("1", "ada"), event("2", "ada"), event("1", "ada"), event("3", "bob")),
              "api"));
      assertEquals(
          List.of(false, true),
          ingest.acceptAll(List.of(event("1", "zoe"), event("4", "bob")), "api"));

      assertEquals(4, store.events().countDocuments());
      assertEquals(2, store.identifiers().countDocuments());
    }
  }

  @Test
  void nothingOfABatchIsTakenWhileTooManyWait() {
    try (Store store = SERVER.open("busy");
        Journal journal = new Journal(store, clock, (_, _) -> {})) {
      Ingest ingest = ingest(store, journal, 1);
      ingest.acceptAll(List.of(event("1", "ada"), event("2", "ada")), "api");

      Problem busy =
          assertThrows(Problem.class, () -> ingest.acceptAll(List.of(event("3", "ada")), "api"));

      assertEquals(503, busy.status());
      assertEquals(2, store.events().countDocuments());
    }
  }

  private Ingest ingest(Store store, Journal journal, long mostBacklog) {
    return new Ingest(
        new Identity(store, new ProfileIds(clock)),
        journal,
        new Undone(),
        clock,
        () -> "",
        mostBacklog);
  }

  private EventInput event(String id, String person) {
    return new EventInput(
        id, "visit", clock.instant(), Map.of("email", person + "@example.com"), Map.of());
  }
}
