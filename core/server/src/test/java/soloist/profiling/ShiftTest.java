package soloist.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.Seed;
import soloist.profiling.Shift.Mark;
import soloist.spi.Profiler.Input;
import soloist.spi.Table;
import soloist.spi.Text;

/**
 * The index against numpy 2.4.6 and scipy 1.17.1: {@code from scipy.special import rel_entr; a, b =
 * a/a.sum(), b/b.sum(); (rel_entr(a, b) + rel_entr(b, a)).sum()}, the same sum by way of two
 * relative entropies.
 */
class ShiftTest {
  private static final Text NAME = new Text("age", "年龄");
  private static final List<Integer> BEFORE = List.of(120, 80, 60, 100, 90, 70, 110, 95, 85, 190);
  private static final List<Integer> NOW = List.of(80, 70, 65, 120, 95, 60, 140, 100, 90, 180);

  @Test
  void theIndexIsThatOfScipy() {
    Shift shift = Shift.between(NAME, BEFORE, NOW);

    assertEquals(0.031730198287789425, shift.index(), 1e-12);
    assertEquals(Mark.NONE, shift.mark());
  }

  /** {@code np.maximum(counts, .5) / counts.sum()} for the shares. */
  @Test
  void whoComesFromNowhereIsFarButNotInfinitelyFar() {
    Shift shift = Shift.between(NAME, List.of(50, 30, 20, 0), List.of(10, 20, 60, 10));

    assertEquals(1.4083611572393293, shift.index(), 1e-12);
    assertEquals(Mark.MUCH, shift.mark());
  }

  /** {@code scipy.stats.chi2.ppf(.99, degrees)}. */
  @ParameterizedTest
  @CsvSource({
    "1, 6.6348966010212145",
    "3, 11.344866730144373",
    "9, 21.665994333461924",
    "20, 37.56623478662507"
  })
  void whatChanceGivesSeldomIsThePercentileOfChiSquare(int degrees, double exact) {
    assertEquals(1, Shift.seldom(degrees) / exact, 0.01);
  }

  @Test
  void fewPeopleWhoAreTheSameAreNotPointedOut() {
    Random random = Seed.random("shift");
    int marked = 0;
    int above = 0;
    for (int round = 0; round < 500; round++) {
      Shift shift = Shares.of(drawn(random, 60, 0)).shift(drawn(random, 40, 0).column());
      above += shift.index() >= 0.25 ? 1 : 0;
      marked += shift.mark() == Mark.NONE ? 0 : 1;
    }

    assertTrue(above > 100, "the bare index alone cries out " + above + " times of 500");
    assertTrue(marked <= 20, marked + " of 500");
  }

  @Test
  void peopleWhoHaveMovedArePointedOut() {
    Random random = Seed.random("shift");

    Shift some = Shares.of(drawn(random, 2_000, 0)).shift(drawn(random, 2_000, 0.4).column());
    Shift much = Shares.of(drawn(random, 2_000, 0)).shift(drawn(random, 2_000, 1).column());

    assertEquals(Mark.SOME, some.mark(), some.toString());
    assertEquals(Mark.MUCH, much.mark(), much.toString());
  }

  @Test
  void whatIsNotKnownAnyMoreCountsToo() {
    double[] known = IntStream.range(0, 500).mapToDouble(i -> i % 50).toArray();
    double[] gone = known.clone();
    java.util.Arrays.fill(gone, 0, 250, Double.NaN);

    Shares shares = Shares.of(new Input(NAME, new Table.Numbers("age", known)));

    assertEquals(0, shares.shift(new Table.Numbers("age", known)).index());
    assertEquals(Mark.MUCH, shares.shift(new Table.Numbers("age", gone)).mark());
    assertEquals(shares, Shares.of(shares.toDocument()));
  }

  @Test
  void textsAreCountedByValue() {
    List<String> before = IntStream.range(0, 300).mapToObj(i -> i % 3 == 0 ? "de" : "at").toList();
    List<String> now = IntStream.range(0, 300).mapToObj(i -> i % 3 == 0 ? "de" : "ch").toList();

    Shares shares = Shares.of(new Input(NAME, new Table.Texts("country", before)));

    assertEquals(List.of("at", "de"), shares.values());
    assertEquals(List.of(200, 100, 0, 0), shares.counts());
    assertEquals(Mark.MUCH, shares.shift(new Table.Texts("country", now)).mark());
  }

  @Test
  void numbersArePartedIntoTenths() {
    double[] hundred = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();

    Shares shares = Shares.of(new Input(NAME, new Table.Numbers("age", hundred)));

    assertEquals(List.of(10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0), shares.edges());
    assertEquals(List.of(10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0), shares.counts());
  }

  private static Input drawn(Random random, int people, double moved) {
    double[] values = random.doubles(people).map(any -> random.nextGaussian() + moved).toArray();
    return new Input(NAME, new Table.Numbers("age", values));
  }
}
