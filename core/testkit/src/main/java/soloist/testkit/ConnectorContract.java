package soloist.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import soloist.spi.Connector;
import soloist.spi.Fetched;
import soloist.spi.Survey;

/** What every connector must do. A plugin's test implements it and runs it with its own tests. */
public interface ConnectorContract {

  /** A connector that has not been opened. */
  Connector unopened();

  /** A new connector, opened on a source of 3 to 1,000 records; each time the same. */
  Connector working();

  /** Opens a connector whose source is there but cannot be read. */
  Connector unreadable();

  /** One record and the cursor behind it. */
  record Pulled(Fetched record, String cursor) {}

  /** Keeps what it gets, and wants no more than some. */
  final class Kept implements Connector.Sink {
    final List<Pulled> all = new ArrayList<>();
    private final int most;
    private int told;

    Kept(int most) {
      this.most = most;
    }

    @Override
    public boolean accept(Fetched record, String cursor) {
      all.add(new Pulled(record, cursor));
      return all.size() < most;
    }

    @Override
    public boolean progress(long done, long total) {
      assertTrue(done >= 0 && total >= 0, done + " of " + total);
      told++;
      return all.size() < most;
    }
  }

  private Kept pull(String cursor, int most) throws IOException {
    Kept kept = new Kept(most);
    try (Connector connector = working()) {
      connector.pull(connector.survey().guess(), cursor, kept);
    }
    return kept;
  }

  @Test
  default void surveysFieldsWithAGuessAndASampleOfEach() throws IOException {
    try (Connector connector = working()) {
      Survey survey = connector.survey();

      assertFalse(survey.fields().isEmpty());
      assertEquals(survey.fields().size(), survey.guess().targets().size());
      assertTrue(survey.sample().size() <= 50, survey.sample().size() + " rows");
      survey.sample().forEach(row -> assertEquals(survey.fields().size(), row.size()));
      survey
          .fields()
          .forEach(field -> assertTrue(field.confidence() >= 0 && field.confidence() <= 1));
      assertEquals(survey, connector.survey());
    }
  }

  @Test
  default void pullsEverythingInOrderAndTellsHowFarItIs() throws IOException {
    Kept kept = pull("", Integer.MAX_VALUE);

    assertTrue(kept.all.size() >= 3, "only " + kept.all.size());
    assertTrue(kept.told > 0, "told nothing of its progress");
    long row = 0;
    for (Pulled pulled : kept.all) {
      assertTrue(pulled.record().row() > row, pulled.record().row() + " after " + row);
      assertTrue(pulled.cursor().length() <= 1_000);
      row = pulled.record().row();
    }
  }

  @Test
  default void goesOnAfterAnyCursorWithTheSameRest() throws IOException {
    List<Pulled> all = pull("", Integer.MAX_VALUE).all;

    for (int i = 0; i < all.size(); i += Math.max(1, all.size() / 5)) {
      assertEquals(
          all.subList(i + 1, all.size()), pull(all.get(i).cursor(), Integer.MAX_VALUE).all);
    }
    assertEquals(List.of(), pull(all.getLast().cursor(), Integer.MAX_VALUE).all);
  }

  @Test
  default void handsOverNothingMoreWhenItIsCancelled() throws IOException {
    assertEquals(1, pull("", 1).all.size());
    assertEquals(2, pull("", 2).all.size());
  }

  @Test
  default void saysInBothLanguagesWhyASourceCannotBeRead() throws IOException {
    try (Connector connector = unreadable()) {
      Connector.Unreadable thrown = assertThrows(Connector.Unreadable.class, connector::survey);

      assertFalse(thrown.reason().en().isBlank());
      assertFalse(thrown.reason().zh().isBlank());
    }
  }

  @Test
  default void closesWithoutHarmWhetherOpenOrNot() {
    unopened().close();
    Connector opened = working();
    opened.close();
    opened.close();
  }
}
