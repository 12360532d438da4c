package soloist.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import soloist.spi.Connector;
import soloist.spi.Fetched;
import soloist.spi.Survey;

/** What every connector must do. A plugin's test implements it and runs it with its own tests. */
public interface ConnectorContract {

  /** A connector that has not been opened. */
  Connector unopened();

  /**
   * Opens a connector at a source that works: the same at every call, with at least 10 records of
   * which at least one cannot be taken.
   */
  Connector working();

  /** Opens a connector at a source in which nothing can be read, however often it is tried. */
  Connector unreadable();

  @Test
  default void surveysWhatItCanRead() throws IOException {
    try (Connector connector = working()) {
      Survey survey = connector.survey();

      assertFalse(survey.fields().isEmpty());
      assertTrue(survey.sample().size() <= 50, "sample of " + survey.sample().size());
      for (List<String> row : survey.sample()) {
        assertEquals(survey.fields().size(), row.size());
      }
      for (Survey.Field field : survey.fields()) {
        assertTrue(Set.of("text", "number", "date", "boolean").contains(field.type()));
        assertTrue(field.confidence() >= 0 && field.confidence() <= 1);
      }
    }
  }

  @Test
  default void surveysTheSameAgain() throws IOException {
    try (Connector connector = working();
        Connector another = working()) {
      assertEquals(connector.survey(), connector.survey());
      assertEquals(connector.survey(), another.survey());
    }
  }

  @Test
  default void handsOverEachRecordAndRejectsByRow() throws IOException {
    List<Fetched> records = Pulled.from(working(), "").records();

    assertTrue(records.size() >= 10, records.size() + " records");
    List<Fetched.Rejected> rejected =
        records.stream()
            .filter(Fetched.Rejected.class::isInstance)
            .map(Fetched.Rejected.class::cast)
            .toList();
    assertFalse(rejected.isEmpty());
    for (Fetched.Rejected each : rejected) {
      assertTrue(each.code().matches("[a-z][a-z-]*"), each.code());
      assertFalse(each.reason().en().isBlank());
      assertFalse(each.reason().zh().isBlank());
      assertTrue(each.raw().length() <= 10_000);
    }
    assertTrue(records.stream().allMatch(record -> record.row() >= 1));
  }

  @Test
  default void handsOverTheSameAgain() throws IOException {
    assertEquals(Pulled.from(working(), ""), Pulled.from(working(), ""));
  }

  @Test
  default void goesOnAfterEachCursor() throws IOException {
    Pulled whole = Pulled.from(working(), "");
    assertEquals(whole.cursors().size(), new HashSet<>(whole.cursors()).size());

    for (int i = 0; i < whole.cursors().size(); i++) {
      String cursor = whole.cursors().get(i);
      assertTrue(cursor.length() <= 1_000, cursor);

      assertEquals(whole.after(i + 1), Pulled.from(working(), cursor), "after " + cursor);
    }
  }

  @Test
  default void stopsWhenNothingMoreIsWanted() throws IOException {
    try (Connector connector = working()) {
      List<Fetched> taken = new ArrayList<>();

      connector.pull(
          connector.survey().guess(),
          "",
          new Connector.Sink() {
            @Override
            public boolean accept(Fetched record, String cursor) {
              taken.add(record);
              return taken.size() < 3;
            }

            @Override
            public boolean progress(long done, long total) {
              return true;
            }
          });

      assertEquals(3, taken.size());
    }
  }

  @Test
  default void stopsWhenItTellsOfProgressAndIsCancelled() throws IOException {
    try (Connector connector = working()) {
      List<Long> told = new ArrayList<>();

      connector.pull(
          connector.survey().guess(),
          "",
          new Connector.Sink() {
            @Override
            public boolean accept(Fetched record, String cursor) {
              assertTrue(told.isEmpty(), "handed over after it was cancelled");
              return true;
            }

            @Override
            public boolean progress(long done, long total) {
              assertTrue(total == 0 || done <= total, done + " of " + total);
              told.add(done);
              return false;
            }
          });

      assertFalse(told.isEmpty());
    }
  }

  @Test
  default void saysWhyNothingCanBeRead() {
    try (Connector connector = unreadable()) {
      Connector.Unreadable refusal =
          assertThrows(Connector.Unreadable.class, () -> connector.survey());

      assertFalse(refusal.reason().en().isBlank());
      assertFalse(refusal.reason().zh().isBlank());
    }
  }

  @Test
  default void closesWithoutHarmWhetherReadOrNot() throws IOException {
    unopened().close();

    Connector idle = working();
    idle.close();

    Connector used = working();
    used.survey();
    used.close();
  }
}
