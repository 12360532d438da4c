package soloist.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import soloist.spi.Table;

class OddOrdersTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final List<long[]> times = new ArrayList<>();
  private final List<double[]> amounts = new ArrayList<>();

  @Test
  void measuresACustomerByHisOwnOrdersWhereTheyAreKnown() {
    shop(40, 20);
    adds(days(8, 1), 500, 480, 510, 530, 495, 470, 505, 500);
    adds(days(8, 1), 20, 21, 19, 20, 22, 18, 20, 200);

    assertEquals(List.of("41 7 review-own"), found(0));
  }

  @Test
  void measuresOthersByAllCustomers() {
    shop(40, 20);
    adds(days(1, 1), 21);
    adds(days(2, 1), 20, 900);

    assertEquals(List.of("41 1 review-all"), found(0));
  }

  @Test
  void pointsOutManyOrdersInADayWhereThatIsRare() {
    shop(40, 20);
    adds(new long[] {0, 1000, 2000, 3000, 4000}, 20, 20, 20, 20, 20);
    adds(new long[] {0, 1000, 2 * DAY, 2 * DAY + 1}, 20, 20, 20, 20);

    assertEquals(List.of("40 4 review-many"), found(0));
  }

  @Test
  void findsNothingOddWhereEverybodyOrdersManyTimesADay() {
    for (int person = 0; person < 60; person++) {
      adds(new long[] {0, 1000, 2000, 3000, 4000}, 20, 21, 20, 19, 20);
    }

    assertEquals(List.of(), found(0));
  }

  @Test
  void saysNothingOfWhatWasBeforeNorOfFewOrdersNorOfNoAmount() {
    adds(days(2, 1), 20, 90_000);
    adds(days(7, 1), 20, 20, 20, 20, 20, 20, Double.NaN);
    assertEquals(List.of(), found(0));

    shop(40, 20);
    adds(days(8, 1), 20, 21, 19, 20, 22, 18, 20, 200);

    assertEquals(List.of(), found(100 * DAY));
  }

  /** Orders every ten days or so, of amounts that differ by a third. */
  private void shop(int people, int orders) {
    Random random = new Random(1);
    for (int person = 0; person < people; person++) {
      adds(days(orders, 10), random.doubles(orders, 15, 27).map(Math::round).toArray());
    }
  }

  private static long[] days(int count, int apart) {
    return LongStream.range(0, count).map(i -> i * apart * DAY).toArray();
  }

  private void adds(long[] when, double... howMuch) {
    times.add(when);
    amounts.add(howMuch);
  }

  /** Row, order of that row, and the first reason. */
  private List<String> found(long since) {
    int people = times.size();
    int[] first = new int[people + 1];
    for (int row = 0; row < people; row++) {
      first[row + 1] = first[row] + times.get(row).length;
    }
    double[] all = amounts.stream().flatMapToDouble(DoubleStream::of).toArray();
    Table.Events orders =
        new Table.Events(
            "order",
            first,
            times.stream().flatMapToLong(LongStream::of).toArray(),
            all,
            IntStream.range(0, all.length).map(i -> Double.isNaN(all[i]) ? -1 : 0).toArray(),
            new int[all.length + 1],
            new int[0],
            List.of("EUR"));
    return OddOrders.among(orders, since).stream()
        .map(
            odd ->
                odd.row()
                    + " "
                    + (odd.event() - first[odd.row()])
                    + " "
                    + odd.reasons().getFirst().code())
        .toList();
  }
}
