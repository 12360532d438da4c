package soloist.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * B8: from the start of the process to the first 200, and resident memory once idle, of the whole
 * server with ten plugins and the demo company against a bare Vert.x server with web and driver;
 * same flags, each with an AOT cache of its own. Memory is read from {@code /proc}, so on Linux
 * only.
 */
final class StartBench {
  private static final int ROUNDS = 5;
  private static final int PLUGINS = 10;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private final Path shipped;
  private final Path work;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  /**
   * @param shipped the folder with {@code lib} and {@code bench}
   * @param work a folder for all files
   */
  StartBench(Path shipped, Path work) {
    this.work = work;
    this.shipped = shipped;
  }

  private record Started(double seconds, double megabytes) {}

  List<Figure> run(int orders) throws IOException, InterruptedException {
    Path plugins = work.resolve("plugins");
    int copies = ManyPlugins.fill(shipped.resolve("plugins"), plugins, PLUGINS);
    System.err.println(PLUGINS + " plugins, of which " + copies + " are copies under other ids");
    String server = jars("lib", "");
    String bare = server + java.io.File.pathSeparator + jars("bench", "soloist-bench");
    Path ourCache =
        cache(
            work.resolve("ours.aot"),
            server,
            "soloist.Main",
            "demo",
            "--once",
            "--orders",
            "20",
            "--json");
    Path bareCache = bareCache(work.resolve("bare.aot"), bare);
    double[][] ours = new double[2][ROUNDS];
    double[][] reference = new double[2][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      String port = Integer.toString(freePort());
      put(
          ours,
          round,
          start(
              command(
                  ourCache,
                  server,
                  "soloist.Main",
                  "demo",
                  "--orders",
                  Integer.toString(orders),
                  "--plugins",
                  plugins.toString(),
                  "--port",
                  port),
              port));
      port = Integer.toString(freePort());
      put(
          reference,
          round,
          start(command(bareCache, bare, BareServer.class.getName(), port), port));
    }
    return List.of(
        new Figure("B8-start", orders, ours[0], reference[0], "s", "lower", "<= 2.5 s", 1),
        new Figure("B8-rss", orders, ours[1], reference[1], "MB", "lower", "<= 250 MB", 1));
  }

  private static void put(double[][] into, int round, Started started) {
    into[0][round] = started.seconds();
    into[1][round] = started.megabytes();
  }

  private Started start(List<String> command, String port)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      untilReady(process, URI.create("http://127.0.0.1:" + port + "/health"), start);
      double seconds = (System.nanoTime() - start) / 1e9;
      Thread.sleep(SETTLE);
      return new Started(seconds, residentMegabytes(process.pid()));
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private void untilReady(Process process, URI health, long start)
      throws IOException, InterruptedException {
    while (true) {
      try {
        HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(2)).build();
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (ConnectException _) {
        Thread.sleep(5);
      }
      if (!process.isAlive() || System.nanoTime() - start > LONGEST.toNanos()) {
        throw new IOException("a server did not answer at " + health);
      }
    }
  }

  private static double residentMegabytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("process " + pid + " tells no resident memory");
  }

  private Path cache(Path cache, String classPath, String... main)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java(), "-XX:AOTCacheOutput=" + cache));
    command.addAll(flags());
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(main));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("SOLOIST_PORT", "0");
    builder.start().waitFor();
    return cache;
  }

  /** The bare server never ends by itself: it is trained for one answer and told to end. */
  private Path bareCache(Path cache, String classPath) throws IOException, InterruptedException {
    String port = Integer.toString(freePort());
    List<String> command = new ArrayList<>(List.of(java(), "-XX:AOTCacheOutput=" + cache));
    command.addAll(flags());
    command.addAll(List.of("-cp", classPath, BareServer.class.getName(), port));
    start(command, port);
    return cache;
  }

  private static List<String> command(Path cache, String classPath, String... main) {
    List<String> command = new ArrayList<>(List.of(java(), "-XX:AOTCache=" + cache));
    command.addAll(flags());
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(main));
    return command;
  }

  /**
   * The flags that this process was started with, which are those of every server, but for its own
   * cache.
   */
  private static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-X") && !flag.startsWith("-XX:AOT"))
        .toList();
  }

  private String jars(String folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(shipped.resolve(folder))) {
      List<String> jars =
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .filter(file -> file.toString().endsWith(".jar"))
              .map(Path::toString)
              .sorted()
              .toList();
      return String.join(java.io.File.pathSeparator, jars);
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
