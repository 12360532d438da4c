package soloist.connector.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.spi.Fetched;
import soloist.spi.Mapping;
import soloist.spi.Survey;

/** The sample files that ship are taken as they are. */
class SamplesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "customer_data.csv|60|userId trait:name email trait:age trait:gender trait:region"
            + " trait:income trait:spending_score trait:purchase",
        "users.csv|60|userId trait:age trait:occupation trait:purchased",
        "user_purchases.csv|60|userId trait:age trait:income trait:visits trait:purchased"
      })
  void takesFilesOfCustomers(String name, int rows, String targets) throws Exception {
    Survey survey = sample(name).survey();
    List<Fetched> records = sample(name).pulled().records();

    assertEquals(Mapping.Kind.CUSTOMERS, survey.guess().kind());
    assertEquals(targets, String.join(" ", survey.guess().targets()));
    assertEquals(List.of(), survey.notes());
    assertEquals(rows, survey.rows());
    assertEquals(rows, records.size());
    for (Fetched record : records) {
      Map<String, Object> facts = ((Fetched.Customer) record).traits();
      assertTrue(facts.get("age") instanceof BigDecimal, record.toString());
      assertEquals(targets.split("trait:", -1).length - 1, facts.size());
    }
  }

  @ParameterizedTest
  @CsvSource({"products.csv, 40"})
  void takesAFileOfProducts(String name, int rows) throws Exception {
    assertEquals(
        List.of("product.id", "product.category", "product.price", "trait:purchased"),
        sample(name).survey().guess().targets());
    assertEquals(rows, sample(name).pulled().of(Fetched.Product.class).size());
    assertEquals(List.of(), sample(name).rejected());
  }

  @ParameterizedTest
  @CsvSource({"orders.csv, 80"})
  void takesAFileOfOrders(String name, int orders) throws Exception {
    assertEquals(
        List.of("userId", "order.id", "order.time", "line.product", "line.price"),
        sample(name).survey().guess().targets());
    assertEquals(orders, sample(name).pulled().of(Fetched.Order.class).size());
    assertEquals(List.of(), sample(name).rejected());
  }

  private static Written sample(String name) throws IOException, URISyntaxException {
    return new Written(
        Path.of(Objects.requireNonNull(SamplesTest.class.getResource("/samples/" + name)).toURI()));
  }
}
