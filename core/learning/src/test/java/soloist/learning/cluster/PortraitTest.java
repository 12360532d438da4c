package soloist.learning.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import soloist.learning.data.Matrix;

class PortraitTest {

  @Test
  void saysHowFarAGroupIsFromAllInStandardDeviations() {
    Matrix data =
        Matrix.of(
            new double[] {1, 5, 0},
            new double[] {3, 5, 1},
            new double[] {5, 5, 0},
            new double[] {7, 5, 1});

    Portrait[] portraits = Portrait.of(data, new Grouping(2, new int[] {0, 0, 1, Grouping.NONE}));

    assertEquals(2, portraits[0].size());
    assertArrayEquals(new double[] {2, 5, 0.5}, portraits[0].means());
    assertArrayEquals(new double[] {-2 / Math.sqrt(5), 0, 0}, portraits[0].differences(), 1e-12);
    assertArrayEquals(new int[] {0}, portraits[0].marked(3));
    assertArrayEquals(new int[] {2}, portraits[1].marked(3));
  }
}
