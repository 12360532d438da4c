package soloist.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.profiling.Verdict.Decision;
import soloist.profiling.Verdict.Reason;
import soloist.spi.Profiler.Outcome;

/**
 * Forty people, drawn by numpy 2.4.6: {@code r = np.random.RandomState(42); came = r.rand(40) < .4;
 * A = np.round(np.clip(.5 + .3*(came-.5) + r.randn(40)*.15, .02, .98), 2)}, B the same with .5 for
 * .3; what is expected by scipy 1.17.1.
 */
class VerdictTest {
  private static final int[] CAME = {
    1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1,
    1, 0, 0, 0, 1, 1, 0, 0
  };
  private static final double[] A = {
    0.65, 0.19, 0.47, 0.17, 0.68, 0.36, 0.45, 0.38, 0.46, 0.38, 0.63, 0.3, 0.13, 0.54, 0.58, 0.81,
    0.7, 0.09, 0.4, 0.59, 0.25, 0.74, 0.8, 0.79, 0.22, 0.3, 0.7, 0.5, 0.28, 0.62, 0.18, 0.47, 0.77,
    0.55, 0.34, 0.5, 0.7, 0.55, 0.4, 0.58
  };
  private static final double[] B = {
    0.74, 0.48, 0.02, 0.37, 0.76, 0.71, 0.76, 0.02, 0.22, 0.3, 0.97, 0.17, 0.13, 0.67, 0.89, 0.8,
    0.67, 0.33, 0.26, 0.9, 0.14, 0.7, 0.69, 0.53, 0.29, 0.29, 0.75, 0.21, 0.04, 0.69, 0.2, 0.63,
    0.73, 0.31, 0.53, 0.28, 0.79, 0.74, 0.02, 0.25
  };

  /** {@code la = -np.where(came, np.log(A), np.log(1-A)); la.mean()}. */
  @Test
  void theLossIsThatOfNumpy() {
    assertEquals(0.4505959964994514, Verdict.loss(outcomes(A)).value(), 1e-12);
    assertEquals(0.29226255121414935, Verdict.loss(outcomes(B)).value(), 1e-12);
  }

  /** {@code d = la - lb; stats.norm.interval(.9, d.mean(), stats.sem(d))}. */
  @Test
  void theBetterOneTakesOverWithTheIntervalOfScipy() {
    Verdict verdict = Verdict.between("old", outcomes(A), outcomes(B), false);

    assertEquals(Decision.TAKES_OVER, verdict.decision());
    assertEquals(Reason.BETTER, verdict.reason());
    Spread gain = java.util.Objects.requireNonNull(verdict.gain());
    assertEquals(0.15833344528530202, gain.value(), 1e-12);
    assertEquals(0.08319303530100979, gain.low(), 1e-9);
    assertEquals(0.23347385526959424, gain.high(), 1e-9);
    assertEquals(40, gain.people());
  }

  @Test
  void theWorseOneIsDeclinedAlsoWhereTheOwnerWantsToBeAsked() {
    assertEquals(Reason.WORSE, Verdict.between("old", outcomes(B), outcomes(A), false).reason());
    assertEquals(
        Decision.DECLINED, Verdict.between("old", outcomes(B), outcomes(A), true).decision());
  }

  @Test
  void theSameTakesOverAndAnOwnerWhoWantsToBeAskedIsAsked() {
    assertEquals(Reason.EVEN, Verdict.between("old", outcomes(A), outcomes(A), false).reason());
    Verdict asked = Verdict.between("old", outcomes(A), outcomes(B), true);
    assertEquals(Decision.ASKS, asked.decision());
    assertEquals(Reason.ALWAYS, asked.reason());
  }

  @Test
  void tooFewPeopleOrNothingThatComesAreTheOwnersToDecide() {
    Verdict few =
        Verdict.between("old", outcomes(A).subList(0, 29), outcomes(B).subList(0, 29), false);
    Verdict nothing = Verdict.between("old", List.of(), List.of(), false);

    assertEquals(Reason.FEW, few.reason());
    assertEquals(Reason.NOTHING, nothing.reason());
    assertEquals(Decision.ASKS, nothing.decision());
    assertNull(nothing.gain());
  }

  @Test
  void whoHasBeenLearntFromHasNoSay() {
    List<Outcome> seen = new ArrayList<>(outcomes(B));
    IntStream.range(0, 40).forEach(i -> seen.add(new Outcome(100 + i, 0.5, true, true, false)));

    assertEquals(Verdict.loss(outcomes(B)), Verdict.loss(seen));
    assertEquals(
        Verdict.between("old", outcomes(A), outcomes(B), false),
        Verdict.between("old", outcomes(A), seen, false));
  }

  /** {@code stats.binomtest(7, 40).proportion_ci(.9, method='wilson')}. */
  @Test
  void sharesHaveTheIntervalOfScipy() {
    Spread share = Spread.ofShare(7, 40);

    assertEquals(0.0977604430891172, share.low(), 1e-9);
    assertEquals(0.2934192985304306, share.high(), 1e-9);
    assertEquals(0.08272430812509929, Spread.ofShare(0, 30).high(), 1e-9);
    assertEquals(share, Spread.of(share.toJson()));
    assertTrue(Double.isNaN(Spread.ofShare(0, 0).value()));
  }

  private static List<Outcome> outcomes(double[] chances) {
    return IntStream.range(0, CAME.length)
        .mapToObj(i -> new Outcome(i, chances[i], chances[i] >= 0.5, CAME[i] == 1, true))
        .toList();
  }
}
