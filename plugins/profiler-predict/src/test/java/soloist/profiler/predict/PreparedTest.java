package soloist.profiler.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Model;
import soloist.spi.Profiler.Prediction;
import soloist.spi.Profiler.Refused;
import soloist.spi.Table;
import soloist.spi.Text;
import soloist.testkit.ProfilerContract;

/** What the owner has done to facts before they are learnt from, and what the card says of it. */
class PreparedTest {
  private static final int PEOPLE = 500;
  private static final Table.Events ORDERS = Shop.orders(PEOPLE, 1);

  @Test
  void learnsFromTheWordsOfTextsInBothLanguages() throws Refused {
    // All these words say the same, so only the first is taken and has the whole weight.
    Profiler profiler = Shop.profiler(Map.of("texts", "notes", "selection", "telling"));
    Table table = Shop.table(PEOPLE, ORDERS, notes());

    Model model = profiler.fit(table, ProfilerContract.run(1));

    String words = said(model.card().method(), "Of notes it takes");
    assertTrue(words.contains("退货") && words.contains("refund"), words);
    Map<Integer, List<Prediction>> told = ProfilerContract.predictions(profiler, model, table);
    double angry = 0;
    double happy = 0;
    int of = 0;
    for (Map.Entry<Integer, List<Prediction>> each : told.entrySet()) {
      boolean isAngry = notes().values().get(each.getKey()).contains("退货");
      double chance = Double.parseDouble(each.getValue().getFirst().value().toString());
      angry += isAngry ? chance : 0;
      happy += isAngry ? 0 : chance;
      of += isAngry ? 1 : 0;
    }
    assertTrue(angry / of > happy / (told.size() - of) + 0.2, angry + ", " + happy);
    assertTrue(
        told.values().stream()
            .anyMatch(each -> each.getFirst().evidence().en().contains("in notes")));
    Table silent =
        Shop.table(PEOPLE, ORDERS, new Table.Texts("notes", Collections.nCopies(PEOPLE, "")));
    assertNotEquals(told, ProfilerContract.predictions(profiler, model, silent));
  }

  /** Who does not come back has mostly written so. */
  private static Table.Texts notes() {
    var histories = new Histories(Shop.table(PEOPLE, ORDERS), settings(Map.of()));
    long then = histories.daysAgo(60);
    Random random = new Random(7);
    return new Table.Texts(
        "notes",
        IntStream.range(0, PEOPLE)
            .mapToObj(
                row ->
                    histories.happened(row, then) == random.nextInt(10) < 8
                        ? "Refund please, 要退货"
                        : "Thanks, 好茶")
            .toList());
  }

