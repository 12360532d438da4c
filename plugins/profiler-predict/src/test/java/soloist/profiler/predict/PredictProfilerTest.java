package soloist.profiler.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.learning.data.HeldOut;
import soloist.learning.predict.Method;
import soloist.spi.Figure;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Measure;
import soloist.spi.Profiler.Model;
import soloist.spi.Profiler.Prediction;
import soloist.spi.Profiler.Refused;
import soloist.spi.Table;
import soloist.spi.Text;
import soloist.testkit.ProfilerContract;

class PredictProfilerTest implements ProfilerContract {
  private static final Table TABLE = Shop.of(500, 1);

  @Override
  public Profiler unopened() {
    return new PredictProfiler();
  }

  @Override
  public Profiler opened() {
    return Shop.profiler(Map.of());
  }

  @Override
  public Table table() {
    return TABLE;
  }

  @Override
  public Table tooSmall() {
    return Shop.of(20, 1);
  }

  @Test
  void takesTheBestMethodAndJudgesItByLaterDays() throws Refused {
    Model model = Shop.profiler(Map.of("method", "auto")).fit(TABLE, ProfilerContract.run(1));

    Profiler.Card card = model.card();
    Measure area = card.measures().getFirst();
    assertTrue(area.value() > 0.7 && area.low() > 0.6, area.toString());
    for (Measure measure : card.measures().subList(0, 6)) {
      assertTrue(
          measure.low() <= measure.value() && measure.value() <= measure.high(),
          measure.toString());
    }
    assertTrue(area.name().en().contains("0.5 is a coin, 1 never wrong"), area.name().en());
    assertTrue(area.name().zh().contains("0.5 如同抛硬币，1 为从不出错"), area.name().zh());
    for (Measure measure : card.measures().subList(5, 7)) {
      assertTrue(measure.name().en().contains("as good as a coin"), measure.name().en());
      assertTrue(measure.name().zh().contains("如同抛硬币"), measure.name().zh());
    }
    Measure brier = card.measures().get(5);
    assertTrue(brier.value() < brier.baseline(), brier.toString());
    assertTrue(card.method().getFirst().en().contains("of 7 methods"));
    assertTrue(card.method().getLast().en().startsWith("Easy to explain: ★"));
    assertTrue(card.figures().size() >= 5);
    Figure.Grid confused = (Figure.Grid) card.figures().get(2);
    assertEquals(
        card.people(),
        confused.values().stream().flatMap(List::stream).mapToDouble(each -> each).sum());
    Figure.Bars importance = (Figure.Bars) card.figures().get(3);
    assertTrue(importance.bars().getFirst().value() > 0.01, importance.toString());
    Figure.Grid methods = (Figure.Grid) card.figures().get(4);
    assertEquals(7, methods.rows().size());
  }

  @Test
  void saysItsFormulaWithItsFigures() throws Refused {
    Text logit = formula("logistic");
    Text bayes = formula("bayes");

    Matcher sigmoid =
        Pattern.compile(".*logit z = (\\S+), so the sigmoid .* = (0\\.\\d\\d)\\.")
            .matcher(logit.en());
    assertTrue(sigmoid.matches(), logit.en());
    double z = Double.parseDouble(sigmoid.group(1));
    assertEquals(1 / (1 + Math.exp(-z)), Double.parseDouble(sigmoid.group(2)), 0.006);
    assertTrue(logit.zh().contains("对数几率 z = " + sigmoid.group(1)), logit.zh());
    assertTrue(
        bayes
            .en()
            .matches(".*P\\(it happens\\) = 0\\.\\d\\d .* \\| everything .* = [01]\\.\\d\\d, .*"),
        bayes.en());
    assertTrue(bayes.zh().contains("P(发生 | 通常值) = "), bayes.zh());
  }

  private static Text formula(String method) throws Refused {
    return Shop.profiler(Map.of("method", method))
        .fit(TABLE, ProfilerContract.run(1))
        .card()
        .method()
        .get(3);
  }

  @Test
  void saysWhereItIsNoBetterThanOneFactAlone() throws Refused {
    Table table = Shop.withoutRhyme(400, 3);

    Profiler.Card card =
        Shop.profiler(Map.of("goal", "next-purchase")).fit(table, ProfilerContract.run(1)).card();

    Measure area = card.measures().getFirst();
    assertTrue(area.low() < 0.5, area.toString());
    assertTrue(
        card.limits().getFirst().en().startsWith("It is not sure yet that this is better"),
        card.limits().toString());
    assertTrue(card.limits().getFirst().en().matches(".*[0-9].*"));
    Figure.Bars odds = (Figure.Bars) card.figures().getLast();
    assertTrue(odds.bars().stream().allMatch(bar -> bar.value() > 0.4 && bar.value() < 2.5));
  }

