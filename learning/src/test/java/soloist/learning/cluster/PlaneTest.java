package soloist.learning.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import soloist.learning.data.Matrix;

class PlaneTest {

  @Test
  void turnsToWhereRowsDifferMost() {
    Matrix data =
        Matrix.of(
            new double[] {1, 1},
            new double[] {-1, -1},
            new double[] {0.5, -0.5},
            new double[] {-0.5, 0.5});

    Plane plane = Plane.of(data);

    double half = Math.sqrt(0.5);
    assertArrayEquals(new double[] {half, half}, plane.axes()[0], 1e-9);
    assertArrayEquals(new double[] {half, -half}, plane.axes()[1], 1e-9);
    assertArrayEquals(new double[] {0.8, 0.2}, plane.shares(), 1e-9);
    assertEquals(Math.sqrt(2), plane.at(data, 0, 0), 1e-9);
    assertEquals(0, plane.at(data, 0, 1), 1e-9);
  }

  @Test
  void copesWithOneColumnAndWithEqualRows() {
    assertEquals(1, Plane.of(Matrix.of(new double[] {1}, new double[] {2})).shares()[0], 1e-12);
    assertEquals(0, Plane.of(Matrix.of(new double[] {1, 1}, new double[] {1, 1})).shares()[0]);
  }
}
