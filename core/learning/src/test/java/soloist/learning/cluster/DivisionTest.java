package soloist.learning.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import soloist.learning.data.Matrix;

class DivisionTest {

  @Test
  void splitsTheWidestGroupEachTime() {
    Matrix line =
        Matrix.of(
            new double[] {0},
            new double[] {1},
            new double[] {4},
            new double[] {6},
            new double[] {20});

    Dendrogram tree = Division.split(line, 5);

    // All are 20 wide; 20 breaks away. {0 1 4 6} is 6 wide; 0 breaks away and 1 follows.
    assertArrayEquals(new double[] {1, 2, 6, 20}, tree.heights());
    assertArrayEquals(new int[] {0, 0, 0, 0, 1}, tree.cut(2).of());
    assertArrayEquals(new int[] {0, 0, 1, 1, 2}, tree.cut(3).of());
    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, tree.cut(5).of());
  }

  @Test
  void findsHeapsThatLieApart() {
    Matrix heaps =
        Points.heaps(90, 0.3, 4, new double[] {0, 0}, new double[] {8, 0}, new double[] {0, 8});

    Grouping grouping = Division.split(heaps, 3).cut(3);

    assertArrayEquals(new int[] {30, 30, 30}, grouping.sizes());
    for (int row = 0; row < 90; row++) {
      assertEquals(grouping.of()[row % 3], grouping.of()[row]);
    }
  }

  @Test
  void neverHasAPartWiderThanTheWhole() {
    Dendrogram tree = Division.split(Points.random(120, 3, new Random(Points.seed())), 40);

    for (int join = 1; join < tree.heights().length; join++) {
      assertTrue(tree.heights()[join] >= tree.heights()[join - 1]);
    }
  }

  @Test
  void stopsWhereAllAreTheSame() {
    Matrix two = Matrix.of(new double[] {1}, new double[] {1}, new double[] {2}, new double[] {2});

    assertEquals(2, Division.split(two, 4).leaves());
  }
}