  @Test
  void foretellsWhatComes() throws Refused {
    Table.Events orders = (Table.Events) TABLE.columns().getFirst();
    Table before = until(orders, Shop.NOW.minus(Duration.ofDays(60)).toEpochMilli());
    Profiler profiler = opened();

    Model model = profiler.fit(before, ProfilerContract.run(1));
    Map<Integer, List<Prediction>> said = ProfilerContract.predictions(profiler, model, before);

    double stayed = 0;
    double left = 0;
    double all = 0;
    int leavers = 0;
    for (Map.Entry<Integer, List<Prediction>> each : said.entrySet()) {
      int row = each.getKey();
      double chance = Double.parseDouble(each.getValue().getFirst().value().toString());
      boolean came =
          Arrays.stream(orders.times(), orders.first()[row], orders.first()[row + 1])
              .anyMatch(time -> time > before.asOf().toEpochMilli());
      all += chance;
      left += came ? 0 : chance;
      stayed += came ? chance : 0;
      leavers += came ? 0 : 1;
    }
    int people = said.size();
    assertTrue(left / leavers > stayed / (people - leavers) + 0.15, left + ", " + stayed);
    assertEquals(leavers, all, 0.1 * people);
  }

  /** The same shop as it was then. */
  private static Table until(Table.Events all, long instant) {
    List<List<Long>> times = new ArrayList<>();
    for (int row = 0; row < all.size(); row++) {
      times.add(
          Arrays.stream(all.times(), all.first()[row], all.first()[row + 1])
              .filter(time -> time <= instant)
              .boxed()
              .toList());
    }
    Table table = Shop.table(all.size(), Shop.events("order", times, new Random(1)));
    return new Table(Instant.ofEpochMilli(instant), table.people(), table.columns());
  }

