package soloist.profiler.basket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.spi.Figure;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Card;
import soloist.spi.Profiler.Measure;
import soloist.spi.Profiler.Model;
import soloist.spi.Profiler.Prediction;
import soloist.spi.Profiler.Refused;
import soloist.spi.Table;
import soloist.spi.Text;
import soloist.testkit.ProfilerContract;

class BasketProfilerTest implements ProfilerContract {

  @Override
  public Profiler unopened() {
    return new BasketProfiler();
  }

  @Override
  public Profiler opened() {
    return Shop.profiler();
  }

  @Override
  public Table table() {
    return Shop.of(400, 1);
  }

  @Override
  public Table tooSmall() {
    return Shop.of(20, 1);
  }

  @Test
  void tellsWhatGoesWithWhatSomebodyHasAndWhy() throws Refused {
    List<List<List<String>>> people = new ArrayList<>();
    people.addAll(Collections.nCopies(45, List.of(List.of("tea", "pot"))));
    people.addAll(Collections.nCopies(15, List.of(List.of("tea"))));
    people.addAll(Collections.nCopies(40, List.of(List.of("cup", "jug"))));
    Table table = Shop.table(people);

    Map<Integer, List<Prediction>> told = predictions(Shop.profiler(), table);

    assertEquals(15, told.size(), "who has both already is told nothing");
    Prediction trait = told.get(45).getFirst();
    assertEquals("bought_with", trait.key());
    assertEquals("pot", trait.value());
    assertEquals(
        "has tea: of 60 orders with that 45 (75 %) have pot as well, 1.7 times as often as usual",
        trait.evidence().en());
    assertEquals("已购 tea：60 个此类订单中有 45 个（75 %）同时含 pot，为平常的 1.7 倍", trait.evidence().zh());
  }

  @Test
  void aBasketMayBeACustomer() throws Refused {
    List<List<List<String>>> people = new ArrayList<>();
    people.addAll(Collections.nCopies(60, List.of(List.of("tea"), List.of("pot"))));
    people.addAll(Collections.nCopies(40, List.of(List.of("cup"))));
    people.add(List.of(List.of("pot")));
    Table table = Shop.table(people);

    Map<Integer, List<Prediction>> told =
        predictions(Shop.profiler("baskets", "customer", "trait", "next"), table);

    assertEquals("tea", told.get(100).getFirst().value());
    assertTrue(told.get(100).getFirst().evidence().en().contains("61 customers"));
    assertThrows(Refused.class, () -> Shop.profiler().fit(table, ProfilerContract.run(1)));
  }

  @Test
  void threeMethodsTellTheSame() throws Refused {
    byte[] apriori = fit("apriori").bytes();

    assertArrayEquals(apriori, fit("fp-growth").bytes());
    assertArrayEquals(apriori, fit("eclat").bytes());
    assertArrayEquals(apriori, fit("auto").bytes());
  }

  @Test
  void isTriedOnTheNewestOrdersBesideTheMostBought() throws Refused {
    Card card = fit("auto").card();

    Measure accuracy = card.measures().getFirst();
    assertTrue(accuracy.name().en().startsWith("Accuracy"));
    assertTrue(accuracy.value() > accuracy.baseline(), accuracy.toString());
    assertTrue(accuracy.low() < accuracy.value() && accuracy.value() < accuracy.high());
    Measure recall = card.measures().getLast();
    assertTrue(recall.value() > 0 && recall.value() <= accuracy.value(), recall.toString());
    assertEquals(400, card.people() + empty(table()));
  }

  @Test
  void showsItsRulesAsATable() throws Refused {
    Figure.Grid grid = (Figure.Grid) fit("auto").card().figures().getFirst();

    int row =
        IntStream.range(0, grid.rows().size())
            .filter(i -> grid.rows().get(i).en().equals("tea → pot"))
            .findFirst()
            .orElseThrow();
    double confidence = grid.values().get(row).get(2);
    assertTrue(confidence > 65 && confidence < 85, grid.values().get(row).toString());
    assertTrue(grid.values().get(row).get(3) < confidence);
    assertTrue(grid.values().get(row).get(5) > 2);
  }

  @Test
  void drawsItsRulesAsAGraph() throws Refused {
    Card card = fit("auto").card();
    Figure.Grid grid = (Figure.Grid) card.figures().getFirst();
    Figure.Graph graph = (Figure.Graph) card.figures().get(1);

    assertTrue(graph.arrows().size() <= 40 && !graph.arrows().isEmpty());
    for (int i = 0; i < graph.arrows().size(); i++) {
      Figure.Arrow arrow = graph.arrows().get(i);
      String from =
          String.join(", ", arrow.from().stream().map(at -> graph.nodes().get(at).en()).toList());
      assertEquals(grid.rows().get(i).en(), from + " → " + graph.nodes().get(arrow.to()).en());
      assertEquals(grid.values().get(i).get(5), arrow.width());
      assertEquals(grid.values().get(i).get(2), arrow.strength());
    }
  }

