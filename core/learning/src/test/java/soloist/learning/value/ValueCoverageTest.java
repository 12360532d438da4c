package soloist.learning.value;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.learning.Shared;
import soloist.learning.measure.Interval;

/**
 * Whether stated intervals hold what they should as often as they say, for few customers and many.
 */
class ValueCoverageTest {
  private static final int ROUNDS = 200;
  private static final double CONFIDENCE = 0.8;
  private static final int WEEKS = 39;

  @ParameterizedTest
  @ValueSource(ints = {30, 100, 300, 1000})
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "800 models are learnt with -Dsoloist.slow=true")
  void intervalsHoldTheTruthAsOftenAsTheySay(int customers) {
    List<Buying> all = CdnowTest.orders("19970930");
    int[] later = later();
    BgNbd truth = Orders.mostLikely(all).best();
    GammaGamma amounts = Amounts.mostLikely(all).best();
    double[] expected = all.stream().mapToDouble(each -> truth.expected(WEEKS, each)).toArray();
    double[] spent =
        IntStream.range(0, expected.length)
            .mapToDouble(i -> expected[i] * amounts.expected(all.get(i)))
            .toArray();
    int ofOrders = 0;
    int ofSpending = 0;
    int ofWhatCame = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(round);
      int[] drawn = random.ints(customers, 0, all.size()).toArray();
      List<Buying> few = IntStream.of(drawn).mapToObj(all::get).toList();
      Orders learnt = Orders.shrunk(few);
      List<BgNbd> models = learnt.draws(100, random);
      List<GammaGamma> others = Amounts.shrunk(few).draws(100, random);
      double[] orders = new double[models.size()];
      double[] spending = new double[models.size()];
      for (int i = 0; i < orders.length; i++) {
        for (Buying buying : few) {
          double one = models.get(i).expected(WEEKS, buying);
          orders[i] += one;
          spending[i] += one * others.get(i).expected(buying);
        }
      }
      ofOrders += holds(orders, IntStream.of(drawn).mapToDouble(i -> expected[i]).sum());
      ofSpending += holds(spending, IntStream.of(drawn).mapToDouble(i -> spent[i]).sum());
      double[] played = new Future(models, random).orders(WEEKS, few);
      ofWhatCame += holds(played, IntStream.of(drawn).mapToDouble(i -> later[i]).sum());
    }
    System.out.printf(
        "%d customers of CDNOW, 80 %% intervals hold: expected orders %.3f, expected spending %.3f,"
            + " orders that came %.3f%n",
        customers,
        (double) ofOrders / ROUNDS,
        (double) ofSpending / ROUNDS,
        (double) ofWhatCame / ROUNDS);
    assertTrue(ofOrders >= 0.7 * ROUNDS, ofOrders + " of " + ROUNDS);
    assertTrue(ofSpending >= 0.7 * ROUNDS, ofSpending + " of " + ROUNDS);
  }

  private static int holds(double[] draws, double truth) {
    return Interval.of(draws, CONFIDENCE).holds(truth) ? 1 : 0;
  }

  /** Days with orders in the 39 weeks after those that are learnt from, by customer. */
  private static int[] later() {
    Map<String, Set<String>> days = new HashMap<>();
    Set<String> customers = new TreeSet<>();
    for (List<String> cells : Shared.lines("CDNOW_sample.txt", "\\s+")) {
      customers.add(cells.get(1));
      if (cells.get(2).compareTo("19970930") > 0) {
        days.computeIfAbsent(cells.get(1), _ -> new HashSet<>()).add(cells.get(2));
      }
    }
    return customers.stream().mapToInt(each -> days.getOrDefault(each, Set.of()).size()).toArray();
  }
}
