package soloist.learning.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.learning.Shared;
import soloist.learning.data.Matrix;
import soloist.learning.data.PrincipalComponents;
import soloist.learning.data.Scaling;

/** 200 visitors of a mall, against scikit-learn 1.2.1. */
class MallTest {

  @Test
  void linearRegressionIsScikitLearns() {
    Matrix rows = read();

    LinearRegression learnt =
        LinearRegression.fit(
            Matrix.of(
                IntStream.range(0, 200)
                    .mapToObj(row -> new double[] {rows.at(row, 0), rows.at(row, 1)})
                    .toArray(double[][]::new)),
            rows.column(2));

    assertEquals(73.34785222186397, learnt.offset(), 1e-9);
    assertEquals(-0.6047872579, learnt.weights().get(0), 1e-9);
    assertEquals(0.0057485592, learnt.weights().get(1), 1e-9);
    assertEquals(0.10711158828485168, learnt.explained(), 1e-12);
    assertTrue(learnt.weight(0, 0.95).high() < 0 && learnt.weight(1, 0.95).holds(0));
  }

  @Test
  void componentsAreScikitLearns() {
    Matrix rows = read();

    PrincipalComponents found = PrincipalComponents.of(Scaling.standard(rows).apply(rows));

    assertArrayEquals(new double[] {1.33465831, 1.00427272, 0.67614435}, found.variances(), 1e-7);
    for (int i = 0; i < 3; i++) {
      assertEquals(
          List.of(0.70638235, 0.04802398, 0.70619946).get(i),
          Math.abs(found.directions().at(0, i)),
          1e-7);
    }
  }

  private static Matrix read() {
    return Matrix.of(
        Shared.lines("Mall_Customers.csv", ",").stream()
            .skip(1)
            .map(cells -> cells.subList(2, 5).stream().mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new));
  }
}
