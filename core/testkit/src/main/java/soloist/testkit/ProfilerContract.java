package soloist.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Model;
import soloist.spi.Profiler.Prediction;
import soloist.spi.Profiler.Refused;
import soloist.spi.Profiler.Run;
import soloist.spi.Table;

/** What every profiler must do. A plugin's test implements it and runs it with its own tests. */
public interface ProfilerContract {

  /** A profiler that has not been opened. */
  Profiler unopened();

  /** Opens a profiler. */
  Profiler opened();

  /** A table from which it can learn, with some people of whom it can say nothing. */
  Table table();

  /** A table that does not allow an answer. */
  Table tooSmall();

  @Test
  default void learnsFromTheColumnsThatItWants() {
    try (Profiler profiler = opened()) {
      List<Profiler.Wanted> wanted = profiler.wanted();

      assertFalse(wanted.isEmpty());
      assertEquals(
          wanted.stream().map(Profiler.Wanted::key).toList(),
          table().columns().stream().map(Table.Column::key).toList());
    }
  }

  @Test
  default void learnsTheSameFromTheSame() throws Refused {
    try (Profiler one = opened();
        Profiler other = opened()) {
      Model first = one.fit(table(), run(7));
      Model second = other.fit(table(), run(7));

      assertArrayEquals(first.bytes(), second.bytes());
      assertEquals(first.card(), second.card());
      assertEquals(predictions(one, first), predictions(other, second));
    }
  }

  @Test
  default void predictsFromTheBytesOfAModelAlone() throws Refused {
    try (Profiler learner = opened();
        Profiler another = opened()) {
      Model model = learner.fit(table(), run(7));
      var kept = new Model(model.bytes().clone(), model.card());

      assertEquals(predictions(learner, model), predictions(another, kept));
    }
  }

  @Test
  default void tellsOfPeopleWithEvidenceInBothLanguages() throws Refused {
    try (Profiler profiler = opened()) {
      Map<Integer, List<Prediction>> all = predictions(profiler, profiler.fit(table(), run(7)));

      assertFalse(all.isEmpty());
      assertTrue(all.size() < table().people().size(), "says something of everybody");
      Set<List<String>> keys = new HashSet<>();
      for (List<Prediction> traits : all.values()) {
        keys.add(traits.stream().map(Prediction::key).toList());
        for (Prediction trait : traits) {
          assertTrue(trait.key().matches("[a-z][a-zA-Z0-9_]{0,63}"), trait.key());
          assertFalse(trait.evidence().en().isBlank());
          assertFalse(trait.evidence().zh().isBlank());
          assertTrue(
              switch (trait.value()) {
                case String _, BigDecimal _, Boolean _, Instant _ -> true;
                default -> false;
              },
              trait.toString());
        }
      }
      assertEquals(1, keys.size(), "everybody gets the same traits");
    }
  }

  @Test
  default void saysHowManyItHasSeen() throws Refused {
    try (Profiler profiler = opened()) {
      Profiler.Card card = profiler.fit(table(), run(7)).card();

      assertTrue(card.people() >= 1 && card.people() <= table().people().size());
    }
  }

  @Test
  default void refusesWithANumberWhatDoesNotAllowAnAnswer() {
    try (Profiler profiler = opened()) {
      Refused refusal = assertThrows(Refused.class, () -> profiler.fit(tooSmall(), run(7)));

      assertTrue(refusal.reason().en().matches(".*[0-9].*"), refusal.reason().en());
      assertTrue(refusal.reason().zh().matches(".*[0-9].*"), refusal.reason().zh());
    }
  }

  @Test
  default void stopsPredictingWhenItIsCancelled() throws Refused {
    try (Profiler profiler = opened()) {
      Model model = profiler.fit(table(), run(7));
      List<Double> told = new ArrayList<>();
      var cancelled =
          new Run() {
            @Override
            public long seed() {
              return 7;
            }

            @Override
            public boolean progress(double part) {
              assertTrue(part >= 0 && part <= 1, part + " is no part");
              told.add(part);
              return false;
            }
          };

      profiler.predict(
          model,
          table(),
          cancelled,
          (_, _) -> assertTrue(told.isEmpty(), "predicted after it was cancelled"));

      assertEquals(1, told.size());
    }
  }

  @Test
  default void namesItsSegmentsInBothLanguages() throws Refused {
    try (Profiler profiler = opened()) {
      Set<String> ids = new HashSet<>();
      for (Profiler.StandingSegment segment : profiler.segments(profiler.fit(table(), run(7)))) {
        assertTrue(segment.id().matches("[a-z0-9-]+"), segment.id());
        assertTrue(ids.add(segment.id()), segment.id() + " twice");
        assertFalse(segment.name().en().isBlank() || segment.name().zh().isBlank());
        assertFalse(segment.description().en().isBlank() || segment.description().zh().isBlank());
      }
    }
  }

  @Test
  default void closesWithoutHarmWhetherOpenOrNot() {
    unopened().close();

    opened().close();
  }

  private Map<Integer, List<Prediction>> predictions(Profiler profiler, Model model) {
    return predictions(profiler, model, table());
  }

  /** What a profiler says of a table, by row. */
  static Map<Integer, List<Prediction>> predictions(Profiler profiler, Model model, Table table) {
    Map<Integer, List<Prediction>> all = new TreeMap<>();
    profiler.predict(
        model,
        table,
        run(7),
        (row, traits) -> {
          assertTrue(row >= 0 && row < table.people().size(), "row " + row);
          assertFalse(all.containsKey(row), "row " + row + " twice");
          all.put(row, traits);
        });
    return all;
  }

  /** A run that is not cancelled. */
  static Run run(long seed) {
    return new Run() {
      @Override
      public long seed() {
        return seed;
      }

      @Override
      public boolean progress(double part) {
        return true;
      }
    };
  }
}
