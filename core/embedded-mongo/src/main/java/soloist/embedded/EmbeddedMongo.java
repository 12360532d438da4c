package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A MongoDB-protocol server inside this process over one directory. Point the MongoDB driver at
 * {@link #uri()}. A write is answered only after it is synced to disk; after a crash each command
 * is there whole or not at all. Only one process at a time may have a directory open.
 */
public final class EmbeddedMongo implements AutoCloseable {
  private static final Logger LOG = System.getLogger(EmbeddedMongo.class.getName());

  /** How long a read waits for the file to be opened again. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);

  private final Path directory;
  private final Settings settings;
  private final Space space;
  private final ReentrantLock swap = new ReentrantLock();
  private final Condition swapped = swap.newCondition();
  private volatile Engine engine;
  private boolean closed;
  private final WireServer server;

  /**
   * What only tests change.
   *
   * @param scheme put before the file's path, to lay a file system under it
   * @param sync false to leave out the sync, which makes the store unsafe
   * @param logBytes how large the log grows before the maps are written
   */
  record Settings(
      int port,
      String scheme,
      boolean sync,
      Clock clock,
      Duration upkeep,
      Duration idleCursor,
      long reserve,
      long logBytes) {
    static final Settings USUAL =
        new Settings(
            0, "", true, Clock.systemUTC(), Duration.ofSeconds(10), Duration.ofMinutes(10));

    Settings(
        int port, String scheme, boolean sync, Clock clock, Duration upkeep, Duration idleCursor) {
      this(port, scheme, sync, clock, upkeep, idleCursor, Space.RESERVE);
    }

    Settings(
        int port,
        String scheme,
        boolean sync,
        Clock clock,
        Duration upkeep,
        Duration idleCursor,
        long reserve) {
      this(port, scheme, sync, clock, upkeep, idleCursor, reserve, Checkpoints.LOG_BYTES);
    }

    Settings on(int given) {
      return new Settings(given, scheme, sync, clock, upkeep, idleCursor, reserve, logBytes);
    }

    Settings every(Duration given) {
      return new Settings(port, scheme, sync, clock, given, idleCursor, reserve, logBytes);
    }

    Settings checkpointEvery(long given) {
      return new Settings(port, scheme, sync, clock, upkeep, idleCursor, reserve, given);
    }
  }

  /**
   * Opens the store in a directory, which is made if it is not there, and serves it on a free port
   * of the loopback interface.
   *
   * @throws StoreException when another process has it open, a newer version wrote it, it is
   *     damaged, or the disk refuses; the message is for the owner
   */
  public static EmbeddedMongo open(Path directory) {
    return open(directory, Settings.USUAL);
  }

  /**
   * As {@link #open(Path)}, on a port of the caller's choice.
   *
   * @throws StoreException as above, and when the port is taken
   */
  public static EmbeddedMongo open(Path directory, int port) {
    return open(directory, Settings.USUAL.on(port));
  }

  static EmbeddedMongo open(Path directory, Settings settings) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED, "The directory " + directory + " cannot be made.", e);
    }
    return new EmbeddedMongo(directory, settings);
  }

  private EmbeddedMongo(Path directory, Settings settings) {
    this.directory = directory;
    this.settings = settings;
    this.space = new Space(directory, settings);
    this.engine = opened();
    try {
      this.server = new WireServer(this::handle, settings.port());
    } catch (IOException e) {
      engine.close();
      throw new StoreException(
          StoreException.Kind.FAILED,
          "The port " + settings.port() + " is taken; choose another.",
          e);
    }
  }

  private Engine opened() {
    return Engine.open(
        directory,
        settings,
        space,
        () -> Thread.ofPlatform().name("store-reopen").daemon().start(this::reopen));
  }

  private Document handle(String database, Document body) {
    Engine current = engine;
    Document answer = current.handle(database, body);
    boolean again =
        current.isGone()
            && !Filter.isTrue(answer.get("ok"))
            && Commands.READS.contains(Commands.name(body));
    return again ? successor(current).handle(database, body) : answer;
  }

  private Engine successor(Engine gone) {
    swap.lock();
    try {
      long left = PATIENCE.toNanos();
      while (engine == gone && !closed && left > 0) {
        left = swapped.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      swap.unlock();
    }
    return engine;
  }

  /**
   * The library gives its file up when a write to it fails, which happens in a checkpoint only. The
   * log has all that was changed, so opening the store again brings it back to where it was.
   */
  private void reopen() {
    swap.lock();
    try {
      engine.close();
      boolean open = false;
      while (!open && !closed) {
        open = tryToOpen();
        if (!open) {
          long unused = swapped.awaitNanos(BETWEEN_TRIALS.toNanos());
        }
      }
      swapped.signalAll();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      swap.unlock();
    }
  }

  private boolean tryToOpen() {
    try {
      engine = opened();
      LOG.log(Level.WARNING, "The store in {0} was opened again after a write failed.", directory);
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The store cannot be opened again yet", e);
      return false;
    }
  }

  /**
   * Why nothing is written at the moment, in a sentence for the owner: the disk, most times full.
   */
  public Optional<String> trouble() {
    return space.sentence().or(engine.commit()::trouble);
  }

  /**
   * The connection string for the driver; it is the same until this is closed. It holds a password,
   * made anew at each opening, so it belongs in no log.
   */
  public String uri() {
    return server.uri();
  }

  /** The size of maps and log, documents and indexes and what is not yet reclaimed. */
  public long sizeOnDisk() {
    return engine.file().sizeOnDisk();
  }

  Engine engine() {
    return engine;
  }

  Clock clock() {
    return settings.clock();
  }

  Upkeep upkeep() {
    return engine.upkeep();
  }

  @Override
  public String toString() {
    return "EmbeddedMongo at " + server.address();
  }

  /** Stops serving and closes the file with everything on disk. */
  @Override
  public void close() {
    server.close();
    swap.lock();
    try {
      closed = true;
      swapped.signalAll();
      engine.close();
    } finally {
      swap.unlock();
    }
  }
}
