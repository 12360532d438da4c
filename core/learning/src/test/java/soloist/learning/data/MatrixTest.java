package soloist.learning.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MatrixTest {
  private static final Matrix MATRIX =
      Matrix.of(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});

  @Test
  void givesCellsRowsAndColumns() {
    assertEquals(4, MATRIX.at(1, 1));
    assertArrayEquals(new double[] {5, 6}, MATRIX.row(2));
    assertArrayEquals(new double[] {2, 4, 6}, MATRIX.column(1));
  }

  @Test
  void choosesRowsInAnyOrderAndTwice() {
    assertArrayEquals(new double[] {5, 6, 1, 2, 5, 6}, MATRIX.rows(new int[] {2, 0, 2}).values());
  }

  @Test
  void refusesWhatIsNoRectangle() {
    assertThrows(IllegalArgumentException.class, () -> new Matrix(2, 2, new double[3]));
    assertThrows(
        IllegalArgumentException.class, () -> Matrix.of(new double[] {1}, new double[] {1, 2}));
  }
}
