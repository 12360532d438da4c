package soloist.connector.csv;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import soloist.spi.Connector;
import soloist.spi.Fetched;
import soloist.spi.Settings;

/**
 * A file of customers of whom three in ten come a second time, written otherwise. As a program it
 * reads such a file in a process of its own and prints what it found and the most memory it took.
 */
final class Doubles {
  private static final String[] DOMAINS = {"example.com", "müller.example", "例子.cn"};
  private static final String[] ASCII = {"example.com", "xn--mller-kva.example", "xn--fsqu00a.cn"};

  private Doubles() {}

  /**
   * @return how many different people there are
   */
  static int write(Path file, int rows) throws IOException {
    var random = new Random(42);
    int people = 0;
    try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("email,name,city,age\n");
      for (int row = 0; row < rows; row++) {
        boolean again = row > 0 && row % 10 >= 7;
        int person = again ? random.nextInt(people) : people++;
        out.write(again ? otherwise(person, random.nextInt(6)) : address(person));
        out.write(",Ada \"the\" " + person + ",\"Rome, Italy\"," + (18 + person % 60) + "\n");
      }
    }
    return people;
  }

  private static String address(int person) {
    return "c" + person + "@" + DOMAINS[person % DOMAINS.length];
  }

  private static String otherwise(int person, int way) {
    String address = address(person);
    int at = address.indexOf('@');
    String domain = address.substring(at + 1);
    return switch (way) {
      case 0 -> address.substring(0, at) + "@" + domain.toUpperCase(Locale.ROOT);
      case 1 -> address.replace('@', '＠');
      case 2 -> address.substring(0, at) + "@" + domain.replace('.', '。');
      case 3 -> address + ".";
      case 4 -> address.substring(0, at) + "@" + ASCII[person % DOMAINS.length];
      default -> "  ｃ" + address.substring(1) + " ";
    };
  }

  /**
   * What was found in a file.
   *
   * @param rows customers, or lines of orders
   * @param different people or orders
   * @param wrong rows that were rejected, and addresses that are not in the one form
   */
  record Found(int rows, int different, int wrong) {}

  /** Reads such a file, or one of orders O0, O1 and so on. */
  static Found read(Path file) throws IOException {
    var seen = new BitSet();
    int[] rows = new int[1];
    int[] wrong = new int[1];
    try (Connector connector = new CsvConnector()) {
      connector.open(new Settings(Map.of("file", file.toString())));
      connector.pull(
          connector.survey().guess(),
          "",
          new Connector.Sink() {
            @Override
            public boolean accept(Fetched record, String cursor) {
              switch (record) {
                case Fetched.Customer customer -> {
                  rows[0]++;
                  wrong[0] += note(customer.identifiers().get("email"), seen) ? 0 : 1;
                }
                case Fetched.Order order -> {
                  rows[0] += order.lines().size();
                  seen.set(Integer.parseInt(order.id().substring(1)));
                }
                case Fetched.Product _, Fetched.Rejected _ -> wrong[0]++;
              }
              return true;
            }

            @Override
            public boolean progress(long done, long total) {
              return true;
            }
          });
    }
    return new Found(rows[0], seen.cardinality(), wrong[0]);
  }

  /** Reads the file that the first argument names. */
  public static void main(String[] arguments) throws IOException {
    Found found = read(Path.of(arguments[0]));
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .println(found.rows() + " " + found.different() + " " + found.wrong() + " " + peak());
  }

  /** False when the address is not in the one form that all doubles share. */
  private static boolean note(String address, BitSet people) {
    int at = address.indexOf('@');
    int person = Integer.parseInt(address.substring(1, at));
    people.set(person);
    return address.equals("c" + person + "@" + ASCII[person % ASCII.length]);
  }

  /** The most memory that this process has had, in KiB. */
  private static long peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
