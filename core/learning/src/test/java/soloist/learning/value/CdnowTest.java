package soloist.learning.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import soloist.learning.Shared;

/**
 * The customers of CDNOW that the papers took, against what the papers and an optimiser of another
 * make (SciPy 1.10.1) found.
 */
class CdnowTest {

  @Test
  void findsTheParametersOfThePaper() {
    Orders orders = Orders.mostLikely(summary());

    BgNbd best = orders.best();
    assertEquals(-9582.42556, orders.logLikelihood(), 1e-4);
    assertEquals(0.242593, best.r(), 1e-4);
    assertEquals(4.413532, best.alpha(), 2e-3);
    assertEquals(0.792886, best.a(), 1e-3);
    assertEquals(2.425754, best.b(), 4e-3);
    assertEquals(
        1653.423, summary().stream().mapToDouble(buying -> best.expected(39, buying)).sum(), 0.2);
    Buying example = new Buying(2, 30.43, 38.86, 22.35);
    assertEquals(1.22591, best.expected(39, example), 1e-4);
    assertEquals(0.726609, best.alive(example), 1e-4);
  }

  @Test
  void findsTheAmountsOfThePaper() {
    Amounts amounts = Amounts.mostLikely(summary());

    GammaGamma best = amounts.best();
    assertEquals(-4055.923244, amounts.logLikelihood(), 1e-4);
    assertEquals(6.2488, best.p(), 5e-3);
    assertEquals(3.7446, best.q(), 2e-3);
    assertEquals(15.4477, best.v(), 2e-2);
    assertEquals(24.658616, best.expected(new Buying(2, 30.43, 38.86, 22.35)), 2e-3);
    assertEquals(35.171, best.mean(), 2e-2);
  }

  @Test
  void sumsOrdersUpAsThePapersDo() {
    List<Buying> customers = orders("19970930");

    assertEquals(2357, customers.size());
    assertEquals(2457, customers.stream().mapToInt(Buying::repeats).sum());
    assertEquals(946, customers.stream().filter(buying -> buying.repeats() > 0).count());
  }

  /** As the authors summed them up: x, t_x, T and the mean amount. */
  static List<Buying> summary() {
    return Shared.lines("cdnow_customers_summary_with_transactions.csv", ",").stream()
        .skip(1)
        .map(
            cells ->
                new Buying(
                    Integer.parseInt(cells.get(1)),
                    Double.parseDouble(cells.get(2)),
                    Double.parseDouble(cells.get(3)),
                    Double.parseDouble(cells.get(4))))
        .toList();
  }

  /** From the orders themselves, up to a day. */
  static List<Buying> orders(String until) {
    Map<String, List<List<String>>> byCustomer = new TreeMap<>();
    Shared.lines("CDNOW_sample.txt", "\\s+").stream()
        .filter(cells -> cells.get(2).compareTo(until) <= 0)
        .forEach(
            cells -> byCustomer.computeIfAbsent(cells.get(1), _ -> new ArrayList<>()).add(cells));
    return byCustomer.values().stream()
        .map(
            rows ->
                Buying.of(
                    rows.stream().mapToLong(cells -> time(cells.get(2))).toArray(),
                    rows.stream().mapToDouble(cells -> Double.parseDouble(cells.get(4))).toArray(),
                    time(until)))
        .toList();
  }

  static long time(String day) {
    return LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE)
        .atStartOfDay()
        .toInstant(ZoneOffset.UTC)
        .toEpochMilli();
  }
}
