package soloist;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import soloist.config.Config;
import soloist.config.Folders;
import soloist.config.Options;
import soloist.embedded.StoreException;
import soloist.http.Texts;
import soloist.plugin.PluginHost;

/**
 * The commands: {@code start}, {@code demo}, {@code status}, those of {@link PluginCommand}, {@link
 * StoreCommands} and {@link AccountCommands}. Exit codes: 0 done, 1 failed, 2 wrong use, 3 not
 * there, 4 something is in the way, 5 nothing answers. Results go to standard output, everything
 * else to standard error.
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
  private static final int CONFLICT = 4;
  private static final int UNAVAILABLE = 5;
  private static final int ENDED_BY_PLUGIN = 70;

  /** Longer than messages that are being sent are waited for. */
  private static final Duration LONGEST_END = Duration.ofSeconds(25);

  private static final int DEMO_ORDERS = 60;
  private static final Set<String> TWO_WORDS = Set.of("store", "audit");

  /** Counts that must not be zero after a demo run, each with the step that it shows. */
  private static final List<String> STEPS =
      List.of("events", "profiles", "members", "decisions", "sent", "mails", "clicked");

  private final PrintStream out =
      new PrintStream(
          new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final String language;

  private Main(Map<String, String> environment) {
    String locale = environment.getOrDefault("LC_ALL", environment.getOrDefault("LANG", ""));
    language = locale.toLowerCase(Locale.ROOT).startsWith("zh") ? Texts.CHINESE : Texts.ENGLISH;
  }

  public static void main(String[] arguments) throws IOException {
    readLogging();
    int code = new Main(System.getenv()).run(Arrays.asList(arguments));
    noteEnd();
    System.exit(code);
  }

  private static void readLogging() throws IOException {
    try (var in = Main.class.getResourceAsStream("/soloist/logging.properties")) {
      java.util.logging.LogManager.getLogManager().readConfiguration(in);
    }
  }

  private int run(List<String> arguments) {
    boolean isTwo = !arguments.isEmpty() && TWO_WORDS.contains(arguments.getFirst());
    int words = isTwo ? 2 : 1;
    int end = Math.min(words, arguments.size());
    String command = arguments.isEmpty() ? "help" : String.join(" ", arguments.subList(0, end));
    List<String> rest = arguments.subList(end, arguments.size());
    try {
      return switch (command) {
        case "start" -> start(Options.read(rest, Set.of(), System.getenv()));
        case "demo" -> demo(Options.read(rest, Set.of("orders", "seed"), System.getenv()));
        case "plugin" -> new PluginCommand(out, language).run(rest);
        case "status" -> status(Options.read(rest, ServerApi.OPTIONS, System.getenv()));
        case "token" -> accountCommands(rest).token();
        case "reset-owner" -> accountCommands(rest).resetOwner();
        case "audit verify" -> accountCommands(rest).verifyAudit();
        case "backup" -> storeCommands(rest).backup();
        case "restore" -> storeCommands(rest).restore();
        case "store check" -> storeCommands(rest).check();
        case "store copy" -> storeCommands(rest).copy();
        case "help", "--help", "-h" -> {
          out.println(Texts.say(language, "cli.help"));
          yield 0;
        }
        default -> {
          System.err.println(Texts.say(language, "cli.unknown", command));
          yield WRONG_USE;
        }
      };
    } catch (IllegalArgumentException e) {
      System.err.println("soloist " + command + ": " + e.getMessage());
      return WRONG_USE;
    } catch (StoreException e) {
      System.err.println(
          "soloist " + command + ": " + Texts.say(language, "store." + e.kind(), message(e)));
      return e.kind() == StoreException.Kind.IN_USE || e.kind() == StoreException.Kind.NOT_EMPTY
          ? CONFLICT
          : FAILED;
    } catch (ConnectException _) {
      System.err.println(Texts.say(language, "cli.unavailable"));
      return UNAVAILABLE;
    } catch (IOException | RuntimeException e) {
      System.err.println("soloist " + command + ": " + message(e));
      return FAILED;
    } catch (InterruptedException _) {
      return FAILED;
    }
  }

  private StoreCommands storeCommands(List<String> arguments) {
    Options options = Options.read(arguments, StoreCommands.OPTIONS, System.getenv());
    return new StoreCommands(
        out, language, options, options.find("home").map(Path::of).orElse(ServerApi.usualHome()));
  }

  private AccountCommands accountCommands(List<String> arguments) throws IOException {
    return new AccountCommands(
        out, language, Options.read(arguments, ServerApi.OPTIONS, System.getenv()));
  }

  private int start(Options options) throws IOException, InterruptedException {
    serve(
        options.config(shippedPlugins(), ServerApi.usualHome()),
        _ -> {},
        options,
        new JsonObject(),
        null);
    return 0;
  }

  private int demo(Options options) throws IOException, InterruptedException {
    int orders = options.number("orders", DEMO_ORDERS, 1, 1_000_000);
    int seed = options.number("seed", 1, 0, Integer.MAX_VALUE);
    Path demoHome = Files.createTempDirectory("soloist-demo");
    Config config = options.config(shippedPlugins(), demoHome);
    if (!options.has("once")) {
      serve(config, soloist -> live(soloist, orders, seed), options, DemoCompany.owner(), demoHome);
      return 0;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.discard(demoHome), "discard"));
    try (Soloist soloist =
        Soloist.start(
            options.find("port").isPresent() ? config : config.withPort(0), Controls.USUAL)) {
      return once(soloist, orders, seed, options.has("json"));
    }
  }

  private int once(Soloist soloist, int orders, int seed, boolean json)
      throws IOException, InterruptedException {
    Map<String, Long> counts = new Demo(soloist).run(new DemoCompany(orders, seed, Instant.now()));
    List<String> idle = STEPS.stream().filter(step -> counts.getOrDefault(step, 0L) == 0).toList();
    if (json) {
      JsonObject result =
          new JsonObject().put("orders", orders).put("seed", seed).put("ok", idle.isEmpty());
      JsonObject steps = new JsonObject();
      counts.forEach(steps::put);
      out.println(result.put("steps", steps).encode());
    } else {
      counts.forEach((step, count) -> out.printf("%-14s %d%n", step, count));
    }
    if (idle.isEmpty()) {
      return 0;
    }
    System.err.println(Texts.say(language, "cli.idle", String.join(", ", idle)));
    return FAILED;
  }

  private static void live(Soloist soloist, int orders, int seed) {
    try {
      new Demo(soloist).run(new DemoCompany(orders, seed, Instant.now()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs until the process is told to end.
   *
   * @param passing a folder that goes once all is closed, or null
   */
  private void serve(
      Config config,
      java.util.function.Consumer<Soloist> then,
      Options options,
      JsonObject offered,
      @Nullable Path passing)
      throws IOException, InterruptedException {
    AtomicReference<Soloist> started = new AtomicReference<>();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> end(config, started.get(), passing), "close"));
    Soloist soloist = Soloist.start(config, Controls.USUAL, offered);
    started.set(soloist);
    noteHome(config, soloist.port(), options);
    then.accept(soloist);
    Optional<String> setup = soloist.setupUrl();
    if (options.has("json")) {
      JsonObject ready = new JsonObject().put("url", soloist.url()).put("version", Soloist.VERSION);
      setup.ifPresent(url -> ready.put("setup", url));
      out.println(ready.encode());
    } else {
      out.println(Texts.say(language, "cli.listening", soloist.url()));
      setup.ifPresent(url -> out.println(Texts.say(language, "cli.setup", url)));
      String relay = soloist.relay().orElse("");
      out.println(
          relay.isEmpty()
              ? Texts.say(language, "cli.catcher")
              : Texts.say(language, "cli.relay", relay));
      if (config.mongodb().isEmpty()) {
        String key = config.home().equals(passing) ? "cli.store.passing" : "cli.store";
        out.println(Texts.say(language, key, config.home().toAbsolutePath().toString()));
      }
    }
    new CountDownLatch(1).await();
  }

  /** Ends in order, unless a plugin has asked for the end: then as after a crash, at once. */
  private static void end(Config config, @Nullable Soloist soloist, @Nullable Path passing) {
    if (PluginHost.isEndedByPlugin(Soloist.pluginHome(config))) {
      Runtime.getRuntime().halt(ENDED_BY_PLUGIN);
    }
    boolean isClosed = soloist == null;
    if (soloist != null) {
      ServerApi.forgetHome(soloist.port());
      Thread closing = Thread.ofPlatform().daemon().name("closing").start(soloist::close);
      try {
        isClosed = closing.join(LONGEST_END);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      if (!isClosed) {
        System.err.println("the end takes too long; what is under way ends as after a crash");
      }
    }
    if (isClosed && passing != null) {
      Folders.discard(passing);
    }
    noteEnd();
  }

  /** Tells who supervises this process that its end was meant. */
  private static void noteEnd() {
    String mark = System.getenv("SOLOIST_MARK");
    if (mark != null) {
      try {
        Files.writeString(Path.of(mark), "ended");
      } catch (IOException e) {
        System.err.println("the end could not be noted: " + e.getMessage());
      }
    }
  }

  /** A server whose home is neither the usual one nor named has to be found by its port. */
  private static void noteHome(Config config, int port, Options options) throws IOException {
    if (options.find("home").isPresent() || config.home().equals(ServerApi.usualHome())) {
      ServerApi.forgetHome(port);
    } else {
      ServerApi.noteHome(port, config.home());
    }
  }

  private int status(Options options) throws IOException, InterruptedException {
    JsonObject status = new ServerApi(options, language).get("status");
    if (options.has("json")) {
      out.println(status.encode());
    } else {
      Map<String, Object> flat = new TreeMap<>();
      flatten("", status, flat);
      flat.forEach((key, value) -> out.printf("%-22s %s%n", key, value));
    }
    return 0;
  }

  private static void flatten(String prefix, JsonObject object, Map<String, Object> into) {
    for (String key : object.fieldNames()) {
      if (object.getValue(key) instanceof JsonObject nested) {
        flatten(prefix + key + ".", nested, into);
      } else if (object.getValue(key) != null) {
        into.put(prefix + key, object.getValue(key));
      }
    }
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Beside the folder that this program's jar lies in. */
  static Path shippedPlugins() throws IOException {
    try {
      Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.resolveSibling("../plugins").normalize();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
