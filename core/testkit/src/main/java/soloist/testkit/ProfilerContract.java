package soloist.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import soloist.spi.Profiler;
import soloist.spi.Table;

/** What every profiler must do. A plugin's test implements it and runs it with its own tests. */
public interface ProfilerContract {

  /** A profiler that has not been opened. */
  Profiler unopened();

  /** A new profiler, opened with settings that work; each time the same. */
  Profiler working();

  /** The columns it wants, of people enough for a model; each time the same. */
  Table enough();

  /** The same columns of too few people. */
  Table tooFew();

  /** A run that tells the seed and goes on for as long as it is asked to. */
  record Steady(long seed, int most, int[] told) implements Profiler.Run {
    Steady(long seed) {
      this(seed, Integer.MAX_VALUE, new int[1]);
    }

    @Override
    public boolean progress(double part) {
      assertTrue(part >= 0 && part <= 1, "progress is " + part);
      return ++told[0] < most;
    }
  }

  private static Map<Integer, List<Profiler.Prediction>> predictions(
      Profiler profiler, Profiler.Model model, Table table) {
    Map<Integer, List<Profiler.Prediction>> all = new TreeMap<>();
    profiler.predict(
        model,
        table,
        new Steady(1),
        (row, traits) ->
            assertEquals(null, all.put(row, List.copyOf(traits)), "row " + row + " came twice"));
    return all;
  }

  @Test
  default void wantsEachColumnOnce() {
    try (Profiler profiler = working()) {
      List<String> wanted = profiler.wanted().stream().map(Profiler.Wanted::key).toList();

      assertEquals(wanted.size(), new HashSet<>(wanted).size(), wanted.toString());
      assertEquals(wanted, enough().columns().stream().map(Table.Column::key).toList());
    }
  }

  @Test
  default void learnsAndTellsTheSameFromTheSame() throws Exception {
    try (Profiler one = working();
        Profiler other = working()) {
      Profiler.Model model = one.fit(enough(), new Steady(7));
      Profiler.Model again = other.fit(enough(), new Steady(7));

      assertArrayEquals(model.bytes(), again.bytes());
      assertEquals(model.card(), again.card());
      assertEquals(predictions(one, model, enough()), predictions(other, again, enough()));
    }
  }

  @Test
  default void tellsOfPeopleInTheTableWithValuesAndEvidence() throws Exception {
    try (Profiler profiler = working()) {
      Profiler.Model model = profiler.fit(enough(), new Steady(1));

      Map<Integer, List<Profiler.Prediction>> all = predictions(profiler, model, enough());

      assertFalse(all.isEmpty());
      all.forEach(
          (row, traits) -> {
            assertTrue(row >= 0 && row < enough().people().size(), "row " + row);
            for (Profiler.Prediction trait : traits) {
              Object value = trait.value();
              assertTrue(
                  value instanceof String
                      || value instanceof BigDecimal
                      || value instanceof Boolean
                      || value instanceof Instant,
                  trait.key() + " is a " + value.getClass());
              assertFalse(trait.evidence().en().isBlank(), trait.key());
              assertFalse(trait.evidence().zh().isBlank(), trait.key());
            }
          });
    }
  }

  @Test
  default void saysInBothLanguagesWhatIsMissingForAnAnswer() {
    try (Profiler profiler = working()) {
      Profiler.Refused refused =
          assertThrows(Profiler.Refused.class, () -> profiler.fit(tooFew(), new Steady(1)));

      assertFalse(refused.reason().en().isBlank());
      assertFalse(refused.reason().zh().isBlank());
    }
  }

  @Test
  default void returnsSoonWhenItIsCancelled() {
    try (Profiler profiler = working()) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> {
            try {
              profiler.fit(enough(), new Steady(1, 1, new int[1]));
            } catch (Profiler.Refused _) {
              // an answer, too
            }
          });
    }
  }

  @Test
  default void closesWithoutHarmWhetherOpenOrNot() {
    unopened().close();
    Profiler opened = working();
    opened.close();
    opened.close();
  }
}
