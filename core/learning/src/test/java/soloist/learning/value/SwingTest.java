package soloist.learning.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.learning.measure.Interval;

class SwingTest {
  private static final double WEEKS = 13;

  @Test
  void isAsWideAsEarlierSpansMovedBeyondTheirChance() {
    double calm = reach(spans(8, 0.02, 0.0001));
    double lively = reach(spans(8, 0.4, 0.0001));
    double byChanceAlone = reach(spans(8, 0.4, 0.16));

    assertTrue(calm < 0.06, "calm " + calm);
    assertTrue(lively > 0.4 && lively < 0.75, "lively " + lively);
    assertTrue(byChanceAlone < lively * 0.75, "by chance " + byChanceAlone);
  }

  @Test
  void goesByTheBeliefWhereNoSpanIsKnownAndSaysSo() {
    Swing swing = Swing.of(List.of(), WEEKS);

    assertEquals(0, swing.trials());
    assertTrue(reach(List.of()) > 0.3 && reach(List.of()) < 0.7, "reach " + reach(List.of()));
  }

  @Test
  void growsWithTheSquareRootOfTheTimeAhead() {
    List<Backtest.Trial> trials = spans(40, 0.1, 1e-6);

    double near = reach(Swing.of(trials, WEEKS));
    double far = reach(Swing.of(trials, 4 * WEEKS));

    assertEquals(2, far / near, 0.2);
  }

  @Test
  void holdsTheNextSpanAsOftenAsItSays() {
    long seed = Long.getLong("soloist.seed", 5);
    Random random = new Random(seed);
    int rounds = 2_000;
    int held = 0;
    for (int round = 0; round < rounds; round++) {
      double width = Math.abs(0.5 * random.nextGaussian());
      double chance = 0.1;
      List<Backtest.Trial> trials =
          IntStream.range(0, 3)
              .mapToObj(
                  _ ->
                      new Backtest.Trial(
                          WEEKS,
                          width * random.nextGaussian() + chance * random.nextGaussian(),
                          chance * chance))
              .toList();
      double[] factors = Swing.of(trials, WEEKS).factors(random).limit(300).toArray();
      held += Interval.of(factors, 0.8).holds(Math.exp(width * random.nextGaussian())) ? 1 : 0;
    }

    assertEquals(0.8, (double) held / rounds, 0.03, "seed " + seed);
  }

  private static List<Backtest.Trial> spans(int count, double off, double variance) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Backtest.Trial(WEEKS, i % 2 == 0 ? off : -off, variance))
        .toList();
  }

  private static double reach(List<Backtest.Trial> trials) {
    return reach(Swing.of(trials, WEEKS));
  }

  /** How far 80 % of the logarithms lie to each side. */
  private static double reach(Swing swing) {
    double[] sorted =
        swing.factors(new Random(1)).limit(20_000).map(Math::log).map(Math::abs).sorted().toArray();
    return sorted[(int) (0.8 * sorted.length)];
  }
}
