package soloist.bench.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.LogManager;
import soloist.Controls;
import soloist.Soloist;
import soloist.config.Config;
import soloist.delivery.DeliveryPolicy;
import soloist.embedded.EmbeddedMongo;
import soloist.lane.RedoUse;
import soloist.spi.Settings;

/**
 * The server with its clock and its named points in somebody else's hands. Arguments are {@code
 * key=value}; lines on standard input are {@code ahead MILLIS}, by how much its clock is ahead of
 * the machine's, {@code arm POINT N [WHERE]} and {@code end CODE}. Prints {@code store URI} when
 * its store is inside, {@code listening PORT TOKEN}, and {@code at POINT WHERE} when caught. Ends
 * with its input, or in order when it is told to by a signal.
 */
final class SteeredServer {
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final Trap trap = new Trap();
  private Optional<EmbeddedMongo> inside = Optional.empty();

  private SteeredServer() {}

  public static void main(String[] arguments) throws IOException {
    try (var in = Soloist.class.getResourceAsStream("/soloist/logging.properties")) {
      LogManager.getLogManager().readConfiguration(in);
    }
    Map<String, String> settings = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      settings.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    new SteeredServer().run(new Settings(settings));
  }

  private void run(Settings settings) throws IOException {
    follow("ahead " + settings.text("ahead"));
    settings.find("arm").ifPresent(order -> follow("arm " + order));
    Thread.ofPlatform().daemon().start(this::listen);
    Soloist soloist = Soloist.start(config(settings), controls(settings));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(soloist)));
    System.out.println("listening " + soloist.port() + " " + soloist.token());
  }

  private void close(Soloist soloist) {
    soloist.close();
    inside.ifPresent(EmbeddedMongo::close);
  }

  private void listen() {
    try (var reader = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        follow(line);
      }
    } catch (IOException _) {
      // the same as the end
    }
    Runtime.getRuntime().halt(0);
  }

  private void follow(String order) {
    int space = order.indexOf(' ');
    String rest = order.substring(space + 1);
    switch (order.substring(0, space)) {
      case "ahead" -> ahead.set(Duration.ofMillis(Long.parseLong(rest)));
      case "arm" -> trap.arm(rest);
      case "end" -> System.exit(Integer.parseInt(rest));
      default -> throw new IllegalArgumentException(order);
    }
  }

  private Controls controls(Settings settings) {
    return new Controls(
        () -> Instant.now().plus(ahead.get()),
        (point, partition) -> trap.passed(point, Integer.toString(partition)),
        trap::passed,
        new DeliveryPolicy(
            Duration.ofMillis(settings.number("lease", 2_000, 1, 60_000)),
            Duration.ofMillis(settings.number("doubtful", 500, 0, 60_000)),
            settings.text("hold").equals("true"),
            settings.text("marks").equals("true"),
            // Its clock leaps by days.
            Duration.ofDays(3650)),
        RedoUse.valueOf(settings.text("redo")));
  }

  /** The product's own store, opened here so that somebody beside can look into it. */
  private String inside(Settings settings) {
    EmbeddedMongo opened = EmbeddedMongo.open(Path.of(settings.text("store")));
    inside = Optional.of(opened);
    System.out.println("store " + opened.uri());
    return opened.uri();
  }

  private Config config(Settings settings) {
    return new Config(
        0,
        Path.of(settings.text("home")),
        Path.of(settings.text("plugins")),
        Optional.of(settings.find("mongodb").orElseGet(() -> inside(settings))),
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new Settings(
                Map.of(
                    "host", "127.0.0.1",
                    "port", settings.text("smtp"),
                    "security", "none",
                    "from", "shop@example.com"))),
        "Tea shop",
        "shop@example.com",
        "1 Harbour Street, Hamburg");
  }
}
