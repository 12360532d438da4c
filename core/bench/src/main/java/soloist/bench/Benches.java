package soloist.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Every benchmark by its id. */
final class Benches {
  static final List<String> IDS = List.of("B7a", "B8");

  private Benches() {}

  /**
   * Runs one benchmark.
   *
   * @param n its size; each has a usual one
   * @param shipped the folder with {@code lib}, {@code bench} and {@code plugins}
   * @throws IllegalArgumentException when there is no such benchmark; the message says which there
   *     are
   */
  static List<Figure> run(String id, OptionalInt n, Path shipped)
      throws IOException, InterruptedException {
    return switch (id) {
      case "B7a" ->
          new WakeUpBench(shipped.resolve("plugins"), Files.createTempDirectory("soloist-b7a"))
              .run(n.orElse(1_000_000));
      case "B8" -> new StartBench(shipped).run(n.orElse(60));
      default ->
          throw new IllegalArgumentException(
              "there is no benchmark '" + id + "'; there are: " + IDS);
    };
  }
}
