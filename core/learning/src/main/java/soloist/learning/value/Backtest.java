package soloist.learning.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Foretells earlier spans of a history from what was known before each, one behind the other, and
 * holds what came beside it (rolling forecasting origin; Hyndman, Athanasopoulos, "Forecasting:
 * Principles and Practice", 3rd ed., 5.10).
 */
public final class Backtest {
  private static final int MOST_SPANS = 6;

  /** A span of a quarter leaves three of them with something known before each. */
  private static final int LEAST_PARTS = 4;

  private static final int DRAWS = 100;

  /** More would hardly tell more of all of them, but take longer. */
  private static final int MOST_CUSTOMERS = 2_000;

  private Backtest() {}

  /**
   * Customers as they were at an instant.
   *
   * @param came their days with orders in a span behind it
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Past(List<Buying> customers, int[] came) {
    public Past {
      customers = List.copyOf(customers);
    }

    Past thinned(int most) {
      int every = Math.max(1, (customers.size() + most - 1) / most);
      int[] kept = IntStream.range(0, customers.size()).filter(i -> i % every == 0).toArray();
      return new Past(
          IntStream.of(kept).mapToObj(customers::get).toList(),
          IntStream.of(kept).map(i -> came[i]).toArray());
    }
  }

  /** What can be looked at as it was before. */
  public interface History {
    /** Who was a customer so many weeks ago, and their orders within the next weeks from then. */
    Past at(double ago, double weeks);
  }

  /**
   * What came of one span.
   *
   * @param weeks how long it is
   * @param off the logarithm of the orders that came over those foretold
   * @param variance of it by the chance in each customer and what is not known of the parameters
   */
  public record Trial(double weeks, double off, double variance) {}

  /**
   * Tries as many spans as there are, the latest first.
   *
   * @param oldest for how many weeks the oldest customer has been one
   * @param ahead how long spans are where the history is long enough for four of them
   * @param isEnough whether customers are enough to learn from
   */
  public static List<Trial> trials(
      History history,
      double oldest,
      double ahead,
      Predicate<List<Buying>> isEnough,
      Random random) {
    List<Trial> trials = new ArrayList<>();
    double weeks = Math.floor(Math.min(ahead, oldest / LEAST_PARTS));
    for (int span = 1; weeks >= 1 && span <= MOST_SPANS && (span + 1) * weeks <= oldest; span++) {
      Past past = history.at(span * weeks, weeks).thinned(MOST_CUSTOMERS);
      if (isEnough.test(past.customers())) {
        trials.add(trial(past, weeks, random));
      }
    }
    return List.copyOf(trials);
  }

  private static Trial trial(Past past, double weeks, Random random) {
    List<BgNbd> models = Orders.shrunk(past.customers()).draws(DRAWS, random);
    double[] logs =
        Arrays.stream(new Future(models, random).orders(weeks, past.customers()))
            .map(Backtest::log)
            .toArray();
    double mean = Arrays.stream(logs).average().orElseThrow();
    double squares = Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
    return new Trial(
        weeks, log(IntStream.of(past.came()).sum()) - mean, squares / (logs.length - 1));
  }

  /** Half an order more, since a span may be without any. */
  private static double log(double orders) {
    return Math.log(orders + 0.5);
  }
}
