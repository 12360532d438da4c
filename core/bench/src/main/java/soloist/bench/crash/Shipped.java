package soloist.bench.crash;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder that ships.
 *
 * @param folder with {@code lib}, {@code plugins} and {@code bench}
 * @param more options of the virtual machine of servers
 */
public record Shipped(Path folder, List<String> more) {
  private static final String OURS = "soloist-bench-";

  /** For who lives for seconds: the optimising compiler costs more than it brings. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

  public Shipped(Path folder) {
    this(folder, List.of(SHORT_LIVED));
  }

  /** Servers that live for minutes. */
  Shipped lasting() {
    return new Shipped(folder, List.of());
  }

  /** Servers that write down at their end what makes the next start faster. */
  Shipped learning(Path cache) {
    return with("-XX:AOTCacheOutput=" + cache);
  }

  /** Servers that start from what was learnt. */
  Shipped startingFrom(Path cache) {
    return Files.exists(cache) ? with("-XX:AOTCache=" + cache) : this;
  }

  private Shipped with(String option) {
    return new Shipped(folder, Stream.concat(more.stream(), Stream.of(option)).toList());
  }

  /** The folder that this program was started from. */
  public static Shipped here() throws IOException {
    try {
      Path jar = Path.of(Shipped.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new Shipped(jar.resolveSibling("..").normalize());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  Path plugins() {
    return folder.resolve("plugins");
  }

  /** A command that runs a main class on what a server runs on, and on our own jar. */
  List<String> server(Class<?> main, String... arguments) throws IOException {
    List<String> command = command(main, classPath(OURS), List.of(arguments));
    command.addAll(1, more);
    return command;
  }

  /** A command that runs a main class with everything that trying needs. */
  List<String> tool(Class<?> main, String... arguments) throws IOException {
    List<String> command = command(main, classPath(""), List.of(arguments));
    command.add(1, SHORT_LIVED);
    return command;
  }

  private static List<String> command(Class<?> main, String classPath, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                main.getName()));
    command.addAll(arguments);
    return command;
  }

  private String classPath(String benchPrefix) throws IOException {
    List<Path> jars = new ArrayList<>(jars(folder.resolve("lib"), ""));
    jars.addAll(jars(folder.resolve("bench"), benchPrefix));
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> jars(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .toList();
    }
  }
}
