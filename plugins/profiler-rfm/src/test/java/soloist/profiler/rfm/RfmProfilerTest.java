package soloist.profiler.rfm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Model;
import soloist.spi.Profiler.Prediction;
import soloist.spi.Profiler.Refused;
import soloist.spi.Table;
import soloist.spi.Text;
import soloist.testkit.ProfilerContract;

class RfmProfilerTest implements ProfilerContract {

  @Override
  public Profiler unopened() {
    return new RfmProfiler();
  }

  @Override
  public Profiler opened() {
    return People.profiler();
  }

  @Override
  public Table table() {
    return People.of(500, 1);
  }

  @Override
  public Table tooSmall() {
    return People.of(20, 1);
  }

  @Test
  void scoresAsTheOracleDoes() throws Refused {
    List<List<String>> right = People.oracle();
    Table table =
        People.table(
            right.stream().mapToDouble(row -> Double.parseDouble(row.get(1))).toArray(),
            right.stream().mapToDouble(row -> Double.parseDouble(row.get(2))).toArray(),
            right.stream().mapToLong(row -> Long.parseLong(row.get(3))).toArray());

    Map<Integer, List<Prediction>> scored = scored(table);

    assertEquals(400, scored.size());
    scored.forEach(
        (row, traits) ->
            assertEquals(
                right.get(row).subList(4, 8),
                List.of(
                    value(traits, "rfm_recency"),
                    value(traits, "rfm_frequency"),
                    value(traits, "rfm_monetary"),
                    value(traits, "rfm_group")),
                right.get(row).toString()));
  }

  @Test
  void neverTellsEqualValuesApartWhoeverComesFirst() throws Refused {
    double[] orders =
        IntStream.range(0, 200).mapToDouble(i -> i % 4 == 0 ? 5 : 1 + i % 3).toArray();
    double[] reversed = IntStream.range(0, 200).mapToDouble(i -> orders[199 - i]).toArray();

    Map<Integer, List<Prediction>> scored = scored(People.withOrders(orders));
    Map<Integer, List<Prediction>> other = scored(People.withOrders(reversed));

    Map<Double, List<String>> byOrders =
        scored.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> orders[entry.getKey()],
                    Collectors.mapping(
                        entry -> value(entry.getValue(), "rfm_frequency"), Collectors.toList())));
    byOrders.values().forEach(scores -> assertEquals(1, scores.stream().distinct().count()));
    assertEquals(4, byOrders.values().stream().map(List::getFirst).distinct().count());
    scored.forEach((row, traits) -> assertEquals(traits, other.get(199 - row)));
  }

  @Test
  void givesEverybodyTheMiddleWhereAllAreEqual() throws Refused {
    double[] orders = new double[100];
    Arrays.fill(orders, 2);

    scored(People.withOrders(orders))
        .values()
        .forEach(traits -> assertEquals("9", value(traits, "rfm_score")));
  }

  @Test
  void showsTheFactsBehindAScore() throws Refused {
    double[] orders =
        IntStream.range(0, 412).mapToDouble(i -> i < 330 ? 1 : i < 400 ? 3 : 7).toArray();

    List<Prediction> traits = scored(People.withOrders(orders)).get(330);

    Prediction frequency = trait(traits, "rfm_frequency");
    assertEquals("3 orders, more than 80 % of your 412 customers", frequency.evidence().en());
    assertEquals("3 个订单，多于您 412 位客户中的 80 %", frequency.evidence().zh());
    assertEquals(
        "spent 10.00 EUR, among the least of your 412 customers",
        trait(traits, "rfm_monetary").evidence().en());
    assertEquals(
        "last order yesterday, among the longest ago of your 412 customers",
        trait(traits, "rfm_recency").evidence().en());
    assertTrue(trait(traits, "rfm_group").evidence().en().startsWith("buys lately"));
  }

  @Test
  void refusesBelowTwentyFiveCustomersWithTheNumberMissing() {
    Table table = People.of(24, 3); // 22 of them have orders

    Refused refusal =
        assertThrows(Refused.class, () -> opened().fit(table, ProfilerContract.run(1)));

    assertEquals(
        "Scores need 25 customers with orders; you have 22, so 3 more.", refusal.reason().en());
    assertTrue(refusal.reason().zh().contains("还差 3 位"));
  }

  @Test
  void givesThreeScoresBelowAHundredCustomersAndSaysSo() throws Refused {
    Table table = People.withOrders(IntStream.range(0, 99).mapToDouble(i -> i + 1).toArray());

    Model model = opened().fit(table, ProfilerContract.run(1));
    Map<Integer, List<Prediction>> scored = ProfilerContract.predictions(opened(), model, table);

    assertEquals(
        Map.of("1", 33L, "3", 33L, "5", 33L),
        scored.values().stream()
            .collect(
                Collectors.groupingBy(
                    traits -> value(traits, "rfm_frequency"), Collectors.counting())));
    assertTrue(model.card().limits().getFirst().en().contains("for five it takes 1 more"));
    assertEquals(
        List.of(),
        opened()
            .fit(
                People.withOrders(IntStream.range(0, 100).mapToDouble(i -> i + 1).toArray()),
                ProfilerContract.run(1))
            .card()
            .limits());
  }

  @Test
  void saysHowMuchTheBestSpendBesideHowManyTheyAre() throws Refused {
    Profiler.Card card = opened().fit(table(), ProfilerContract.run(1)).card();

    assertEquals(450, card.people());
    Profiler.Measure share = card.measures().getFirst();
    assertTrue(share.value() > 2 * share.baseline() && share.value() < 1, share.toString());
  }

  @Test
  void countsCustomersWithoutSpendingInTheCurrency() throws Refused {
    double[] orders = new double[100];
    double[] spent = new double[100];
    long[] last = new long[100];
    Arrays.fill(orders, 1);
    Arrays.fill(last, People.daysAgo(5));
    Arrays.fill(spent, 0, 7, Double.NaN);

    List<Text> limits =
        opened().fit(People.table(orders, spent, last), ProfilerContract.run(1)).card().limits();

    assertTrue(limits.getFirst().en().startsWith("7 customers have orders but no spending in EUR"));
  }

  @Test
  void refusesBytesOfAnotherModelAndAnotherTable() throws Refused {
    Model model = opened().fit(table(), ProfilerContract.run(1));
    byte[] cut = Arrays.copyOf(model.bytes(), 20);
    var broken = new Model(cut, model.card());
    Table other = new Table(People.NOW, List.of(), List.of());

    assertThrows(
        IllegalArgumentException.class,
        () -> ProfilerContract.predictions(opened(), broken, table()));
    assertThrows(
        IllegalArgumentException.class, () -> opened().fit(other, ProfilerContract.run(1)));
  }

  private Map<Integer, List<Prediction>> scored(Table table) throws Refused {
    Model model = opened().fit(table, ProfilerContract.run(1));
    return ProfilerContract.predictions(opened(), model, table);
  }

  private static Prediction trait(List<Prediction> traits, String key) {
    return traits.stream().filter(trait -> trait.key().equals(key)).findFirst().orElseThrow();
  }

  private static String value(List<Prediction> traits, String key) {
    return trait(traits, key).value().toString();
  }
}
