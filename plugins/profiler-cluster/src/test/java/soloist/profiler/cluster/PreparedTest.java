package soloist.profiler.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Model;
import soloist.spi.Profiler.Prediction;
import soloist.spi.Profiler.Refused;
import soloist.spi.Table;
import soloist.spi.Text;
import soloist.testkit.ProfilerContract;

/** What the owner has done to columns before groups are looked for, and what the card says. */
class PreparedTest {
  private static final int PEOPLE = 120;

  @Test
  void groupsPeopleByTheWordsOfWhatTheyWroteInBothLanguages() throws Refused {
    Profiler profiler =
        People.profiler(
            "numbers", "points", "times", "", "texts", "notes", "method", "k-means", "groups", "2");
    Table table =
        table(
            new Table.Numbers("points", new Random(4).doubles(PEOPLE, 0, 10).toArray()),
            new Table.Texts(
                "notes",
                IntStream.range(0, PEOPLE)
                    .mapToObj(i -> i % 2 == 0 ? "late parcel again" : "好茶，喜欢")
                    .toList()));

    Model model = profiler.fit(table, ProfilerContract.run(1));

    Map<Integer, List<Prediction>> told = ProfilerContract.predictions(profiler, model, table);
    Object even = told.get(0).getFirst().value();
    told.forEach(
        (row, traits) ->
            assertEquals(row % 2 == 0, traits.getFirst().value().equals(even), "row " + row));
    List<Text> names =
        profiler.segments(model).stream().map(Profiler.StandingSegment::name).toList();
    assertTrue(
        names.stream()
            .anyMatch(name -> name.en().matches(".*often “(late|parcel|again)” in notes.*")),
        names.toString());
    assertTrue(
        names.stream().anyMatch(name -> name.zh().matches(".*notes中的“(好|茶|好茶|喜|欢|喜欢)”多.*")),
        names.toString());
    String words = said(model.card().method(), "Of notes it takes 9 words");
    assertTrue(words.contains("parcel") && words.contains("喜欢"), words);
  }

  @Test
  void leavesOutWhatSaysNothingNewAndCapsOutliersAndNamesBoth() throws Refused {
    Random random = new Random(4);
    double[] points = random.doubles(PEOPLE, 5, 10).toArray();
    points[0] = 500;
    double[] halves = Arrays.stream(points).map(each -> each / 2).toArray();
    Table table =
        table(
            new Table.Numbers("points", points),
            new Table.Numbers("halves", halves),
            new Table.Numbers("age", random.doubles(PEOPLE, 20, 80).toArray()));
    Profiler profiler =
        People.profiler(
            "numbers",
            "points, halves, age",
            "times",
            "",
            "selection",
            "telling",
            "outliers",
            "cap",
            "method",
            "k-means",
            "groups",
            "2");

    Model model = profiler.fit(table, ProfilerContract.run(1));

    List<Text> method = model.card().method();
    assertTrue(
        said(method, "Left out: halves")
            .startsWith("Left out: halves, which says what points says"));
    assertTrue(
        said(method, "points: 1 people lie outside").endsWith("count as the nearest usual value."));
    assertEquals(
        ProfilerContract.predictions(profiler, model, table).get(0).getFirst().value(),
        ProfilerContract.predictions(profiler, model, with(table, 9e9)).get(0).getFirst().value());
  }

  /** Three columns say which of two kinds somebody is, each with noise of its own. */
  @Test
  void comparesAlongTheDirectionsThatHoldMostOfTheDifferences() throws Refused {
    Random random = new Random(4);
    double[][] columns = new double[3][PEOPLE];
    for (int i = 0; i < PEOPLE; i++) {
      for (double[] column : columns) {
        column[i] = 10 * (i % 2) + random.nextGaussian();
      }
    }
    Table table =
        table(
            new Table.Numbers("points", columns[0]),
            new Table.Numbers("visits", columns[1]),
            new Table.Numbers("age", columns[2]));
    Profiler profiler =
        People.profiler(
            "numbers",
            "points, visits, age",
            "times",
            "",
            "selection",
            "components",
            "method",
            "k-means",
            "groups",
            "2");

    Model model = profiler.fit(table, ProfilerContract.run(1));

    String along = said(model.card().method(), "People are compared along 1 direction ");
    assertTrue(
        along.matches(".*hold 9[0-9](\\.[0-9])? % of their differences: 1 .*mostly .*"), along);
    assertTrue(along.contains("points") && along.contains("visits"), along);
    Map<Integer, List<Prediction>> told = ProfilerContract.predictions(profiler, model, table);
    Object even = told.get(0).getFirst().value();
    told.forEach(
        (row, traits) ->
            assertEquals(row % 2 == 0, traits.getFirst().value().equals(even), "row " + row));
    Profiler.Measure explained =
        model.card().measures().stream()
            .filter(each -> each.name().en().startsWith("Part of the differences"))
            .findFirst()
            .orElseThrow();
    assertTrue(explained.value() > 0.975, "the noise across is not left out: " + explained);
  }

  private static Table with(Table table, double first) {
    double[] points = ((Table.Numbers) table.columns().getFirst()).values().clone();
    points[0] = first;
    return table(
        new Table.Numbers("points", points), table.columns().get(1), table.columns().get(2));
  }

  @Test
  void learnsNothingFromOutliersWhereToldSo() throws Refused {
    Table near = People.of(150, 1);
    Table far = People.of(150, 1);
    ((Table.Numbers) near.columns().getFirst()).values()[0] = 300;
    ((Table.Numbers) far.columns().getFirst()).values()[0] = 900;
    Profiler profiler =
        People.profiler("outliers", "leave-out", "method", "k-means", "groups", "3");

    Model model = profiler.fit(near, ProfilerContract.run(1));

    assertTrue(said(model.card().method(), "orders: 1 people").contains("nothing is learnt"));
    assertEquals(135, ProfilerContract.predictions(profiler, model, far).size());
    assertTrue(
        model.card().limits().stream().noneMatch(each -> each.en().contains("drawn at random")));
  }

  @Test
  void groupsBySensitiveFactsOnlyForAReasonThatTheCardShows() throws Refused {
    assertTrue(
        assertThrows(
                IllegalArgumentException.class, () -> People.profiler("numbers", "health_score"))
            .getMessage()
            .contains("'sensitive' is missing: 'health_score'"));
    Table table =
        table(new Table.Numbers("health_score", new Random(4).doubles(PEOPLE, 0, 10).toArray()));

    Profiler.Card card =
        People.profiler(
                "numbers", "health_score", "times", "", "sensitive", "a study they agreed to")
            .fit(table, ProfilerContract.run(1))
            .card();

    assertTrue(said(card.limits(), "It goes by sensitive").endsWith("a study they agreed to"));
  }

  private static Table table(Table.Column... columns) {
    return new Table(
        People.NOW, IntStream.range(0, PEOPLE).mapToObj(i -> "p" + i).toList(), List.of(columns));
  }

  private static String said(List<Text> texts, String begins) {
    return texts.stream()
        .map(Text::en)
        .filter(each -> each.startsWith(begins))
        .findFirst()
        .orElseThrow(() -> new AssertionError(begins + " is not said: " + texts));
  }
}
