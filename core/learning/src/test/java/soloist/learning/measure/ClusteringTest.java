package soloist.learning.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import soloist.learning.data.Matrix;
import soloist.learning.measure.Clustering.Pairs;

class ClusteringTest {
  private static final Matrix FOUR =
      Matrix.of(
          new double[] {1, 2, 3},
          new double[] {2, 4, 5},
          new double[] {1, 3, 6},
          new double[] {2, 5, 7});
  private static final int[] ONE_AND_THREE = {0, 1, 1, 1};

  @Test
  void measuresATextbookExampleAsScikitLearnDoes() {
    Pairs pairs = Clustering.pairs(FOUR, ONE_AND_THREE, 2);

    assertEquals(0.3045076300618773, pairs.silhouette(), 1e-12);
    assertEquals(0, pairs.silhouettes()[0]);
    assertEquals(4.321428571428571, Clustering.calinskiHarabasz(FOUR, ONE_AND_THREE, 2), 1e-12);
    // The sum of squares about the mean is 14.75, of which 14/3 is left within the groups.
    assertEquals(1 - 14.0 / 3 / 14.75, Clustering.explained(FOUR, ONE_AND_THREE, 2), 1e-12);
  }

  @Test
  void tellsDistancesWithinAndBetweenGroups() {
    Matrix line =
        Matrix.of(new double[] {0}, new double[] {2}, new double[] {10}, new double[] {99});

    Pairs pairs = Clustering.pairs(line, new int[] {0, 0, 1, -1}, 2);

    assertEquals(2, pairs.within());
    assertEquals(9, pairs.between());
    assertArrayEquals(new double[] {0.8, 0.75, 0, Double.NaN}, pairs.silhouettes(), 1e-12);
    assertEquals(1.55 / 3, pairs.silhouette(), 1e-12);
  }

  @Test
  void saysHowFarTwoGroupingsAgreeBeyondChance() {
    int[] one = {0, 0, 1, 1, 2, 2};

    assertEquals(1, Clustering.agreement(one, new int[] {2, 2, 0, 0, 1, 1}));
    // Hubert and Arabie's index by hand: 1 pair together in both, 3 · 6 / 15 expected, (3 + 6) / 2
    // at most.
    assertEquals(
        (2 - 18 / 15.0) / (4.5 - 18 / 15.0),
        Clustering.agreement(one, new int[] {0, 0, 0, 1, 1, 1}),
        1e-12);
    assertEquals(1, Clustering.agreement(new int[] {0, 0}, new int[] {5, 5}));
  }

  @Test
  void chanceGivesNoAgreement() {
    var random = new Random(11);
    double mean = 0;
    for (int i = 0; i < 200; i++) {
      mean +=
          Clustering.agreement(random.ints(100, 0, 4).toArray(), random.ints(100, 0, 4).toArray())
              / 200;
    }

    assertEquals(0, mean, 0.01);
  }

  @Test
  void drawsRowsOnceAndInOrder() {
    int[] drawn = Clustering.draw(1_000, 300, new Random(3));

    assertEquals(300, Arrays.stream(drawn).distinct().count());
    assertArrayEquals(Arrays.stream(drawn).sorted().toArray(), drawn);
    assertTrue(drawn[299] < 1_000 && drawn[0] >= 0);
    assertEquals(5, Clustering.draw(5, 300, new Random(3)).length);
  }

  @Test
  void aDrawnPartMeasuresAboutWhatAllWould() {
    var random = new Random(2);
    double[] values = new double[4_000];
    int[] of = new int[2_000];
    for (int row = 0; row < of.length; row++) {
      of[row] = row % 2;
      values[2 * row] = 4 * of[row] + random.nextGaussian();
      values[2 * row + 1] = random.nextGaussian();
    }
    Matrix data = new Matrix(2_000, 2, values);

    Pairs all = Clustering.pairs(data, of, 2);
    Pairs part = Clustering.pairs(data, of, 2, 500, 1);

    assertEquals(all.silhouette(), part.silhouette(), 4 * part.error());
    assertEquals(500, part.silhouettes().length);
  }

  @Test
  void findsTheBendOfACurve() {
    assertEquals(2, Clustering.elbow(new double[] {100, 60, 20, 18, 16, 14}));
    assertEquals(0, Clustering.elbow(new double[] {5, 5, 5}));
    assertEquals(0, Clustering.elbow(new double[] {7}));
  }
}
