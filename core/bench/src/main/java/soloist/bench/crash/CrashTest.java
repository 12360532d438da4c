package soloist.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import soloist.config.Folders;

/**
 * Runs plans against one load. The undisturbed run comes first and is what the others are compared
 * with; those that are disturbed in their second half only begin where it stood half way. Runs may
 * go side by side. Everything it starts ends with it.
 */
public final class CrashTest implements AutoCloseable {
  /** Enough for nearly every partition to have people. */
  public static final int PEOPLE = 210;

  private static final int CLIENTS = 8;

  /** Where there is much to tell: eight that wait for each answer leave the server idle. */
  private static final int MANY_CLIENTS = 64;

  private static final String HALF = "half";

  // Held, because the logging framework forgets the level of a logger that nobody refers to.
  private static final Logger CHATTER = Logger.getLogger("org.mongodb.driver");

  private final Shipped shipped;
  private final boolean large;
  private final Path folder;
  private final SharedStore store;
  private final List<Person> people;
  private final long seed;
  private final Path cache;
  private final Result undisturbed;
  private @Nullable Halfway half;
  private final AtomicInteger runs = new AtomicInteger();
  private volatile boolean passed = true;

  /**
   * @param large whether servers live long and have their stores inside
   */
  private CrashTest(Shipped shipped, List<Person> people, long seed, boolean large)
      throws IOException, InterruptedException {
    CHATTER.setLevel(Level.WARNING);
    this.shipped = shipped;
    this.seed = seed;
    this.people = people;
    this.large = large;
    folder = Files.createTempDirectory("soloist-crash");
    cache = folder.resolve("server.aot");
    store = new SharedStore(shipped, folder);
    try {
      undisturbed =
          large
              ? run(Plan.UNDISTURBED.withStoreInside(), shipped)
              : run(Plan.UNDISTURBED, shipped.learning(cache));
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      store.close();
      throw e;
    }
  }

  /** Starts store and mail server and makes the undisturbed run. */
  public static CrashTest open(Shipped shipped, long seed)
      throws IOException, InterruptedException {
    return new CrashTest(shipped, Load.people(PEOPLE, seed), seed, false);
  }

  /** The same with at least so many different events, more than a store in memory would hold. */
  static CrashTest large(Shipped shipped, int events, long seed)
      throws IOException, InterruptedException {
    return new CrashTest(shipped.lasting(), Load.doing(events, seed), seed, true);
  }

  /** Makes a run and compares it. The same plan with the next call is killed at other passings. */
  public Verdict compare(Plan plan) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Result result = run(plan, shipped.startingFrom(cache));
    return Comparison.of(undisturbed, result, (System.nanoTime() - began) / 1e9);
  }

  /** The undisturbed run held against itself: the promise without a crash. */
  public Verdict undisturbed() {
    return Comparison.of(undisturbed, undisturbed, 0);
  }

  private Result run(Plan plan, Shipped start) throws IOException, InterruptedException {
    String name = "seed" + seed + "run" + runs.getAndIncrement();
    boolean ended = false;
    int clients = large ? MANY_CLIENTS : CLIENTS;
    try (Run run = new Run(start, store, folder, name, people, clients, plan)) {
      Halfway before = half;
      Result result =
          before != null && plan.inLoad().isEmpty() && !plan.storeInside()
              ? run.goOn(before)
              : run.go(this::keep);
      ended = true;
      return result;
    } finally {
      if (!ended) {
        passed = false;
      }
    }
  }

  /** Keeps the first: the undisturbed one. */
  private void keep(Halfway now) throws IOException {
    if (half == null && !large) {
      Path home = Files.createDirectories(folder.resolve(HALF));
      half = now.copy(store.mongodb(HALF), HALF, home);
    }
  }

  int people() {
    return people.size();
  }

  /** Logs and mails of all runs; they stay when a run did not come to its end. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    store.close();
    if (passed) {
      Folders.delete(folder);
    }
  }
}
