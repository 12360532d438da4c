package soloist.profiler.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.learning.data.HeldOut;
import soloist.spi.Figure;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Model;
import soloist.spi.Profiler.Prediction;
import soloist.spi.Profiler.Refused;
import soloist.spi.Settings;
import soloist.spi.Table;
import soloist.spi.Text;
import soloist.testkit.ProfilerContract;

class ValueProfilerTest implements ProfilerContract {

  @Override
  public Profiler unopened() {
    return new ValueProfiler();
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
    scored.forEach(
        (row, traits) -> assertEquals(traits.subList(0, 5), other.get(199 - row).subList(0, 5)));
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
    assertTrue(
        opened()
            .fit(
                People.withOrders(IntStream.range(0, 100).mapToDouble(i -> i + 1).toArray()),
                ProfilerContract.run(1))
            .card()
            .limits()
            .stream()
            .noneMatch(limit -> limit.en().contains("three scores")));
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
  void foretellsOrdersAndSpendingWithTheirIntervals() throws Refused {
    Map<Integer, List<Prediction>> all = scored(table());

    for (List<Prediction> traits : all.values()) {
      double orders = number(traits, "expected_orders");
      double alive = number(traits, "p_alive");
      double risk = number(traits, "churn_risk");
      assertTrue(orders >= 0 && alive >= 0 && alive <= 1 && risk >= 0 && risk <= 1);
      assertTrue(1 - risk <= alive + 1e-3, "more come back than have not left");
      assertTrue(
          Math.abs(
                  number(traits, "clv") * (1 / Math.max(1e-3, alive) - 1)
                      - number(traits, "retention_value"))
              < 0.02 * (1 + number(traits, "retention_value")) / Math.max(0.01, alive * alive));
      assertTrue(trait(traits, "clv").evidence().en().matches(".*× .* EUR; 80 % .*–.*"));
    }
    assertTrue(
        all.values().stream().mapToDouble(traits -> number(traits, "clv")).max().orElseThrow()
            > 100);
  }

  @Test
  void saysWhatEachGroupWillSpend() throws Refused {
    Model model = opened().fit(table(), ProfilerContract.run(1));

    Figure.Bars groups = (Figure.Bars) model.card().figures().get(1);

    Map<String, Double> sums = new TreeMap<>();
    scored(table())
        .values()
        .forEach(
            traits -> sums.merge(value(traits, "rfm_group"), number(traits, "clv"), Double::sum));
    assertEquals(sums.size(), groups.bars().size());
    for (Figure.Bar bar : groups.bars()) {
      double sum = sums.getOrDefault(bar.name().en().replaceAll(":.*", ""), Double.NaN);
      assertEquals(sum, bar.value(), 0.01 * sum + 0.01, bar.toString());
      assertTrue(bar.low() < bar.value() && bar.value() < bar.high(), bar.toString());
    }
    double all = groups.bars().stream().mapToDouble(Figure.Bar::value).sum();
    Profiler.Measure measure =
        model.card().measures().stream()
            .filter(each -> each.name().en().startsWith("Expected spending of all"))
            .findFirst()
            .orElseThrow();
    assertEquals(measure.value(), all, 1e-6 * all);
  }

  @Test
  void addsUpWhatGroupsAreWorthWithAnIntervalThatMorePeopleDoNotMakeVanish() throws Refused {
    Table table = table();
    Model model = opened().fit(table, ProfilerContract.run(1));
    int[] all = IntStream.range(0, table.people().size()).toArray();
    int[] half = IntStream.range(0, all.length / 2).toArray();
    int[] none = {9}; // a person without an order

    List<Profiler.Total> totals =
        opened().totals(model, table, ProfilerContract.run(1), List.of(all, none, half));

    assertEquals(List.of(0, 2), totals.stream().map(Profiler.Total::group).toList());
    Profiler.Total whole = totals.getFirst();
    double sum = scored(table).values().stream().mapToDouble(traits -> number(traits, "clv")).sum();
    assertEquals(450, whole.people());
    assertEquals(sum, whole.sum(), 0.005 * 450 + 0.01);
    assertTrue(totals.getLast().sum() < whole.sum());
    assertTrue(whole.high() / whole.sum() > 1.05, whole.toString());
    assertEquals("EUR within 12 months", whole.unit().en());
  }

  @Test
  void asksWhetherTheLastWeeksWouldHaveBeenForetold() throws Refused {
    Profiler.Card card = opened().fit(table(), ProfilerContract.run(1)).card();

    Profiler.Measure orders =
        card.measures().stream()
            .filter(each -> each.name().en().startsWith("Orders of the last"))
            .findFirst()
            .orElseThrow();
    assertTrue(orders.low() <= orders.high() && orders.baseline() > 0, orders.toString());
    assertEquals(
        orders.baseline() < orders.low() || orders.baseline() > orders.high(),
        card.limits().stream().anyMatch(limit -> limit.en().contains("outside of the interval")));
    assertEquals(3, card.figures().size());
    assertEquals(5, card.method().size());
    assertTrue(card.method().get(3).en().startsWith("Easy to explain: ★★★, flexible: ★☆☆"));
  }

  @Test
  void saysWhenHabitsHaveChanged() throws Refused {
    // Everybody bought every few weeks, and all of them stopped half a year ago.
    double[] orders = IntStream.range(0, 80).mapToDouble(i -> 4 + i % 9).toArray();
    long[] last = new long[80];
    double[] spent = new double[80];
    Arrays.setAll(last, i -> People.daysAgo(190 + i));
    Arrays.fill(spent, 100);

    var profiler = new ValueProfiler();
    profiler.open(new Settings(Map.of("currency", "EUR", "months", "3")));
    List<Text> limits =
        profiler.fit(People.table(orders, spent, last), ProfilerContract.run(1)).card().limits();

    assertTrue(
        limits.stream().anyMatch(limit -> limit.en().contains("100 % fewer orders came")),
        limits.toString());
  }

  @Test
  void saysHowManyMoreMustComeBackAndScoresTheRest() throws Refused {
    double[] orders = new double[60];
    Arrays.fill(orders, 1);
    Arrays.fill(orders, 0, 4, 2);
    Table table = People.withOrders(orders);

    Model model = opened().fit(table, ProfilerContract.run(1));
    List<Prediction> traits = ProfilerContract.predictions(opened(), model, table).get(0);

    assertTrue(
        model.card().limits().stream().anyMatch(limit -> limit.en().endsWith("; 0 and 6 more.")),
        model.card().limits().toString());
    assertTrue(traits.stream().noneMatch(trait -> trait.key().equals("clv")));
    assertEquals("rfm_recency", traits.getFirst().key());
  }

  @Test
  void worksOutWhatReferralsAreWorth() throws Refused {
    var profiler = new ValueProfiler();
    profiler.open(new Settings(Map.of("currency", "EUR", "referral", "referral")));
    Table plain = table();
    int[] first = new int[plain.people().size() + 1];
    Arrays.fill(first, 1, first.length, 2); // both are the first person's
    List<Table.Column> columns = new ArrayList<>(plain.columns());
    columns.add(
        new Table.Events(
            "referral",
            first,
            new long[2],
            new double[2],
            new int[] {-1, -1},
            new int[3],
            new int[0],
            List.of()));
    Table table = new Table(plain.asOf(), plain.people(), columns);

    Model model = profiler.fit(table, ProfilerContract.run(1));
    Map<Integer, List<Prediction>> all = ProfilerContract.predictions(profiler, model, table);

    double mean =
        all.values().stream().mapToDouble(traits -> number(traits, "clv")).average().orElseThrow();
    assertEquals(2 * mean, number(all.get(0), "referral_value"), 0.05);
    assertEquals(0, number(all.get(1), "referral_value"));
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

  private static double number(List<Prediction> traits, String key) {
    return Double.parseDouble(value(traits, key));
  }

  private static String value(List<Prediction> traits, String key) {
    return trait(traits, key).value().toString();
  }

  @Test
  void tellsTheChanceThatAnOrderComesAndWhetherItCame() throws Refused {
    Table table = table();
    Model model = opened().fit(table, ProfilerContract.run(1));

    List<Profiler.Outcome> outcomes = opened().outcomes(model, table, ProfilerContract.run(1));

    assertTrue(outcomes.size() > 200, outcomes.size() + " customers");
    double stated = outcomes.stream().mapToDouble(Profiler.Outcome::chance).average().orElseThrow();
    double came =
        outcomes.stream().mapToDouble(each -> each.came() ? 1 : 0).average().orElseThrow();
    assertTrue(Math.abs(stated - came) < 0.2, stated + " stated, " + came + " came");
    double likely = came(outcomes, each -> each.chance() > stated);
    double others = came(outcomes, each -> each.chance() <= stated);
    assertTrue(likely > others + 0.1, likely + " of the likely, " + others + " of the others");
    assertTrue(outcomes.stream().anyMatch(Profiler.Outcome::chosen));
    outcomes.forEach(
        each -> assertEquals(HeldOut.holds(table.people().get(each.row())), each.unseen()));
    assertTrue(
        model.card().method().getLast().en().startsWith("Right and wrong, and the log loss"));
  }

  private static double came(List<Profiler.Outcome> outcomes, Predicate<Profiler.Outcome> of) {
    return outcomes.stream()
        .filter(of)
        .mapToDouble(each -> each.came() ? 1 : 0)
        .average()
        .orElseThrow();
  }

  @Test
  void isJudgedByNobodyWhereOneOfFiveWouldSayNothing() throws Refused {
    Table table = People.of(100, 1);
    Model model = opened().fit(table, ProfilerContract.run(1));

    assertEquals(List.of(), opened().outcomes(model, table, ProfilerContract.run(1)));
    assertTrue(model.card().method().getLast().en().contains("as soon as there are 150"));
  }
}
