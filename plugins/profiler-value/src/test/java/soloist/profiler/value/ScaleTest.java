package soloist.profiler.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScaleTest {

  @Test
  void cutsDifferentValuesIntoFifths() {
    double[] values = new double[500];
    Arrays.setAll(values, i -> i);
    Scale scale = Scale.of(values, 5);

    int[] of = new int[6];
    for (double value : values) {
      of[scale.score(value)]++;
    }

    assertEquals("[0, 100, 100, 100, 100, 100]", Arrays.toString(of));
  }

  @Test
  void givesTheScoreOfItsDefinitionAndNeverLessToMore() {
    long seed = Long.getLong("soloist.seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      int n = 25 + random.nextInt(300);
      int different = 1 + random.nextInt(n);
      double[] values = random.ints(n, 0, different).asDoubleStream().toArray();
      Scale scale = Scale.of(values.clone(), 5);
      for (double value : values) {
        double below = Arrays.stream(values).filter(each -> each < value).count();
        double equal = Arrays.stream(values).filter(each -> each == value).count();

        double middle = 5 * (below + equal / 2) / n;
        assertEquals(1 + (int) (middle + 1e-9), scale.score(value), "seed " + seed);
        assertTrue(scale.score(value + 1) >= scale.score(value));
        assertTrue(scale.percentBelow(value) <= 100 * below / n, "seed " + seed);
        assertTrue(scale.percentBelow(value) > 100 * below / n - 1 - 100.0 / n, "seed " + seed);
      }
    }
  }
}
