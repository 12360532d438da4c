package soloist.learning.basket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A month of a real shop (Hahsler, Hornik, Reutterer 2006), where its file lies beside the
 * repository or where {@code -Dsoloist.data} says. What is expected was published for the R package
 * arules.
 */
class GroceriesTest {
  private static final Path FILE =
      Path.of(System.getProperty("soloist.data", "../../../shared/data"), "groceries.csv");
  private static Baskets baskets = Baskets.of(List.of());

  @BeforeAll
  static void read() throws IOException {
    assumeTrue(Files.exists(FILE), "the groceries are not there: " + FILE);
    baskets =
        Baskets.of(
            Files.readAllLines(FILE).stream()
                .map(
                    line ->
                        Arrays.stream(line.split(",", -1)).filter(name -> !name.isBlank()).toList())
                .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "APRIORI, 0.01, '{1=88, 2=213, 3=32}'",
    "FP_GROWTH, 0.01, '{1=88, 2=213, 3=32}'",
    "ECLAT, 0.01, '{1=88, 2=213, 3=32}'",
    "APRIORI, 0.006, '{1=109, 2=478, 3=156, 4=4}'",
    "FP_GROWTH, 0.006, '{1=109, 2=478, 3=156, 4=4}'",
    "ECLAT, 0.006, '{1=109, 2=478, 3=156, 4=4}'",
    "APRIORI, 0.001, '{1=157, 2=2981, 3=6831, 4=3137, 5=376, 6=10}'",
    "FP_GROWTH, 0.001, '{1=157, 2=2981, 3=6831, 4=3137, 5=376, 6=10}'",
    "ECLAT, 0.001, '{1=157, 2=2981, 3=6831, 4=3137, 5=376, 6=10}'"
  })
  void holdTheKnownNumberOfSets(Mining mining, double support, String known) {
    Map<Integer, Integer> bySize = new TreeMap<>();
    for (ItemSet set : sets(mining, support)) {
      bySize.merge(set.items().length, 1, Integer::sum);
    }

    assertEquals(known, bySize.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 0.5, 15",
    "0.01, 0.25, 170",
    "0.006, 0.25, 463",
    "0.001, 0.5, 5668",
    "0.001, 0.8, 410"
  })
  void holdTheKnownNumberOfRules(double support, double confidence, int known) {
    List<ItemSet> sets = sets(Mining.FP_GROWTH, support);

    assertEquals(known, Rules.of(sets, baskets.count(), confidence).size());
  }

  @Test
  void holdTheKnownBestRule() {
    List<Rule> rules = Rules.of(sets(Mining.ECLAT, 0.006), baskets.count(), 0.25);

    Rule best = rules.getFirst();

    assertEquals("herbs", baskets.names().get(best.from()[0]));
    assertEquals("root vegetables", baskets.names().get(best.to()));
    assertEquals(69, best.both());
    assertEquals(0.43125, best.confidence(), 1e-12);
    assertEquals(3.9564774, best.lift(), 1e-7);
  }

  private static List<ItemSet> sets(Mining mining, double support) {
    int least = (int) Math.ceil(support * baskets.count() - 1e-9);
    return mining.mine(baskets, least, 10, 1_000_000);
  }
}