  @Test
  void saysTheConditionalProbabilityOfItsSurestRule() throws Refused {
    Card card = fit("auto").card();
    Figure.Grid grid = (Figure.Grid) card.figures().getFirst();

    Text said = card.method().get(2);

    String rule = grid.rows().getFirst().en();
    int both = grid.values().getFirst().getFirst().intValue();
    String confidence = String.format(Locale.ROOT, "%.2f", grid.values().getFirst().get(2) / 100);
    assertTrue(said.en().startsWith("In figures: for " + rule), said.en());
    assertTrue(said.en().contains("P(that | these) is " + both + " / "), said.en());
    assertTrue(said.en().contains(" = " + confidence + ", where P(that) is "), said.en());
    assertTrue(said.zh().contains("条件概率 P(那件 | 这些) 为 " + both + " / "), said.zh());
  }

  @Test
  void leavesOutWhatMayBeChance() throws Refused {
    Figure.Grid grid = (Figure.Grid) fit("auto").card().figures().getFirst();

    // Things are drawn by themselves, so a rule from one to another could only be chance; of 30
    // pairs one in forty passes.
    long chance =
        grid.rows().stream().filter(rule -> rule.en().matches("thing . → thing .")).count();
    assertTrue(chance <= 3, grid.rows().toString());
    List<Text> method = fit("auto").card().method();
    assertTrue(method.get(1).en().matches(".*of [0-9]+ rules [0-9]+ that.*"));
    assertTrue(method.getLast().en().startsWith("Easy to explain: ★★★, flexible: ★☆☆"));
  }

  @Test
  void refusesWhatDoesNotComeTogetherBeyondChance() {
    List<List<List<String>>> people = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      // Four things in all combinations: each says nothing of the others.
      int bits = i % 16;
      people.add(
          List.of(
              IntStream.range(0, 4)
                  .filter(item -> (bits >> item & 1) == 1)
                  .mapToObj(item -> "thing " + item)
                  .toList()));
    }
    people.addAll(people.subList(0, 64));

    Refused refusal =
        assertThrows(
            Refused.class, () -> Shop.profiler().fit(Shop.table(people), ProfilerContract.run(1)));

    assertTrue(refusal.reason().en().startsWith("No two products"), refusal.reason().en());
  }

  @Test
  void refusesMoreSetsThanAnybodyCanRead() {
    List<String> many = IntStream.range(0, 60).mapToObj(i -> "thing " + i).toList();
    Table table = Shop.table(Collections.nCopies(60, List.of(many)));

    Refused refusal =
        assertThrows(Refused.class, () -> Shop.profiler().fit(table, ProfilerContract.run(1)));

    assertTrue(refusal.reason().en().contains("more than 200000 sets"), refusal.reason().en());
  }

  @Test
  void saysNothingOfProductsThatTheModelDoesNotKnow() throws Refused {
    Model model = fit("auto");
    Table other =
        Shop.table(List.of(List.of(List.of("tea", "new thing")), List.of(List.of("new thing"))));

    Map<Integer, List<Prediction>> told =
        ProfilerContract.predictions(Shop.profiler(), model, other);

    assertEquals(List.of(0), List.copyOf(told.keySet()));
    assertEquals("pot", told.get(0).getFirst().value());
  }

  @Test
  void refusesBytesOfAnotherModelAndAnotherTable() throws Refused {
    Model model = fit("auto");
    var broken = new Model(Arrays.copyOf(model.bytes(), 20), model.card());
    Table other = new Table(Shop.NOW, List.of(), List.of());

    assertThrows(
        IllegalArgumentException.class,
        () -> ProfilerContract.predictions(opened(), broken, table()));
    assertThrows(
        IllegalArgumentException.class, () -> opened().fit(other, ProfilerContract.run(1)));
  }

  @Test
  void saysHowManyItCannotHelp() throws Refused {
    Model model = fit("auto");
    int told = ProfilerContract.predictions(opened(), model, table()).size();

    assertFalse(model.card().limits().isEmpty());
    assertTrue(
        model.card().limits().getLast().en().contains((model.card().people() - told) + " of "),
        model.card().limits().toString());
  }

  private Model fit(String method) throws Refused {
    return Shop.profiler("method", method).fit(table(), ProfilerContract.run(1));
  }

  private static Map<Integer, List<Prediction>> predictions(Profiler profiler, Table table)
      throws Refused {
    Model model = profiler.fit(table, ProfilerContract.run(1));
    return ProfilerContract.predictions(profiler, model, table);
  }

  private static int empty(Table table) {
    Table.Events events = (Table.Events) table.columns().getFirst();
    return (int)
        IntStream.range(0, events.size())
            .filter(
                person ->
                    events.firstItem()[events.first()[person]]
                        == events.firstItem()[events.first()[person + 1]])
            .count();
  }
}
