package soloist.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import soloist.lane.Journal;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.ManualClock;

/** Rows are counted as they come, and each is read once. */
class TallyTest {
  private static final int WORTH_KEEPING = 3;

  private final ManualClock clock = new ManualClock();

  @Test
  void whatWasCountedIsNotReadAgainNotEvenByTheNextProcess() {
    try (TestStore server = new TestStore();
        Store store = server.open("tally")) {
      try (Journal journal = new Journal(store, clock, (_, _) -> {})) {
        Tally tally = new Tally(store, journal, WORTH_KEEPING);
        assertEquals(Map.of(), tally.now());

        append(journal, "ada", EventTypes.ORDER, false);
        append(journal, "ben", EventTypes.OPENED, true);
        append(journal, "ben", Row.REFOLD, true);
        append(journal, "", "control", false);
        assertEquals(
            Map.of(Tally.TOLD, 2L, EventTypes.ORDER, 1L, EventTypes.OPENED, 1L), tally.now());
        store.events().updateMany(new Document(), new Document("$set", new Document("type", "x")));

        append(journal, "ada", EventTypes.OPENED, false);
        assertEquals(
            Map.of(Tally.TOLD, 3L, EventTypes.ORDER, 1L, EventTypes.OPENED, 2L), tally.now());
      }
      try (Journal journal = new Journal(store, clock, (_, _) -> {})) {
        assertEquals(
            List.of(3L, 2L),
            List.of(
                new Tally(store, journal, WORTH_KEEPING).now().get(Tally.TOLD),
                new Tally(store, journal, WORTH_KEEPING).now().get(EventTypes.OPENED)));
      }
    }
  }

  @Test
  void whatItSawAppendedIsNeverReadAndWhatItDidNotSeeIs() {
    try (TestStore server = new TestStore();
        Store store = server.open("tally");
        Journal journal = new Journal(store, clock, (_, _) -> {})) {
      append(journal, "ada", EventTypes.OPENED, false);
      Tally late = new Tally(store, journal);
      assertEquals(Map.of(Tally.TOLD, 1L, EventTypes.OPENED, 1L), late.now());

      append(journal, "ada", EventTypes.OPENED, false);
      store.events().updateMany(new Document(), new Document("$set", new Document("type", "x")));
      assertEquals(Map.of(Tally.TOLD, 2L, EventTypes.OPENED, 2L), late.now());

      late.close();
      assertEquals(Map.of(Tally.TOLD, 2L, EventTypes.OPENED, 2L), new Tally(store, journal).now());
    }
  }

  private void append(Journal journal, String person, String type, boolean bulk) {
    Row draft =
        Row.draft(
            "e" + clock.instant().toEpochMilli(),
            person,
            List.of(),
            type,
            clock.instant(),
            "api",
            Map.of(),
            Map.of());
    clock.advance(java.time.Duration.ofSeconds(1));
    journal.append(bulk ? draft.inBulk() : draft).join();
  }
}
