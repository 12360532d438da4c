package soloist.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import soloist.bench.crash.CrashCommand;
import soloist.bench.crash.Shipped;
import soloist.bench.crash.StoreCommand;

/**
 * The commands {@code bench WHAT} and {@code test WHAT}. Results go to standard output, everything
 * else to standard error. Exit codes: 0 done, 1 failed, 2 wrong use.
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
  private static final String KNOWN =
      "test crash, test store, bench " + String.join(", bench ", Benches.IDS);

  private static final Set<String> SWITCHES = Set.of("json", "growth");

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(Arrays.asList(arguments)));
  }

  private static int run(List<String> arguments) {
    String command = String.join(" ", arguments.subList(0, Math.min(2, arguments.size())));
    List<String> rest = arguments.subList(Math.min(2, arguments.size()), arguments.size());
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    try {
      return switch (command) {
        case "test store" -> StoreCommand.run(options(rest, StoreCommand.OPTIONS), out);
        case "test crash" -> CrashCommand.run(options(rest, CrashCommand.OPTIONS), out);
        case "bench profilers" -> bench("profilers", options(rest, Set.of("n", "smile")), out);
        case "bench engines" -> bench("engines", options(rest, Set.of("n", "sqlite")), out);
        case "bench store" -> bench("store", options(rest, Set.of("n", "against")), out);
        default -> {
          String id = arguments.size() > 1 ? arguments.get(1) : "";
          if (!Benches.IDS.contains(id) || !command.startsWith("bench ")) {
            throw new IllegalArgumentException("there is no such command; there are: " + KNOWN);
          }
          yield bench(id, options(rest, Set.of("n")), out);
        }
      };
    } catch (IllegalArgumentException e) {
      System.err.println("soloist " + command + ": " + e.getMessage());
      return WRONG_USE;
    } catch (IOException | InterruptedException | IllegalStateException | AssertionError e) {
      System.err.println("soloist " + command + ": " + e.getMessage());
      return FAILED;
    }
  }

  private static int bench(String id, Map<String, String> options, PrintStream out)
      throws IOException, InterruptedException {
    for (Figure figure : Benches.run(id, options, Shipped.here().folder())) {
      out.println(options.containsKey("json") ? figure.json() : figure.line());
    }
    return 0;
  }

  /** Reads {@code --name value} and the switches. */
  private static Map<String, String> options(List<String> arguments, Set<String> known) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i).replaceFirst("^--", "");
      if (SWITCHES.contains(name)) {
        options.put(name, "true");
      } else if (!known.contains(name) || i + 1 == arguments.size()) {
        throw new IllegalArgumentException(
            "there is no option " + arguments.get(i) + ", or no value");
      } else {
        options.put(name, arguments.get(++i));
      }
    }
    return options;
  }
}
