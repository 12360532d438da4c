package soloist.learning.value;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
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
  private static final int ROUNDS = Integer.getInteger("soloist.rounds", 200);
  private static final double CONFIDENCE = 0.8;
  private static final int WEEKS = 39;

  /** A quarter, from when half a year is known. */
  private static final int AHEAD = 13;

  private static final int FIRST_WEEK = 26;
  private static final int LAST_WEEK = 77;
  private static final LocalDate FIRST_DAY = LocalDate.of(1997, 1, 1);

  /** Days with orders since the first, by customer, in the order of {@link CdnowTest#orders}. */
  private static List<long[]> days = List.of();

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
      double[] played =
          new Future(models, random).orders(WEEKS, few, swing(drawn, WEEKS, WEEKS, random));
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
    assertTrue(ofWhatCame >= 0.7 * ROUNDS, ofWhatCame + " of " + ROUNDS);
  }

  /**
   * One future is one season for everybody who is drawn, so the rate is asked of many: each round
   * looks ahead from another week.
   */
  @ParameterizedTest
  @ValueSource(ints = {30, 100, 300, 1000})
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "3,000 models are learnt with -Dsoloist.slow=true")
  void holdsWhatComesFromWhicheverWeekItLooksAhead(int customers) {
    int ofWhatCame = 0;
    double width = 0;
    double without = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(round);
      int[] drawn = random.ints(customers, 0, days().size()).toArray();
      int week = FIRST_WEEK + random.nextInt(LAST_WEEK - AHEAD - FIRST_WEEK + 1);
      Backtest.Past past = new Drawn(drawn, week + AHEAD).at(AHEAD, AHEAD);
      List<BgNbd> models = Orders.shrunk(past.customers()).draws(200, random);
      Swing swing = swing(drawn, week, AHEAD, random);
      double[] steady = new Future(models, random).orders(AHEAD, past.customers());
      double[] played = new Future(models, random).orders(AHEAD, past.customers(), swing);
      ofWhatCame += holds(played, IntStream.of(past.came()).sum());
      width += width(played) / ROUNDS;
      without += width(steady) / ROUNDS;
    }
    System.out.printf(
        "%d customers of CDNOW, %d weeks ahead of any week: 80 %% intervals hold %.3f, from the"
            + " middle %.0f %% to each side (steady habits alone: %.0f %%)%n",
        customers, AHEAD, (double) ofWhatCame / ROUNDS, 100 * width, 100 * without);
    assertTrue(ofWhatCame >= 0.7 * ROUNDS, ofWhatCame + " of " + ROUNDS);
  }

  private static double width(double[] draws) {
    Interval interval = Interval.of(draws, CONFIDENCE);
    return (interval.high() - interval.low()) / (interval.high() + interval.low());
  }

  /** As it is known so many weeks after the first day. */
  private static Swing swing(int[] drawn, int week, double ahead, Random random) {
    return Swing.of(
        Backtest.trials(
            new Drawn(drawn, week),
            week,
            ahead,
            known -> known.stream().filter(each -> each.repeats() > 0).count() >= 10,
            random),
        ahead);
  }

  /** Some of the customers, as often as they were drawn. */
  private record Drawn(int[] rows, int week) implements Backtest.History {
    @Override
    public Backtest.Past at(double ago, double weeks) {
      long then = 7 * (long) (week - ago);
      List<Buying> known = new ArrayList<>();
      List<Integer> came = new ArrayList<>();
      for (int row : rows) {
        long[] days = days().get(row);
        long[] before = Arrays.stream(days).filter(day -> day <= then).toArray();
        if (before.length > 0) {
          known.add(buying(before, then));
          came.add(
              (int)
                  Arrays.stream(days)
                      .filter(day -> day > then && day <= then + 7 * (long) weeks)
                      .count());
        }
      }
      return new Backtest.Past(known, came.stream().mapToInt(each -> each).toArray());
    }

    private static Buying buying(long[] days, long now) {
      double first = days[0];
      return new Buying(days.length - 1, (days[days.length - 1] - first) / 7, (now - first) / 7, 0);
    }
  }

  private static List<long[]> days() {
    if (days.isEmpty()) {
      Map<String, TreeSet<Long>> byCustomer = new TreeMap<>();
      for (List<String> cells : Shared.lines("CDNOW_sample.txt", "\\s+")) {
        LocalDate day = LocalDate.parse(cells.get(2), DateTimeFormatter.BASIC_ISO_DATE);
        byCustomer
            .computeIfAbsent(cells.get(1), _ -> new TreeSet<>())
            .add(ChronoUnit.DAYS.between(FIRST_DAY, day));
      }
      days =
          byCustomer.values().stream()
              .map(each -> each.stream().mapToLong(day -> day).toArray())
              .toList();
    }
    return days;
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
