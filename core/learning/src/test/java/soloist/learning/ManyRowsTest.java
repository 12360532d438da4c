package soloist.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.learning.basket.Baskets;
import soloist.learning.basket.ItemSet;
import soloist.learning.basket.Mining;
import soloist.learning.cluster.KMeans;
import soloist.learning.data.Matrix;

/** How long and how much memory the algorithms take; the virtual machine of the tests has 1 GB. */
@EnabledIfSystemProperty(
    named = "soloist.slow",
    matches = "true",
    disabledReason = "a million rows are grouped with -Dsoloist.slow=true")
class ManyRowsTest {

  @ParameterizedTest
  @CsvSource({"8, 5", "20, 8"})
  void aMillionRowsAreGroupedWithinAGigabyte(int columns, int groups) {
    Matrix data = heaps(1_000_000, columns, groups, new Random(1));

    KMeans.Found found =
        timed(
            columns + " columns, " + groups + " groups",
            () -> KMeans.find(data, new KMeans.Search(groups, 1, 50, 0, 42, 2, () -> true)));

    System.out.println(found.iterations() + " iterations, inertia " + found.inertia());
    assertTrue(found.inertia() < 1.2e6 * columns, "heaps of width 1 were not found");
  }

  @Test
  void aHundredThousandBasketsAreMinedTheSameByAll() {
    Baskets baskets = baskets(100_000, 1_000, new Random(1));

    List<ItemSet> sets =
        timed("FP-growth", () -> Mining.FP_GROWTH.mine(baskets, 200, 9, 1_000_000));

    System.out.println(sets.size() + " sets");
    assertEquals(sets, timed("Eclat", () -> Mining.ECLAT.mine(baskets, 200, 9, 1_000_000)));
    assertEquals(sets, timed("Apriori", () -> Mining.APRIORI.mine(baskets, 200, 9, 1_000_000)));
  }

  private static Matrix heaps(int rows, int columns, int groups, Random random) {
    double[][] middles = new double[groups][];
    for (int group = 0; group < groups; group++) {
      middles[group] = random.doubles(columns, 0, 6).toArray();
    }
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = middles[i / columns % groups][i % columns] + random.nextGaussian();
    }
    return new Matrix(rows, columns, values);
  }

  /** Some items are bought far more often than others, and some often together. */
  private static Baskets baskets(int count, int items, Random random) {
    List<int[]> baskets = new ArrayList<>();
    for (int basket = 0; basket < count; basket++) {
      int size = 3 + random.nextInt(14);
      baskets.add(
          IntStream.range(0, size)
              .map(_ -> (int) (items * Math.pow(random.nextDouble(), 3)))
              .flatMap(item -> IntStream.of(item, (item * 7 + random.nextInt(3)) % items))
              .toArray());
    }
    return Baskets.of(IntStream.range(0, items).mapToObj(i -> "i" + i).toList(), baskets);
  }

  private static <T> T timed(String what, Supplier<T> work) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long start = System.nanoTime();
    long cpu = system.getProcessCpuTime();
    T result = work.get();
    System.out.printf(
        "%s: %.2f s, %.2f s of processors%n",
        what, (System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
    return result;
  }
}
