package soloist.connector.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Fetched;
import soloist.testkit.Pulled;

/**
 * A year of a real shop (Chen, Sain, Guo 2012, doi:10.1057/dbm.2012.17), where its files lie beside
 * the repository or where {@code -Dsoloist.retail} says.
 */
class OnlineRetailTest {
  private static final Path MONTHS =
      Path.of(System.getProperty("soloist.retail", "../../../shared/data/online_retail"));

  @TempDir Path folder;

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "half a million rows of a real shop are read with -Dsoloist.slow=true")
  void givesTheKnownFiguresOfARealShop() throws IOException {
    assumeTrue(Files.isDirectory(MONTHS), "the files of Online Retail are not there: " + MONTHS);
    Written file = new Written(unpacked());

    assertEquals(541_909, file.survey().rows());
    Pulled pulled = file.pulled();

    assertEquals(0, pulled.of(Fetched.Rejected.class).size());
    List<Fetched.Order> orders = pulled.of(Fetched.Order.class);
    assertEquals(541_909, orders.stream().mapToInt(order -> order.lines().size()).sum());
    assertTrue(
        orders.stream()
            .filter(each -> each.id().startsWith("C"))
            .allMatch(Fetched.Order::returned));
    Set<String> customers = new HashSet<>();
    BigDecimal amount = BigDecimal.ZERO;
    int invoices = 0;
    for (Fetched.Order order : orders) {
      List<BigDecimal> sold =
          order.lines().stream()
              .filter(line -> line.quantity().signum() > 0 && line.price().signum() > 0)
              .map(line -> line.quantity().multiply(line.price()))
              .toList();
      if (!sold.isEmpty() && order.identifiers().containsKey("userId") && !order.returned()) {
        invoices++;
        customers.add(order.identifiers().get("userId"));
        amount = amount.add(sold.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
      }
    }
    assertEquals(18_532, invoices);
    assertEquals(4_338, customers.size());
    assertEquals(
        0, new BigDecimal("8911407.90").compareTo(amount.setScale(2, RoundingMode.HALF_UP)));
  }

  private Path unpacked() throws IOException {
    Path file = folder.resolve("online_retail.csv");
    try (Stream<Path> months = Files.list(MONTHS);
        OutputStream out = Files.newOutputStream(file)) {
      boolean first = true;
      for (Path month :
          months.filter(each -> each.getFileName().toString().startsWith("20")).sorted().toList()) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(month))) {
          byte[] text = in.readAllBytes();
          int header = new String(text, 0, 200, StandardCharsets.UTF_8).indexOf('\n') + 1;
          out.write(text, first ? 0 : header, text.length - (first ? 0 : header));
          first = false;
        }
      }
    }
    return file;
  }
}