  @Test
  void leavesOutWhatSaysNothingNewAndNamesTheReason() throws Refused {
    double[] age = new Random(3).doubles(PEOPLE, 18, 80).toArray();
    double[] months = Arrays.stream(age).map(each -> 12 * each).toArray();
    double[] same = new double[PEOPLE];
    Arrays.fill(same, 4);
    Table table =
        Shop.table(
            PEOPLE,
            ORDERS,
            new Table.Numbers("age", age),
            new Table.Numbers("months", months),
            new Table.Numbers("level", same));
    Map<String, String> facts = Map.of("facts", "age, months, level");

    Profiler.Card all = Shop.profiler(facts).fit(table, ProfilerContract.run(1)).card();
    Profiler.Card telling =
        Shop.profiler(with(facts, "selection", "telling"))
            .fit(table, ProfilerContract.run(1))
            .card();

    assertTrue(all.method().stream().noneMatch(each -> each.en().startsWith("Left out")));
    assertTrue(
        said(telling.method(), "Left out: months")
            .matches("Left out: months, which says what age says \\(correlation (1|0.99)\\)."));
    assertEquals(
        "未采用：level，所有人都相同。",
        telling.method().stream()
            .map(Text::zh)
            .filter(each -> each.contains("level"))
            .findFirst()
            .orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cap", "leave-out"})
  void saysWhatBecameOfOutliers(String outliers) throws Refused {
    double[] age = new Random(3).doubles(PEOPLE, 30, 50).toArray();
    Arrays.fill(age, 0, 100, 1e6);
    Table table = Shop.table(PEOPLE, ORDERS, new Table.Numbers("age", age));
    Profiler profiler = Shop.profiler(Map.of("facts", "age", "outliers", outliers));

    Model model = profiler.fit(table, ProfilerContract.run(1));

    String age1 = said(model.card().method(), "age: ");
    assertTrue(age1.matches("age: [0-9]+ people lie outside what is usual, [0-9]+ to [0-9]+ .*"));
    assertTrue(age1.contains(outliers.equals("cap") ? "nearest usual" : "nothing is learnt"), age1);
    double[] older = age.clone();
    Arrays.fill(older, 0, 100, 1e9);
    Table other = Shop.table(PEOPLE, ORDERS, new Table.Numbers("age", older));
    boolean isSame =
        ProfilerContract.predictions(profiler, model, table)
            .equals(ProfilerContract.predictions(profiler, model, other));
    assertEquals(outliers.equals("cap"), isSame || evidenceAlone(profiler, model, table, other));
  }

  /** Whether only the figures in the words differ. */
  private static boolean evidenceAlone(Profiler profiler, Model model, Table one, Table two) {
    return values(profiler, model, one).equals(values(profiler, model, two));
  }

  private static List<Object> values(Profiler profiler, Model model, Table table) {
    return ProfilerContract.predictions(profiler, model, table).values().stream()
        .map(each -> each.getFirst().value())
        .toList();
  }

  @Test
  void usesASensitiveFactOnlyForAReasonThatTheCardShows() throws Refused {
    Map<String, String> facts = Map.of("facts", "health_score");
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Shop.profiler(facts))
            .getMessage()
            .contains("'health_score': nobody may be treated differently"));
    Table table =
        Shop.table(
            PEOPLE,
            ORDERS,
            new Table.Numbers("health_score", new Random(2).doubles(PEOPLE).toArray()));

    Profiler.Card card =
        Shop.profiler(with(facts, "sensitive", "patients agreed to it"))
            .fit(table, ProfilerContract.run(1))
            .card();

    assertEquals(
        "It goes by sensitive facts, health_score, because you chose so: patients agreed to it",
        said(card.limits(), "It goes by sensitive"));
  }

  /**
   * Until 120 days ago one half came often and the other had paused; then they changed places. What
   * was learnt before is the opposite of what holds.
   */
  @Test
  void namesWhoLeavesThoughHabitsWereOthersBefore() throws Refused {
    Random random = new Random(9);
    List<List<Long>> times =
        IntStream.range(0, PEOPLE)
            .mapToObj(
                person ->
                    person % 2 == 0 ? days(random, -400, -120) : days(random, -400, -200, -119, 0))
            .toList();
    Table table = Shop.table(PEOPLE, Shop.events("order", times, random));
    Profiler profiler = Shop.profiler(Map.of());

    Model model = profiler.fit(table, ProfilerContract.run(1));

    List<Profiler.Outcome> outcomes = profiler.outcomes(model, table, ProfilerContract.run(1));
    long rightly = outcomes.stream().filter(each -> each.chosen() == each.came()).count();
    assertEquals(PEOPLE, outcomes.size());
    assertTrue(rightly > 0.95 * PEOPLE, rightly + " told rightly");
  }

  /** Every few days from one day to another. */
  private static List<Long> days(Random random, int... fromTo) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < fromTo.length; i += 2) {
      for (int day = fromTo[i] + random.nextInt(6);
          day < fromTo[i + 1];
          day += 2 + random.nextInt(8)) {
        times.add(Shop.NOW.plus(Duration.ofDays(day)).toEpochMilli());
      }
    }
    return times;
  }

  private static PredictSettings settings(Map<String, String> changed) {
    return PredictSettings.of(Shop.settings(changed));
  }

  private static Map<String, String> with(Map<String, String> settings, String key, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(key, value);
    return more;
  }

  private static String said(List<Text> texts, String begins) {
    return texts.stream()
        .map(Text::en)
        .filter(each -> each.startsWith(begins))
        .findFirst()
        .orElseThrow(() -> new AssertionError(begins + " is not said: " + texts));
  }
}
