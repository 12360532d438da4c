package soloist.learning.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import soloist.learning.cluster.KMeans.Found;
import soloist.learning.cluster.KMeans.Search;
import soloist.learning.data.Matrix;

class KMeansTest {

  @Test
  void theTextbookPartitionIsWhereItStaysButNotTheBest() {
    Matrix middles = Matrix.of(new double[] {1.5, 3, 4}, new double[] {1.5, 4, 6.5});

    Found stays = KMeans.from(Points.FOUR, middles, Search.thorough(2, 42));
    Found best = KMeans.find(Points.FOUR, Search.thorough(2, 42));

    assertArrayEquals(new int[] {0, 0, 1, 1}, stays.grouping().of());
    assertArrayEquals(middles.values(), stays.centres().values());
    assertEquals(7.5, stays.inertia(), 1e-12);
    assertEquals(14.0 / 3, best.inertia(), 1e-12);
    int alone = best.grouping().of()[0];
    assertArrayEquals(new int[] {alone, 1 - alone, 1 - alone, 1 - alone}, best.grouping().of());
  }

  @Test
  void goesStepByStepUntilNothingChanges() {
    Matrix line = Matrix.of(new double[] {0}, new double[] {1}, new double[] {5}, new double[] {9});
    Matrix start = Matrix.of(new double[] {0}, new double[] {1});

    // {0} {1 5 9} with middles 0 and 5, then {0 1} {5 9} with middles 0.5 and 7, then the same.
    Found one = KMeans.from(line, start, limited(1));
    Found two = KMeans.from(line, start, limited(2));
    Found all = KMeans.from(line, start, Search.thorough(2, 1));

    assertArrayEquals(new double[] {0.5, 7}, one.centres().values());
    assertArrayEquals(new double[] {0.5, 7}, two.centres().values());
    assertArrayEquals(new int[] {0, 0, 1, 1}, all.grouping().of());
    assertEquals(8.5, all.inertia(), 1e-12);
    assertEquals(2, all.iterations());
  }

  @Test
  void reachesWhatLloydReachesWithoutBounds() {
    long seed = Points.seed();
    var random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      int rows = 20 + random.nextInt(400);
      int groups = 1 + random.nextInt(8);
      Matrix data = Points.random(rows, 1 + random.nextInt(5), random);
      Matrix start = data.rows(random.ints(groups, 0, rows).distinct().limit(groups).toArray());
      Search search = new Search(start.rows(), 1, 1_000, 0, 0, 1 + random.nextInt(3), () -> true);

      Found found = KMeans.from(data, start, search);

      Plain plain = Plain.of(data, start);
      assertArrayEquals(plain.of(), found.grouping().of(), "seed " + seed);
      assertEquals(plain.inertia(), found.inertia(), 1e-9 * plain.inertia(), "seed " + seed);
    }
  }

  @Test
  void findsTheSameOnAnyNumberOfThreads() {
    Matrix data = Points.random(20_000, 3, new Random(7));

    Found one = KMeans.find(data, new Search(6, 1, 20, 0, 42, 1, () -> true));
    Found four = KMeans.find(data, new Search(6, 1, 20, 0, 42, 4, () -> true));

    assertArrayEquals(one.centres().values(), four.centres().values());
    assertArrayEquals(one.grouping().of(), four.grouping().of());
    assertEquals(one.inertia(), four.inertia());
  }

  @Test
  void givesACentreThatLostItsRowsAnotherPlace() {
    Matrix data =
        Points.heaps(90, 0.1, 3, new double[] {0, 0}, new double[] {5, 0}, new double[] {0, 5});
    Matrix start = Matrix.of(new double[] {1, 1}, new double[] {900, 900}, new double[] {901, 901});

    Found found = KMeans.from(data, start, Search.thorough(3, 1));

    assertArrayEquals(new int[] {30, 30, 30}, found.grouping().sizes());
  }

  @Test
  void copesWithRowsThatAreAllTheSame() {
    Matrix same = new Matrix(50, 2, new double[100]);

    Found found = KMeans.find(same, Search.thorough(3, 1));

    assertEquals(0, found.inertia());
    assertEquals(50, found.grouping().of().length);
  }

  @Test
  void endsEarlyWhenItShallNotGoOn() {
    Matrix data = Points.random(5_000, 4, new Random(1));

    Found found = KMeans.find(data, new Search(8, 10, 300, 0, 1, 1, () -> false));

    assertEquals(1, found.iterations());
    assertTrue(found.inertia() > 0);
  }

  @Test
  void refusesMoreGroupsThanRows() {
    assertThrows(
        IllegalArgumentException.class, () -> KMeans.find(Points.FOUR, Search.thorough(5, 1)));
  }

  private static Search limited(int iterations) {
    return new Search(2, 1, iterations, 0, 0, 1, () -> true);
  }

  /** Lloyd's iterations as they are written in books. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Plain(int[] of, double inertia) {
    static Plain of(Matrix data, Matrix start) {
      double[][] centres = new double[start.rows()][];
      for (int group = 0; group < centres.length; group++) {
        centres[group] = start.row(group);
      }
      int[] of = new int[data.rows()];
      boolean isChanged = true;
      double inertia = 0;
      for (int step = 0; isChanged; step++) {
        isChanged = step == 0;
        inertia = 0;
        for (int row = 0; row < of.length; row++) {
          double least = Double.POSITIVE_INFINITY;
          int nearest = 0;
          for (int group = 0; group < centres.length; group++) {
            double squared = Distance.squared(data.row(row), 0, centres[group], 0, data.columns());
            if (squared < least) {
              least = squared;
              nearest = group;
            }
          }
          isChanged |= of[row] != nearest;
          of[row] = nearest;
          inertia += least;
        }
        for (int group = 0; group < centres.length; group++) {
          double[] sum = new double[data.columns()];
          int size = 0;
          for (int row = 0; row < of.length; row++) {
            if (of[row] == group) {
              size++;
              for (int column = 0; column < sum.length; column++) {
                sum[column] += data.at(row, column);
              }
            }
          }
          for (int column = 0; column < sum.length && size > 0; column++) {
            centres[group][column] = sum[column] / size;
          }
        }
      }
      return new Plain(of, inertia);
    }
  }
}
