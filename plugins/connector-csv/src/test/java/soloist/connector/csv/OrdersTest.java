package soloist.connector.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Fetched;
import soloist.spi.Mapping;

class OrdersTest {
  private static final String HEADER = "订单号,下单时间,用户ID,商品编号,数量,单价\n";

  @TempDir Path folder;

  @Test
  void gathersTheLinesOfAnOrderFromTheWholeFile() throws IOException {
    List<Fetched.Order> orders =
        orders(
            HEADER
                + "A2,2024-03-01 09:00,u1,p1,1,¥10\n"
                + "A1,2024-03-02 09:00,u2,p1,2,¥10\n"
                + "A2,2024-03-01 08:59,u1,p2,3,¥1.5\n");

    assertEquals(List.of("A1", "A2"), orders.stream().map(Fetched.Order::id).toList());
    Fetched.Order second = orders.get(1);
    assertEquals(List.of("p1", "p2"), second.lines().stream().map(Fetched.Line::product).toList());
    assertEquals(Map.of("userId", "u1"), second.identifiers());
    assertEquals(Instant.parse("2024-03-01T08:59:00Z"), second.time());
    assertEquals(new BigDecimal("1.5"), second.lines().get(1).price());
    assertEquals("CNY", second.currency());
    assertNull(second.total());
    assertEquals(1, second.row());
  }

  @Test
  void takesAnOrderWithAllItsRowsOrNotAtAll() throws IOException {
    Written file =
        Written.text(
            folder,
            HEADER
                + "A1,2024-03-01,u1,p1,1,10\n"
                + "A2,2024-03-01,u2,p1,1,10\n"
                + "A1,2024-03-01,u1,p2,many,10\n"
                + "A1,2024-03-01,u1\n"
                + ",2024-03-01,u1,p1,1,10\n");

    assertEquals(
        List.of(
            "5  order-id-missing",
            "1  order-incomplete",
            "3 数量 number-invalid",
            "4  order-incomplete"),
        file.rejected());
    assertEquals(1, file.pulled().of(Fetched.Order.class).size());
  }

  @Test
  void refusesAnOrderOfTwoBuyers() throws IOException {
    Written file =
        Written.text(folder, HEADER + "A1,2024-03-01,u1,p1,1,10\nA1,2024-03-01,u2,p2,1,10\n");

    assertEquals(List.of("1  order-incomplete", "2 userId order-buyers"), file.rejected());
  }

  @Test
  void tellsReturnsByTheirAmounts() throws IOException {
    List<Fetched.Order> orders =
        orders(
            "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
                + "536365,85123A,6,2010-12-01 08:26:00,2.55,17850\n"
                + "C536379,D,-1,2010-12-01 09:41:00,27.5,14527\n"
                + "536414,22139,56,2010-12-01 11:52:00,0,\n");

    assertEquals(
        List.of(false, false, true), orders.stream().map(Fetched.Order::returned).toList());
    assertEquals("536414", orders.get(1).id());
    assertTrue(orders.get(1).identifiers().isEmpty());
  }

  @Test
  void takesATotalOncePerOrder() throws IOException {
    Written file =
        Written.text(
            folder,
            "order id,order date,email,sku,total,currency\n"
                + "A1,2024-03-01,a@example.com,p1,30,eur\n"
                + "A1,2024-03-01,a@example.com,p2,30.00,EUR\n"
                + "A2,2024-03-01,a@example.com,p1,10,EUR\n"
                + "A2,2024-03-01,a@example.com,p2,20,EUR\n");

    List<Fetched.Order> orders = file.pulled().of(Fetched.Order.class);

    assertEquals(1, orders.size());
    assertEquals(new BigDecimal("30"), orders.getFirst().total());
    assertEquals("EUR", orders.getFirst().currency());
    assertTrue(file.rejected().contains("4 order.total order-totals"));
  }

  @Test
  void makesOneOrderOfABuyersRowsAtTheSameTimeWhereThereAreNoNumbers() throws IOException {
    String text =
        "customer id,purchase time,product id,amount\n"
            + "u1,2024-03-01 10:00,p1,1\nu2,2024-03-01 10:00,p1,1\nu1,2024-03-01 10:00,p2,1\n";

    List<Fetched.Order> orders = orders(text);

    assertEquals(2, orders.size());
    assertEquals(3, orders.stream().mapToInt(order -> order.lines().size()).sum());
    assertEquals(ids(orders), ids(orders(text)));
  }

  @Test
  void refusesAnOrderThatDoesNotEnd() throws IOException {
    Written file =
        Written.text(
            folder,
            HEADER + "A1,2024-03-01,u1,p1,1,10\n".repeat(10_001) + "B1,2024-03-01,u1,p1,1,1");

    List<String> rejected = file.rejected();

    assertEquals(10_001, rejected.size());
    assertTrue(rejected.stream().allMatch(each -> each.endsWith(" order-too-long")));
    assertEquals(1, file.pulled().of(Fetched.Order.class).size());
  }

  @Test
  void sortsTheSameThroughFilesAsInMemory() throws IOException {
    var random = new Random(5);
    var expected = new TreeSet<RowSorter.Keyed>();
    try (var sorter = new RowSorter(2_000)) {
      for (int i = 0; i < 3_000; i++) {
        var row =
            new RowSorter.Keyed("键" + random.nextInt(700), i, Fault.NONE, "x\ny".repeat(i % 5));
        expected.add(row);
        sorter.add(row);
      }
      try (RowSorter.Merged sorted = sorter.sorted()) {
        for (RowSorter.Keyed row : expected) {
          assertEquals(row, sorted.next());
        }
        assertNull(sorted.next());
      }
    }
  }

  @Test
  void guessesWhatTheRowsAre() throws IOException {
    assertEquals(Mapping.Kind.ORDERS, Written.text(folder, HEADER).survey().guess().kind());
    assertFalse(
        Written.text(folder, "email,order count\n").survey().guess().kind() == Mapping.Kind.ORDERS);
  }

  private List<Fetched.Order> orders(String text) throws IOException {
    return Written.text(folder, text).pulled().of(Fetched.Order.class);
  }

  private static List<String> ids(List<Fetched.Order> orders) {
    return orders.stream().map(Fetched.Order::id).toList();
  }
}
