package soloist.learning.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import soloist.learning.cluster.Advice.Method;
import soloist.learning.cluster.Advice.Reason;
import soloist.learning.data.Matrix;

class AdviserTest {

  @Test
  void takesKMeansForEvenHeaps() {
    Matrix heaps =
        Points.heaps(
            300,
            0.9,
            1,
            new double[] {0, 0},
            new double[] {6, 0},
            new double[] {0, 6},
            new double[] {6, 6});

    Advice advice = advice(heaps);

    assertEquals(Method.K_MEANS, advice.method());
    assertEquals(Reason.EVEN, advice.reason());
    assertEquals(4, advice.groups());
  }

  @Test
  void takesJoiningForGroupsWithinGroups() {
    double[][] middles = new double[9][];
    for (int i = 0; i < 9; i++) {
      middles[i] = new double[] {i / 3 * 60 + i % 3 * 6, i / 3 % 2 * 60 + i % 3 % 2 * 6};
    }

    Advice advice = advice(Points.heaps(270, 0.5, 2, middles));

    assertEquals(Reason.LAYERED, advice.reason());
    assertEquals(Method.HIERARCHICAL, advice.method());
    assertEquals(9, advice.groups());
  }

  @Test
  void takesDensityForGroupsWithoutAMiddle() {
    Advice advice = advice(Points.ring(400, 3));

    assertEquals(Reason.UNEVEN, advice.reason());
    assertEquals(Method.DENSITY, advice.method());
    assertEquals(2, advice.groups());
    Grouping grouping =
        Density.find(Points.ring(400, 3), advice.reach(), advice.enough()).grouping();
    assertEquals(2, grouping.groups());
  }

  @Test
  void showsAllThatItTried() {
    Matrix heaps = Points.heaps(100, 0.5, 5, new double[] {0, 0}, new double[] {9, 9});

    Advice advice = Adviser.advise(heaps, 4, 1, () -> true);

    assertEquals(
        3, advice.tried().stream().filter(each -> each.method() == Method.K_MEANS).count());
    assertEquals(
        3, advice.tried().stream().filter(each -> each.method() == Method.HIERARCHICAL).count());
    assertEquals(4, advice.inertia().length);
    for (int groups = 1; groups < 4; groups++) {
      assertTrue(advice.inertia()[groups] < advice.inertia()[groups - 1]);
    }
  }

  private static Advice advice(Matrix data) {
    return Adviser.advise(data, 10, 42, () -> true);
  }
}
