package soloist.profiler.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.spi.Figure;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Card;
import soloist.spi.Profiler.Measure;
import soloist.spi.Profiler.Model;
import soloist.spi.Profiler.Prediction;
import soloist.spi.Profiler.Refused;
import soloist.spi.Profiler.StandingSegment;
import soloist.spi.Table;
import soloist.spi.Text;
import soloist.testkit.ProfilerContract;

class ClusterProfilerTest implements ProfilerContract {

  @Override
  public Profiler unopened() {
    return new ClusterProfiler();
  }

  @Override
  public Profiler opened() {
    return People.profiler();
  }

  @Override
  public Table table() {
    return People.of(150, 1);
  }

  @Override
  public Table tooSmall() {
    return People.of(30, 1);
  }

  @Test
  void findsThreeKindsAndNamesThemByWhatSetsThemApart() throws Refused {
    Model model = opened().fit(table(), ProfilerContract.run(1));

    List<StandingSegment> segments = opened().segments(model);

    assertEquals(
        List.of("cluster-1", "cluster-2", "cluster-3"),
        segments.stream().map(StandingSegment::id).toList());
    assertEquals(
        "Group 1: high orders, high spending (EUR), last order lately",
        segments.getFirst().name().en());
    assertEquals("第 1 组：订单数高、消费额（EUR）高、最近下单较近", segments.getFirst().name().zh());
    assertTrue(segments.getLast().name().en().contains("last order long ago"));
    assertTrue(
        segments.getFirst().description().en().startsWith("45 people when it was found"),
        segments.getFirst().description().en());
    Map<Integer, List<Prediction>> told = ProfilerContract.predictions(opened(), model, table());
    assertEquals(135, told.size());
    told.forEach(
        (row, traits) -> assertEquals("" + (row % 3 + 1), traits.getFirst().value(), "row " + row));
  }

  @Test
  void showsTheFactsThatPlacedSomebody() throws Refused {
    Table table = table();
    Model model = opened().fit(table, ProfilerContract.run(1));

    Prediction trait = ProfilerContract.predictions(opened(), model, table).get(0).getFirst();

    assertEquals("cluster", trait.key());
    String orders = Words.number(((Table.Numbers) table.columns().getFirst()).values()[0]);
    assertTrue(
        trait.evidence().en().contains("orders " + orders + " (group 2"), trait.evidence().en());
    assertTrue(trait.evidence().en().startsWith("Group 1: high orders"));
    assertTrue(trait.evidence().zh().contains("订单数 " + orders + "（本组 "));
  }

  @Test
  void ordersGroupsByWhatTheOwnerValues() throws Refused {
    Profiler byTime = People.profiler("value", "last_order", "trait", "my_Kind");

    Model model = byTime.fit(table(), ProfilerContract.run(1));

    List<StandingSegment> segments = byTime.segments(model);
    assertEquals("my-kind-3", segments.getLast().id());
    assertTrue(segments.getLast().name().en().contains("last order long ago"));
    assertTrue(segments.getLast().condition().contains("\"trait\": \"my_Kind\""));
  }

  @Test
  void saysHowClearAndSteadyTheGroupsAreBesideChance() throws Refused {
    Card card = opened().fit(table(), ProfilerContract.run(1)).card();

    assertEquals(135, card.people());
    Measure silhouette = measure(card, "Silhouette");
    assertTrue(silhouette.value() > 0.8 && silhouette.baseline() < 0.6, silhouette.toString());
    assertTrue(silhouette.low() < silhouette.value() && silhouette.value() < silhouette.high());
    Measure agreement = measure(card, "Agreement");
    assertTrue(agreement.low() > 0.9 && agreement.baseline() == 0, agreement.toString());
    Measure explained = measure(card, "Part of the differences");
    assertTrue(explained.value() > 0.9 && explained.value() < 1, explained.toString());
    assertTrue(
        card.limits().stream().anyMatch(limit -> limit.en().startsWith("15 people lack")),
        card.limits().toString());
  }

  @Test
  void saysSoWhenNobodyResemblesAnybody() throws Refused {
    Card card = People.profiler().fit(People.alike(300, 4), ProfilerContract.run(1)).card();

    assertTrue(
        card.limits().stream().anyMatch(limit -> limit.en().startsWith("These people hardly")),
        card.limits().toString());
  }

  @Test
  void explainsItsMethodWithItsWeakness() throws Refused {
    Card card = opened().fit(table(), ProfilerContract.run(1)).card();

    assertTrue(card.method().getFirst().en().startsWith("K-means suits"));
    assertEquals("易于解释：★★★，灵活：★☆☆；准确程度见各项指标。", card.method().getLast().zh());
    assertTrue(measure(card, "Silhouette").name().en().contains("above 0.5 groups are clear"));
    assertTrue(card.method().stream().anyMatch(text -> text.en().contains("local optimum")));
    assertTrue(
        card.method().stream()
            .anyMatch(text -> text.en().matches("Tried on 135 people: Hierarchical, 3 groups.*")));
  }

