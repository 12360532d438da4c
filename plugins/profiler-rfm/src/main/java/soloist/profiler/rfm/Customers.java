package soloist.profiler.rfm;

import java.util.concurrent.TimeUnit;
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

  /**
   * @throws IllegalArgumentException when the columns are not those that were asked for
   */
  Customers(Table table) {
    if (table.columns().size() == 3
        && table.columns().get(0) instanceof Table.Numbers(String _, double[] first)
        && table.columns().get(1) instanceof Table.Numbers(String _, double[] second)
        && table.columns().get(2) instanceof Table.Times(String _, long[] third)) {
      now = table.asOf().toEpochMilli();
      orders = first;
      spent = second;
      last = third;
    } else {
      throw new IllegalArgumentException("the table must have the three columns in their order");
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

  double days(int row) {
    return Math.max(0, TimeUnit.MILLISECONDS.toDays(now - last[row]));
  }

  double orders(int row) {
    return orders[row];
  }

  double spent(int row) {
    return hasSpent(row) ? spent[row] : 0;
  }
}
