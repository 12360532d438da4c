package soloist.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Every benchmark by its id. */
final class Benches {
  static final List<String> IDS =
      List.of("B1a", "B1b", "B1c", "B7a", "B8", "engines", "ingest", "live", "profilers", "store");

  private Benches() {}

  /**
   * Runs one benchmark.
   *
   * @param options {@code n}, its size, each having a usual one; for the store also {@code growth}
   *     and {@code against}, for engines {@code sqlite}, a driver, for profilers {@code smile}, a
   *     folder of jars
   * @param shipped the folder with {@code lib}, {@code bench} and {@code plugins}
   * @throws IllegalArgumentException when there is no such benchmark; the message says which there
   *     are
   */
  static List<Figure> run(String id, Map<String, String> options, Path shipped)
      throws IOException, InterruptedException {
    OptionalInt n =
        options.containsKey("n")
            ? OptionalInt.of(Integer.parseInt(options.get("n")))
            : OptionalInt.empty();
    if (!IDS.contains(id)) {
      throw new IllegalArgumentException("there is no benchmark '" + id + "'; there are: " + IDS);
    }
    try (Scratch scratch = Scratch.of("bench")) {
      return run(id, options, n, shipped, scratch.folder());
    }
  }

  private static List<Figure> run(
      String id, Map<String, String> options, OptionalInt n, Path shipped, Path folder)
      throws IOException, InterruptedException {
    Path plugins = shipped.resolve("plugins");
    return switch (id) {
      case "B7a" -> new WakeUpBench(plugins, folder).run(n.orElse(1_000_000));
      case "B8" -> new StartBench(shipped, folder).run(n.orElse(60));
      case "live" -> {
        try (var bench = new LiveBench(plugins, folder)) {
          yield bench.run(n.orElse(LiveBench.USUAL));
        }
      }
      case "ingest", "B1a", "B1b", "B1c" ->
          new IngestBench(plugins, folder, n.orElse(IngestBench.USUAL))
              .run(id.equals("ingest") ? IngestBench.ALL : Set.of(id));
      case "engines" ->
          new EngineBench(folder, n.orElse(EngineBench.USUAL))
              .run(Optional.ofNullable(options.get("sqlite")).map(Path::of));
      case "profilers" -> {
        try (var bench = new ProfilersBench(folder)) {
          yield bench.run(
              n.orElse(100_000), Optional.ofNullable(options.get("smile")).map(Path::of));
        }
      }
      case "store" ->
          options.containsKey("growth")
              ? new StoreBench(folder, n.orElse(StoreBench.GROWN), StoreSide.Kind.OURS).growth()
              : new StoreBench(folder, n.orElse(StoreBench.USUAL), reference(options)).run();
      default -> throw new IllegalArgumentException(id);
    };
  }

  private static StoreSide.Kind reference(Map<String, String> options) {
    return switch (options.getOrDefault("against", "memory")) {
      case "memory" -> StoreSide.Kind.MEMORY;
      case "h2" -> StoreSide.Kind.H2;
      case "nothing" -> StoreSide.Kind.NOTHING;
      default -> throw new IllegalArgumentException("--against takes memory, h2 or nothing");
    };
  }
}