  @Test
  void saysWhichMeasuresNeedNobodyWhoKnowsTheTrueGroups() throws Refused {
    Card card = opened().fit(table(), ProfilerContract.run(1)).card();

    Text said = card.method().get(card.method().size() - 2);

    String within = Words.number(measure(card, "Mean distance of two people of the same").value());
    String between =
        Words.number(measure(card, "Mean distance of two people of different").value());
    assertTrue(
        said.en().contains("within groups (" + within + ") and between them (" + between + ")"),
        said.en());
    assertTrue(said.en().contains("are internal measures"), said.en());
    assertTrue(said.en().contains("An external one, such as the Rand index"), said.en());
    assertTrue(said.zh().contains("组内平均距离（" + within + "）"), said.zh());
    assertTrue(said.zh().contains("都是内部指标") && said.zh().contains("外部指标（例如兰德指数）"));
  }

  @Test
  void drawsPeopleSizesDifferencesAndTheElbow() throws Refused {
    List<Figure> figures = opened().fit(table(), ProfilerContract.run(1)).card().figures();

    assertEquals(
        List.of("Plot", "Bars", "Grid", "Plot", "Plot"),
        figures.stream().map(figure -> figure.getClass().getSimpleName()).toList());
    Figure.Plot map = (Figure.Plot) figures.getFirst();
    assertEquals(4, map.series().size());
    assertEquals(135, map.series().stream().limit(3).mapToInt(each -> each.x().size()).sum());
    assertEquals(3, map.series().getLast().x().size());
    Figure.Bars sizes = (Figure.Bars) figures.get(1);
    assertEquals(135, sizes.bars().stream().mapToDouble(Figure.Bar::value).sum());
    Figure.Grid differences = (Figure.Grid) figures.get(2);
    assertTrue(differences.values().getFirst().getFirst() > 1);
  }

  @Test
  void drawsTheTreeOfHierarchicalGroups() throws Refused {
    for (String joining : List.of("ward", "average", "complete", "single", "splitting")) {
      Profiler profiler =
          People.profiler("method", "hierarchical", "groups", "3", "joining", joining);

      Model model = profiler.fit(table(), ProfilerContract.run(1));

      Figure.Joins tree =
          model.card().figures().stream()
              .filter(Figure.Joins.class::isInstance)
              .map(Figure.Joins.class::cast)
              .findFirst()
              .orElseThrow();
      assertEquals(tree.leaves().size() - 1, tree.joins().size());
      assertEquals(3, profiler.segments(model).size(), joining);
      Map<String, Integer> sizes = new TreeMap<>();
      ProfilerContract.predictions(profiler, model, table())
          .values()
          .forEach(traits -> sizes.merge(traits.getFirst().value().toString(), 1, Integer::sum));
      assertEquals("{1=45, 2=45, 3=45}", sizes.toString(), joining);
    }
  }

  @Test
  void marksWhoIsNotTypicalWhereDensityDecides() throws Refused {
    Table table = table();
    ((Table.Numbers) table.columns().getFirst()).values()[0] = 90;
    Profiler profiler = People.profiler("method", "density");

    Model model = profiler.fit(table, ProfilerContract.run(1));

    Prediction odd = ProfilerContract.predictions(profiler, model, table).get(0).getFirst();
    assertEquals("not-typical", odd.value());
    assertTrue(odd.evidence().en().contains("orders 90"), odd.evidence().en());
    assertEquals("cluster-not-typical", profiler.segments(model).getLast().id());
    assertEquals(4, profiler.segments(model).size());
    assertTrue(
        model.card().limits().stream().anyMatch(limit -> limit.en().contains("close to no group")));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void makesAsManyGroupsAsTheOwnerWants(int groups) throws Refused {
    Profiler profiler = People.profiler("groups", Integer.toString(groups));

    assertEquals(groups, profiler.segments(profiler.fit(table(), ProfilerContract.run(1))).size());
  }

  @Test
  void saysWhichTraitIsMissingMost() {
    double[] orders = new double[100];
    double[] spent = new double[100];
    double[] days = new double[100];
    Arrays.setAll(orders, i -> i);
    Arrays.fill(spent, 12, 100, Double.NaN);

    Refused refusal =
        assertThrows(
            Refused.class,
            () -> opened().fit(People.table(orders, spent, days), ProfilerContract.run(1)));

    assertEquals(
        "Groups need 30 people of whom all these traits are known; you have 12, so 18 more. Known"
            + " least often is 'spent_EUR': of 12 people.",
        refusal.reason().en());
  }

  @Test
  void refusesPeopleWhoAreAllTheSame() {
    Table same = People.table(new double[40], new double[40], new double[40]);

    Refused refusal =
        assertThrows(Refused.class, () -> opened().fit(same, ProfilerContract.run(1)));

    assertTrue(refusal.reason().en().startsWith("All 40 people are the same"));
  }

  @Test
  void refusesBytesOfAnotherModelAndAnotherTable() throws Refused {
    Model model = opened().fit(table(), ProfilerContract.run(1));
    var broken = new Model(Arrays.copyOf(model.bytes(), 60), model.card());
    Table other = new Table(People.NOW, List.of(), List.of());

    assertThrows(
        IllegalArgumentException.class,
        () -> ProfilerContract.predictions(opened(), broken, table()));
    assertThrows(
        IllegalArgumentException.class, () -> opened().fit(other, ProfilerContract.run(1)));
  }

  private static Measure measure(Card card, String name) {
    return card.measures().stream()
        .filter(each -> each.name().en().startsWith(name))
        .findFirst()
        .orElseThrow();
  }
}
