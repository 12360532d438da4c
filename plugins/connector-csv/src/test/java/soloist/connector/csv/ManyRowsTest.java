package soloist.connector.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large files: every row once, doubles in one form, and memory that does not grow with the file.
 */
class ManyRowsTest {
  private static final long MOST_MORE = 64 << 10; // KiB over reading ten rows

  @TempDir Path folder;

  @Test
  void bringsDoublesToOneForm() throws IOException {
    Path file = folder.resolve("customers.csv");
    int people = Doubles.write(file, 100_000);

    assertEquals(new Doubles.Found(100_000, people, 0), Doubles.read(file));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "memory is read from /proc")
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "a million customers are read with -Dsoloist.slow=true")
  void readsAMillionCustomersInBoundedMemory() throws Exception {
    Path few = folder.resolve("few.csv");
    Path many = folder.resolve("many.csv");
    Doubles.write(few, 10);
    int people = Doubles.write(many, 1_000_000);

    assertBounded(few, many, 1_000_000, people);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "memory is read from /proc")
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "a million rows of orders are read with -Dsoloist.slow=true")
  void gathersAMillionScatteredRowsOfOrdersInBoundedMemory() throws Exception {
    Path few = folder.resolve("few.csv");
    Path many = folder.resolve("many.csv");
    int orders = 250_000;
    writeOrders(few, 10, 5);
    writeOrders(many, 1_000_000, orders);

    assertBounded(few, many, 1_000_000, orders);
  }

  /** The lines of each order lie as far apart as they can. */
  private static void writeOrders(Path file, int rows, int orders) throws IOException {
    try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("order id,order date,customer id,sku,product name,quantity,price\n");
      for (int row = 0; row < rows; row++) {
        int order = row % orders;
        out.write("O" + order + ",2024-03-01 10:00,C" + order % 999 + ",P" + row % 77);
        out.write(",Coffee beans of the house,2,12.50\n");
      }
    }
  }

  private static void assertBounded(Path few, Path many, int rows, int distinct) throws Exception {
    long least = inItsOwnProcess(few).get(3);

    List<Long> found = inItsOwnProcess(many);

    assertEquals(List.of((long) rows, (long) distinct, 0L), found.subList(0, 3));
    System.out.println(rows + " rows took " + (found.get(3) - least) / 1024 + " MiB more");
    assertTrue(found.get(3) - least <= MOST_MORE, found + " KiB against " + least);
  }

  private static List<Long> inItsOwnProcess(Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Doubles.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), line);
    return line.strip()
        .lines()
        .flatMap(each -> List.of(each.split(" ")).stream())
        .map(Long::valueOf)
        .toList();
  }
}
