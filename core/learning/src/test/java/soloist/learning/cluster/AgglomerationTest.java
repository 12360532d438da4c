package soloist.learning.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import soloist.learning.data.Matrix;

class AgglomerationTest {
  private static final Matrix LINE =
      Matrix.of(
          new double[] {0},
          new double[] {1},
          new double[] {4},
          new double[] {6},
          new double[] {20});

  @Test
  void joinsALineByHand() {
    Dendrogram tree = Agglomeration.join(LINE, Linkage.SINGLE);

    assertArrayEquals(new double[] {1, 2, 3, 14}, tree.heights());
    assertArrayEquals(new int[] {0, 2, 5, 4}, tree.left());
    assertArrayEquals(new int[] {1, 3, 6, 7}, tree.right());
    assertArrayEquals(new int[] {0, 0, 1, 1, 2}, tree.cut(3).of());
    assertArrayEquals(new int[] {0, 0, 0, 0, 1}, tree.cutAt(3).of());
    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, tree.cutAt(0.5).of());
    assertEquals(14.0 / 3, tree.gap(2), 1e-12);
  }

  @Test
  void givesWardsHeightsByHand() {
    Matrix line = Matrix.of(new double[] {0}, new double[] {2}, new double[] {10});

    // The root of twice the growth of the sum of squares: 2 · 54 = 108 when 10 joins {0, 2}.
    assertArrayEquals(
        new double[] {2, Math.sqrt(108)}, Agglomeration.join(line, Linkage.WARD).heights(), 1e-12);
  }

  @ParameterizedTest
  @EnumSource(Linkage.class)
  void joinsWhatLookingForTheNearestPairEachTimeJoins(Linkage linkage) {
    long seed = Points.seed();
    var random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      Matrix data = Points.random(2 + random.nextInt(28), 1 + random.nextInt(4), random);

      Dendrogram tree = Agglomeration.join(data, linkage);

      List<Double> heights = new ArrayList<>();
      List<List<Integer>> groups = plainly(data, linkage, 1, heights);
      assertEquals(1, groups.size());
      assertArrayEquals(
          heights.stream().mapToDouble(Double::doubleValue).toArray(),
          tree.heights(),
          1e-9,
          "seed " + seed);
      int cut = 1 + random.nextInt(data.rows());
      Grouping grouping = tree.cut(cut);
      for (List<Integer> group : plainly(data, linkage, cut, new ArrayList<>())) {
        assertEquals(
            1, group.stream().map(row -> grouping.of()[row]).distinct().count(), "seed " + seed);
      }
    }
  }

  @Test
  void showsOnlyTheLastJoins() {
    Matrix data = Points.random(200, 2, new Random(5));
    Dendrogram tree = Agglomeration.join(data, Linkage.AVERAGE);

    Dendrogram top = tree.top(12);

    assertEquals(12, top.leaves());
    assertArrayEquals(tree.cut(12).of(), top.leafOf());
    for (int groups = 1; groups <= 12; groups++) {
      assertArrayEquals(tree.cut(groups).of(), top.cut(groups).of());
    }
  }

  @Test
  void refusesMoreRowsThanFit() {
    Matrix many = new Matrix(Agglomeration.MOST_ROWS + 1, 0, new double[0]);

    assertThrows(IllegalArgumentException.class, () -> Agglomeration.join(many, Linkage.WARD));
  }

  /** The groups that are left when the nearest two were joined again and again. */
  private static List<List<Integer>> plainly(
      Matrix data, Linkage linkage, int until, List<Double> heights) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int row = 0; row < data.rows(); row++) {
      groups.add(List.of(row));
    }
    while (groups.size() > until) {
      double least = Double.POSITIVE_INFINITY;
      int one = 0;
      int other = 1;
      for (int i = 0; i < groups.size(); i++) {
        for (int j = i + 1; j < groups.size(); j++) {
          double distance = distance(data, linkage, groups.get(i), groups.get(j));
          if (distance < least) {
            least = distance;
            one = i;
            other = j;
          }
        }
      }
      heights.add(least);
      List<Integer> joined =
          Stream.concat(groups.get(one).stream(), groups.get(other).stream()).toList();
      groups.remove(other);
      groups.set(one, joined);
    }
    return groups;
  }

  /** By the definition of each linkage, not by a recurrence. */
  private static double distance(
      Matrix data, Linkage linkage, List<Integer> one, List<Integer> other) {
    double[] all =
        one.stream()
            .flatMap(row -> other.stream().map(next -> Distance.between(data, row, next)))
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    return switch (linkage) {
      case SINGLE -> all[0];
      case COMPLETE -> all[all.length - 1];
      case AVERAGE -> Arrays.stream(all).average().orElse(0);
      case WARD -> {
        double squared =
            Distance.squared(middle(data, one), 0, middle(data, other), 0, data.columns());
        double sizes = 2.0 * one.size() * other.size() / (one.size() + other.size());
        yield Math.sqrt(sizes * squared);
      }
    };
  }

  private static double[] middle(Matrix data, List<Integer> rows) {
    double[] middle = new double[data.columns()];
    for (int row : rows) {
      for (int column = 0; column < middle.length; column++) {
        middle[column] += data.at(row, column) / rows.size();
      }
    }
    return middle;
  }
}
