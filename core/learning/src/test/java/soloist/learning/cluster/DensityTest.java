package soloist.learning.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.learning.data.Matrix;

class DensityTest {

  @Test
  void findsARingAroundAHeapWhichKMeansCuts() {
    Matrix ring = Points.ring(400, 1);

    Grouping grouping = Density.find(ring, 0.9, 5).grouping();

    assertEquals(2, grouping.groups());
    assertEquals(0, grouping.left());
    for (int row = 0; row < 400; row++) {
      assertEquals(row % 2, grouping.of()[row]);
    }
  }

  @Test
  void leavesOutWhoIsFarFromAll() {
    Matrix data =
        Matrix.of(
            new double[] {0},
            new double[] {1},
            new double[] {2},
            new double[] {50},
            new double[] {3.5});

    // 0, 1 and 2 are near enough to each other; 3.5 is near to 2, but 2 has only two neighbours.
    Density.Found found = Density.find(data, 1, 3);

    assertArrayEquals(new int[] {0, 0, 0, -1, -1}, found.grouping().of());
    assertArrayEquals(new boolean[] {false, true, false, false, false}, found.isDense());
    assertEquals(2, found.grouping().left());
  }

  @Test
  void holdsToItsDefinition() {
    long seed = Points.seed();
    var random = new Random(seed);
    for (int i = 0; i < 30; i++) {
      Matrix data = Points.random(5 + random.nextInt(150), 1 + random.nextInt(3), random);
      double reach = 0.02 + 0.2 * random.nextDouble();
      int enough = 2 + random.nextInt(6);

      Density.Found found = Density.find(data, reach, enough);

      int[] of = found.grouping().of();
      for (int row = 0; row < data.rows(); row++) {
        int at = row;
        int[] near =
            IntStream.range(0, data.rows())
                .filter(other -> Distance.between(data, at, other) <= reach)
                .toArray();
        assertEquals(near.length >= enough, found.isDense()[row], "seed " + seed);
        int[] dense = IntStream.of(near).filter(other -> found.isDense()[other]).toArray();
        assertEquals(dense.length == 0, of[row] == Grouping.NONE, "seed " + seed);
        if (found.isDense()[row]) {
          assertTrue(IntStream.of(dense).allMatch(other -> of[other] == of[at]), "seed " + seed);
        } else if (dense.length > 0) {
          assertTrue(IntStream.of(dense).anyMatch(other -> of[other] == of[at]), "seed " + seed);
        }
      }
      assertEquals(found.grouping().groups(), components(data, found, reach), "seed " + seed);
    }
  }

  @Test
  void aTreeFindsWhatLookingAtAllRowsFinds() {
    long seed = Points.seed();
    var random = new Random(seed);
    for (int i = 0; i < 30; i++) {
      Matrix data = Points.random(1 + random.nextInt(500), 1 + random.nextInt(5), random);
      for (int cell = 0; cell < data.values().length; cell += 2) {
        data.values()[cell] = Math.round(4 * data.values()[cell]) / 4.0; // many are equal
      }
      var tree = new KdTree(data);
      double[] point = random.doubles(data.columns()).toArray();
      double reach = random.nextDouble();

      var within = new TreeSet<Integer>();
      tree.within(point, reach, row -> assertTrue(within.add(row)));
      int nearest = tree.nearest(point);

      double least = squared(data, nearest, point);
      for (int row = 0; row < data.rows(); row++) {
        double squared = squared(data, row, point);
        assertEquals(squared <= reach * reach, within.contains(row), "seed " + seed);
        assertFalse(squared < least, "seed " + seed);
      }
    }
  }

  private static double squared(Matrix data, int row, double[] point) {
    return Distance.squared(data.row(row), 0, point, 0, point.length);
  }

  /** How many parts the dense rows fall into, by joining neighbours. */
  private static int components(Matrix data, Density.Found found, double reach) {
    int[] dense = IntStream.range(0, data.rows()).filter(row -> found.isDense()[row]).toArray();
    if (dense.length == 0) {
      return 0;
    }
    Dendrogram tree = Agglomeration.join(data.rows(dense), Linkage.SINGLE);
    return tree.cutAt(reach).groups();
  }
}
