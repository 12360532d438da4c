package soloist.profiler.value;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import soloist.learning.value.Buying;
import soloist.spi.Table;

/** The rows of a table that are customers: people with an order. */
final class Customers {
  /**
   * @param days since the last order, whole ones
   * @param spent in the one currency; 0 where nothing is known
   */
  record Customer(double days, double orders, double spent) {}

  private final long now;
  private final double[] orders;
  private final double[] spent;
  private final long[] last;
  private final Table.Events events;
  private final int currency;
  private final Table.@Nullable Events referrals;

  /**
   * @throws IllegalArgumentException when the columns are not those that were asked for
   */
  Customers(Table table, String currency) {
    if (table.columns().size() >= 4
        && table.columns().get(0) instanceof Table.Numbers(String _, double[] first)
        && table.columns().get(1) instanceof Table.Numbers(String _, double[] second)
        && table.columns().get(2) instanceof Table.Times(String _, long[] third)
        && table.columns().get(3) instanceof Table.Events fourth) {
      now = table.asOf().toEpochMilli();
      orders = first;
      spent = second;
      last = third;
      events = fourth;
      this.currency = events.names().indexOf(currency);
      referrals =
          table.columns().size() > 4 && table.columns().get(4) instanceof Table.Events fifth
              ? fifth
              : null;
    } else {
      throw new IllegalArgumentException("the table must have the columns in their order");
    }
  }

  int rows() {
    return orders.length;
  }

  boolean isCustomer(int row) {
    return orders[row] >= 1 && last[row] != Table.Times.NONE;
  }

  boolean hasSpent(int row) {
    return !Double.isNaN(spent[row]);
  }

  Customer at(int row) {
    return new Customer(days(row), orders[row], spent(row));
  }

  /** The same as it was at an instant; empty for who had not ordered yet. */
  Optional<Customer> at(int row, long until) {
    double count = 0;
    double sum = 0;
    long latest = 0;
    for (int i = events.first()[row];
        i < events.first()[row + 1] && events.times()[i] <= until;
        i++) {
      double amount = events.currencies()[i] == currency ? events.amounts()[i] : Double.NaN;
      count++;
      sum += Double.isNaN(amount) ? 0 : amount;
      latest = events.times()[i];
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(new Customer(TimeUnit.MILLISECONDS.toDays(until - latest), count, sum));
  }

  double days(int row) {
    return Math.max(0, TimeUnit.MILLISECONDS.toDays(now - last[row]));
  }

  double orders(int row) {
    return orders[row];
  }

  double spent(int row) {
    return hasSpent(row) ? spent[row] : 0;
  }

  /** How the customer has bought until now; empty where only sums are known. */
  Optional<Buying> buying(int row) {
    return buying(row, now);
  }

  /** How the customer had bought until an instant. */
  Optional<Buying> buying(int row, long until) {
    int from = events.first()[row];
    int to = from;
    while (to < events.first()[row + 1] && events.times()[to] <= until) {
      to++;
    }
    if (from == to) {
      return Optional.empty();
    }
    double[] amounts = Arrays.copyOfRange(events.amounts(), from, to);
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = events.currencies()[from + i] == currency ? amounts[i] : Double.NaN;
    }
    return Optional.of(Buying.of(Arrays.copyOfRange(events.times(), from, to), amounts, until));
  }

  /** Days with an order after an instant. */
  int ordersAfter(int row, long instant) {
    return ordersBetween(row, instant, now);
  }

  /** Days with an order after an instant, until another. */
  int ordersBetween(int row, long instant, long until) {
    return (int)
        Arrays.stream(events.times(), events.first()[row], events.first()[row + 1])
            .filter(time -> time > instant && time <= until)
            .map(TimeUnit.MILLISECONDS::toDays)
            .distinct()
            .count();
  }

  int referrals(int row) {
    return referrals == null ? 0 : referrals.first()[row + 1] - referrals.first()[row];
  }

  boolean knowsReferrals() {
    return referrals != null;
  }

  long now() {
    return now;
  }
}
