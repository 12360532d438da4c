package soloist.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import soloist.embedded.EmbeddedMongo;
import soloist.store.Store;

/**
 * B1a, B1b and B1c: what comes in over HTTP against what the store must take for it anyway, or
 * against a request that does nothing. Both sides of a pair run one after the other in this
 * process, each in a database of its own in the same store; rates are events a second of processor
 * time, whoever spent it, senders among them.
 */
final class IngestBench {
  static final long SEED = 1;
  static final int USUAL = 10_000;
  static final Set<String> ALL = Set.of("B1a", "B1b", "B1c");
  private static final int ROUNDS = 5;

  /** After 20 seconds the compilers still take a third of the processor time of a round. */
  private static final Duration WARM_UP = Duration.ofSeconds(60);

  private static final int SENDERS = 16;
  private static final int SINGLE_SENDERS = 64;
  private static final int BATCH = 100;
  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Path plugins;
  private final Path folder;
  private final int n;

  /**
   * @param plugins that ship
   * @param folder for all that is written
   * @param n events a round
   */
  IngestBench(Path plugins, Path folder, int n) {
    this.plugins = plugins;
    this.folder = folder;
    this.n = n;
  }

  /** What one side did with n events in one round. */
  private record Rates(double perProcessorSecond, double perSecond) {}

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private interface Round {
    Rates[] pair(int round) throws IOException, InterruptedException;
  }

  /**
   * @param ids of these alone
   */
  List<Figure> run(Set<String> ids) throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    try (EmbeddedMongo embedded = EmbeddedMongo.open(folder.resolve("store"))) {
      String uri = embedded.uri();
      for (String id : new TreeSet<>(ids)) {
        figures.addAll(
            switch (id) {
              case "B1a" -> compared(id, 0.7, round -> ingest(uri, round));
              case "B1b" -> compared(id, 0.6, round -> judged(uri, round));
              case "B1c" -> compared(id, 0.5, round -> single(uri, round));
              default -> throw new IllegalArgumentException(id);
            });
      }
    }
    return figures;
  }

  private List<Figure> compared(String id, double target, Round round)
      throws IOException, InterruptedException {
    double[][] ours = new double[2][ROUNDS];
    double[][] limit = new double[2][ROUNDS];
    // Until both are compiled, as they are in a server that has been up for a while.
    long end = System.nanoTime() + WARM_UP.toNanos();
    for (int i = -1; i == -1 || System.nanoTime() < end; i--) {
      round.pair(i);
    }
    for (int i = 0; i < ROUNDS; i++) {
      Rates[] pair = round.pair(i);
      ours[0][i] = pair[0].perProcessorSecond();
      ours[1][i] = pair[0].perSecond();
      limit[0][i] = pair[1].perProcessorSecond();
      limit[1][i] = pair[1].perSecond();
    }
    return List.of(
        new Figure(id, n, ours[0], limit[0], "ev/cpu-s", "higher", "ratio >= " + target, SEED),
        new Figure(id + "-wall", n, ours[1], limit[1], "ev/s", "higher", "stated", SEED));
  }

  private Rates measured(Work work) throws IOException, InterruptedException {
    System.gc();
    long processor = MACHINE.getProcessCpuTime();
    long begun = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Rates(n / ((MACHINE.getProcessCpuTime() - processor) / 1e9), n / seconds);
  }

  /** A database of its own: both sides begin with nothing, so that neither pays for the other. */
  private static String database(String uri, String name) {
    return uri.replace("/?", "/" + name + "?");
  }

  private Rates[] ingest(String uri, int round) throws IOException, InterruptedException {
    String database = database(uri, "a" + (round + 1));
    Rates ours;
    try (Door door = Door.open(database)) {
      List<byte[]> requests = new Told(SEED + round).batches(n, BATCH, door.place());
      ours = measured(() -> Senders.send(door.port(), requests, SENDERS));
    }
    return new Rates[] {ours, limit(uri, "a-limit" + (round + 1), database, false)};
  }

  private Rates[] judged(String uri, int round) throws IOException, InterruptedException {
    String database = database(uri, "b" + (round + 1));
    Path home = Files.createDirectories(folder.resolve("home" + (round + 1)));
    Rates ours;
    try (Door door = Door.whole(database, home, plugins)) {
      List<byte[]> requests = new Told(SEED + round).batches(n, BATCH, door.place());
      ours =
          measured(
              () -> {
                Senders.send(door.port(), requests, SENDERS);
                door.awaitJudged();
              });
    }
    return new Rates[] {ours, limit(uri, "b-limit" + (round + 1), database, true)};
  }

  private Rates limit(String uri, String name, String like, boolean withProfiles)
      throws IOException, InterruptedException {
    try (Store from = new Store(like);
        Store into = new Store(database(uri, name))) {
      RawWrites writes = RawWrites.of(from, withProfiles);
      if (writes.events() != n) {
        throw new IllegalStateException(
            "of " + n + " events " + writes.events() + " are in the store");
      }
      return measured(() -> writes.into(into));
    }
  }

  private Rates[] single(String uri, int round) throws IOException, InterruptedException {
    try (Door door = Door.open(database(uri, "c" + (round + 1)))) {
      List<byte[]> requests = new Told(SEED + round).single(n, door.place());
      List<byte[]> idle = new Told(SEED + round).single(n, door.idle());
      return new Rates[] {
        measured(() -> Senders.send(door.port(), requests, SINGLE_SENDERS)),
        measured(() -> Senders.send(door.port(), idle, SINGLE_SENDERS))
      };
    }
  }
}
