package soloist.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import soloist.Seed;

class EstimateTest {

  @Test
  void everybodySeenIsExact() {
    Estimate all = Estimate.from(30, 100, 100);

    assertTrue(all.isExact());
    assertEquals(new Estimate(30, 30, 30, 100, 100), all);
  }

  @Test
  void nobodyFoundIsNotNobodyThere() {
    Estimate none = Estimate.from(0, 1_000, 100_000);

    assertEquals(0, none.value());
    assertEquals(0, none.low());
    assertTrue(none.high() > 100 && none.high() < 1_000, none.toString());
  }

  @Test
  void whatWasSeenBoundsTheInterval() {
    Estimate few = Estimate.from(98, 99, 100);

    assertTrue(few.low() >= 98 && few.high() <= 99, few.toString());
  }

  /** In 95 of 100 cases; with 4,000 tries the share found is within 2 of that nearly always. */
  @Test
  void theIntervalHoldsTheTruthAsOftenAsItSays() {
    Random random = Seed.random("estimate");
    int people = 3_000;
    int tries = 4_000;
    int held = 0;
    for (int i = 0; i < tries; i++) {
      int truth = 1 + random.nextInt(people);
      int seen = 50 + random.nextInt(people / 2);
      int hits = 0;
      int left = truth;
      for (int asked = 0; asked < seen; asked++) {
        if (random.nextInt(people - asked) < left) {
          hits++;
          left--;
        }
      }
      Estimate estimate = Estimate.from(hits, seen, people);
      held += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
    }

    double share = (double) held / tries;
    assertTrue(share > 0.93 && share < 0.985, "the truth was inside in " + share);
  }
}