  @Test
  void neverSeesWhatCameLater() {
    Table.Events orders = (Table.Events) TABLE.columns().getFirst();
    long then = Shop.NOW.minus(Duration.ofDays(120)).toEpochMilli();
    PredictSettings settings = PredictSettings.of(Shop.settings(Map.of()));
    var whole = new Histories(TABLE, settings);
    var cut = new Histories(until(orders, then), settings);

    int[] customers = whole.customers(then);

    assertArrayEquals(customers, cut.customers(then));
    int differ = 0;
    for (int row : customers) {
      double[] known = whole.facts(row, then);
      for (Fact fact : List.of(Fact.SINCE_LAST, Fact.ORDERS, Fact.ORDERS_90, Fact.AGE, Fact.GAP)) {
        assertEquals(cut.facts(row, then)[fact.ordinal()], known[fact.ordinal()], 1e-9);
      }
      differ += Arrays.equals(known, whole.facts(row, Shop.NOW.toEpochMilli())) ? 0 : 1;
    }
    assertEquals(customers.length, differ, "the facts of now are those of then");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"p_churn", "orders", "last_order", "spent_EUR", "rfm_score", "times_30d:order"})
  void refusesAFactThatIsToldFromWhatIsForetold(String fact) {
    String refusal =
        assertThrows(
                IllegalArgumentException.class, () -> Shop.profiler(Map.of("facts", "age," + fact)))
            .getMessage();

    assertTrue(refusal.contains("'" + fact + "'") && refusal.contains("'facts'"), refusal);
  }

  @Test
  void refusesAFactThatWasNotedAfterwards() {
    PredictSettings settings = PredictSettings.of(Shop.settings(Map.of()));
    var histories = new Histories(TABLE, settings);
    long then = histories.daysAgo(180);
    double[] disguised =
        IntStream.range(0, TABLE.people().size())
            .mapToDouble(row -> histories.happened(row, then) ? 1 : 0)
            .toArray();
    Table table =
        Shop.table(500, TABLE.columns().getFirst(), new Table.Numbers("contract_state", disguised));

    Refused refusal =
        assertThrows(
            Refused.class,
            () ->
                Shop.profiler(Map.of("facts", "contract_state"))
                    .fit(table, ProfilerContract.run(1)));

    assertTrue(refusal.reason().en().contains("'contract_state' alone tells 100 %"));
  }

  @Test
  void learnsFromATraitAndDoesWithoutWhereItIsUnknown() throws Refused {
    double[] age = new Random(3).doubles(500, 18, 80).toArray();
    Arrays.fill(age, 0, 50, Double.NaN);
    Table table = Shop.table(500, TABLE.columns().getFirst(), new Table.Numbers("age", age));
    Profiler profiler = Shop.profiler(Map.of("facts", "age"));

    Model model = profiler.fit(table, ProfilerContract.run(1));

    assertEquals(450, ProfilerContract.predictions(profiler, model, table).size());
    assertTrue(
        model.card().limits().stream().anyMatch(limit -> limit.en().contains("as they are today")));
  }

  @Test
  void saysHowManyAreMissing() {
    String reason =
        assertThrows(Refused.class, () -> opened().fit(Shop.of(40, 2), ProfilerContract.run(1)))
            .reason()
            .en();

    assertTrue(reason.matches(".*The thinnest has [0-9], so [0-9]+ more;.*"), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "churn, p_churn",
    "next-purchase, p_next_purchase",
    "propensity, p_propensity",
    "risk, p_risk"
  })
  void servesEachGoal(String goal, String trait) throws Refused {
    Profiler profiler = Shop.profiler(Map.of("goal", goal, "product", "pot", "event", "returned"));
    Table.Events orders = (Table.Events) TABLE.columns().getFirst();
    Random random = new Random(5);
    List<List<Long>> returns = new ArrayList<>();
    for (int row = 0; row < 500; row++) {
      returns.add(
          Arrays.stream(orders.times(), orders.first()[row], orders.first()[row + 1])
              .filter(_ -> random.nextInt(4) == 0)
              .boxed()
              .toList());
    }
    Table table =
        goal.equals("risk")
            ? Shop.table(500, orders, Shop.events("returned", returns, random))
            : TABLE;

    Model model = profiler.fit(table, ProfilerContract.run(1));

    Measure area = model.card().measures().getFirst();
    assertTrue(area.value() > 0.55, area.toString());
    Prediction said = ProfilerContract.predictions(profiler, model, table).get(0).getFirst();
    assertEquals(trait, said.key());
    assertTrue(said.evidence().en().contains("of all customers"), said.evidence().en());
    assertNotEquals(said.evidence().en(), said.evidence().zh());
  }

  @Test
  void whatMovedAChanceAddsUp() {
    Sample sample =
        Sample.of(
            new Histories(TABLE, PredictSettings.of(Shop.settings(Map.of()))),
            Shop.NOW.minus(Duration.ofDays(60)).toEpochMilli(),
            5_000,
            1);
    Learner learner =
        Learner.of(Method.LOGISTIC, sample, PredictSettings.of(Shop.settings(Map.of())), 1);

    double[] facts = sample.facts().row(3);
    double[] moved = learner.moved(facts);

    double usual = learner.chance(facts) - Arrays.stream(moved).sum();
    for (int row = 0; row < 20; row++) {
      double[] others = sample.facts().row(row);
      assertEquals(
          usual, learner.chance(others) - Arrays.stream(learner.moved(others)).sum(), 1e-9);
    }
    assertFalse(Double.isNaN(usual));
  }

  @Test
  void nothingIsLearntFromOnePersonOfFive() throws Refused {
    Model model = opened().fit(TABLE, ProfilerContract.run(1));

    Model others = opened().fit(richer(true), ProfilerContract.run(1));
    Model seen = opened().fit(richer(false), ProfilerContract.run(1));

    assertArrayEquals(model.bytes(), others.bytes());
    assertFalse(Arrays.equals(model.bytes(), seen.bytes()), "amounts change nothing at all");
  }

  /** Those held out, or all others, pay a thousand times as much. */
  private static Table richer(boolean heldOut) {
    Table.Events orders = (Table.Events) TABLE.columns().getFirst();
    double[] amounts = orders.amounts().clone();
    for (int row = 0; row < orders.size(); row++) {
      for (int i = orders.first()[row]; i < orders.first()[row + 1]; i++) {
        amounts[i] *= HeldOut.holds(TABLE.people().get(row)) == heldOut ? 1_000 : 1;
      }
    }
    return Shop.table(
        500,
        new Table.Events(
            "order",
            orders.first(),
            orders.times(),
            amounts,
            orders.currencies(),
            orders.firstItem(),
            orders.items(),
            orders.names()));
  }

  @Test
  void tellsWhatItWouldHaveSaidAndWhatCame() throws Refused {
    Profiler profiler = opened();
    Model model = profiler.fit(TABLE, ProfilerContract.run(1));

    List<Profiler.Outcome> outcomes = profiler.outcomes(model, TABLE, ProfilerContract.run(1));
    List<Profiler.Input> inputs = profiler.inputs(TABLE);

    assertTrue(outcomes.size() > 200, outcomes.size() + " customers");
    long unseen = outcomes.stream().filter(Profiler.Outcome::unseen).count();
    assertTrue(unseen > outcomes.size() / 10 && unseen < outcomes.size() / 3, unseen + " unseen");
    double named = came(outcomes, true);
    double others = came(outcomes, false);
    assertTrue(named > others + 0.2, named + " of those named, " + others + " of the others");
    assertEquals(Fact.values().length, inputs.size());
    assertEquals(1, inputs.stream().mapToInt(each -> each.column().size()).distinct().count());
    assertEquals(
        inputs.size(), inputs.stream().map(Profiler.Input::name).distinct().count(), "names");
  }

  private static double came(List<Profiler.Outcome> outcomes, boolean chosen) {
    return outcomes.stream()
        .filter(each -> each.unseen() && each.chosen() == chosen)
        .mapToInt(each -> each.came() ? 1 : 0)
        .average()
        .orElseThrow();
  }

  @Test
  void refusesBytesOfAnotherModel() throws Refused {
    Model model = opened().fit(TABLE, ProfilerContract.run(1));
    var broken = new Model(Arrays.copyOf(model.bytes(), 30), model.card());

    assertThrows(
        IllegalArgumentException.class,
        () -> ProfilerContract.predictions(opened(), broken, TABLE));
  }
}
