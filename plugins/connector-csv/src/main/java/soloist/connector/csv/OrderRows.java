package soloist.connector.csv;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import soloist.spi.Fetched;

/**
 * The rows of one order on their way to be one. It happened at the earliest time that they name.
 */
final class OrderRows {
  private final String id;
  private final long row;
  private final Map<String, String> buyer = new LinkedHashMap<>();
  private final List<Fetched.Line> lines = new ArrayList<>();
  private Instant time = Instant.MAX;
  private @Nullable BigDecimal total;
  private @Nullable String currency;

  OrderRows(String id, long row) {
    this.id = id;
    this.row = row;
  }

  void add(Instant at, Cells cells) throws RowFault {
    time = at.isBefore(time) ? at : time;
    for (Map.Entry<String, String> each : cells.identifiers().entrySet()) {
      String other = buyer.putIfAbsent(each.getKey(), each.getValue());
      if (other != null && !other.equals(each.getValue())) {
        throw new RowFault(each.getKey(), Fault.ORDER_BUYERS);
      }
    }
    BigDecimal told = cells.number("order.total").orElse(null);
    if (told != null && total != null && told.compareTo(total) != 0) {
      throw new RowFault("order.total", Fault.ORDER_TOTALS);
    }
    total = total == null ? told : total;
    String in = cells.currency("order.currency");
    if (in != null && currency != null && !in.equals(currency)) {
      throw new RowFault("order.currency", Fault.ORDER_CURRENCIES);
    }
    currency = currency == null ? in : currency;
    if (Stream.of("product", "name", "category", "quantity", "price")
        .anyMatch(each -> cells.has("line." + each))) {
      lines.add(line(cells));
    }
  }

  private static Fetched.Line line(Cells cells) throws RowFault {
    String product = cells.id("line.product");
    String name = cells.textOrNull("line.name");
    return new Fetched.Line(
        product.isEmpty() && name != null ? name : product,
        name,
        cells.textOrNull("line.category"),
        cells.number("line.quantity").orElse(null),
        cells.number("line.price").orElse(null));
  }

  /** The sign of its amount says whether it takes goods back; without amounts the quantities do. */
  Fetched.Order order() {
    BigDecimal amount =
        total != null
            ? total
            : lines.stream().map(OrderRows::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    boolean returned =
        amount.signum() < 0
            || (amount.signum() == 0
                && lines.stream()
                    .anyMatch(line -> line.quantity() != null && line.quantity().signum() < 0));
    return new Fetched.Order(row, id, buyer, time, total, currency, returned, lines);
  }

  private static BigDecimal amount(Fetched.Line line) {
    if (line.price() == null) {
      return BigDecimal.ZERO;
    }
    return line.quantity() == null ? line.price() : line.price().multiply(line.quantity());
  }
}
