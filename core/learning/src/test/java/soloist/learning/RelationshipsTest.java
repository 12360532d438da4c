package soloist.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.learning.cluster.KMeans;
import soloist.learning.cluster.Portrait;
import soloist.learning.data.Matrix;
import soloist.learning.data.Scaling;

/**
 * The textbook recipe {@code manage_relationship(data, k)}: who is to be cared for how, by K-means
 * over what customers have bought. The right answers are those of scikit-learn 1.2.1.
 */
class RelationshipsTest {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

  /** What one customer has bought. */
  private static final class Bought {
    final Set<String> orders = new HashSet<>();
    double spent;
    long daysAgo = Long.MAX_VALUE;
  }

  @Test
  void customersAreGroupedByHowOftenHowMuchAndHowLately() throws IOException {
    Matrix raw = bought();
    Matrix scaled = Scaling.standard(raw).apply(raw);

    KMeans.Found found = KMeans.find(scaled, KMeans.Search.thorough(3, 42));

    assertEquals(41.54544539806389, found.inertia(), 1e-6);
    Portrait[] portraits = Portrait.of(raw, found.grouping());
    int[] byOrders =
        IntStream.range(0, 3)
            .boxed()
            .sorted(
                (one, other) -> Double.compare(orders(portraits, other), orders(portraits, one)))
            .mapToInt(Integer::intValue)
            .toArray();
    assertArrayEquals(
        new int[] {10, 20, 13}, IntStream.of(byOrders).map(i -> portraits[i].size()).toArray());
    assertArrayEquals(
        new double[] {3, 153.223, 121.1}, portraits[byOrders[0]].means(), 0.01, "who comes often");
    assertArrayEquals(
        new double[] {1.0769, 45.7554, 252.0769},
        portraits[byOrders[2]].means(),
        0.01,
        "whom to win back");
  }

  /** Nobody is nearer to the middle of another group, so another step would change nothing. */
  @Test
  void everyCustomerIsInTheGroupWhoseMiddleIsNearest() throws IOException {
    Matrix raw = bought();
    Matrix scaled = Scaling.standard(raw).apply(raw);

    KMeans.Found found = KMeans.find(scaled, KMeans.Search.thorough(3, 42));

    for (int row = 0; row < scaled.rows(); row++) {
      double[] one = scaled.row(row);
      int nearest = 0;
      for (int group = 1; group < 3; group++) {
        if (distance(found.centres().row(group), one)
            < distance(found.centres().row(nearest), one)) {
          nearest = group;
        }
      }
      assertEquals(nearest, found.grouping().of()[row], "customer " + row);
    }
    Portrait[] portraits = Portrait.of(scaled, found.grouping());
    for (int group = 0; group < 3; group++) {
      assertArrayEquals(portraits[group].means(), found.centres().row(group), 1e-9);
    }
  }

  private static double orders(Portrait[] portraits, int group) {
    return portraits[group].means()[0];
  }

  private static double distance(double[] one, double[] other) {
    return IntStream.range(0, one.length)
        .mapToDouble(i -> (one[i] - other[i]) * (one[i] - other[i]))
        .sum();
  }

  /** Orders, what they came to, and the days since the last, a row for each who has bought. */
  private static Matrix bought() throws IOException {
    Map<String, Bought> all = new TreeMap<>();
    for (Map<String, String> line : Samples.lines("orders.csv")) {
      Bought bought = all.computeIfAbsent(line.get("user_id"), _ -> new Bought());
      bought.orders.add(line.get("order_id"));
      bought.spent += Samples.number(line, "amount");
      LocalDate day = LocalDateTime.parse(line.get("purchase_time"), TIME).toLocalDate();
      bought.daysAgo = Math.min(bought.daysAgo, ChronoUnit.DAYS.between(day, TODAY));
    }
    List<double[]> rows = new ArrayList<>();
    all.values()
        .forEach(each -> rows.add(new double[] {each.orders.size(), each.spent, each.daysAgo}));
    return Matrix.of(rows.toArray(double[][]::new));
  }
}
