package soloist.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * A MongoDB-protocol server inside this process over one directory. Point the MongoDB driver at
 * {@link #uri()}. A write is answered only after it is synced to disk; after a crash each command
 * is there whole or not at all. Only one process at a time may have a directory open.
 */
public final class EmbeddedMongo implements AutoCloseable {
  private final StoreFile file;
  private final GroupCommit commit;
  private final Cursors cursors;
  private final Upkeep upkeep;
  private final WireServer server;

  /**
   * What only tests change.
   *
   * @param scheme put before the file's path, to lay a file system under it
   * @param sync false to leave out the sync, which makes the store unsafe
   */
  record Settings(
      int port, String scheme, boolean sync, Clock clock, Duration upkeep, Duration idleCursor) {
    static final Settings USUAL =
        new Settings(
            0, "", true, Clock.systemUTC(), Duration.ofSeconds(10), Duration.ofMinutes(10));

    Settings on(int given) {
      return new Settings(given, scheme, sync, clock, upkeep, idleCursor);
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
    StoreFile file = StoreFile.open(directory, settings.scheme());
    Catalog catalog;
    try {
      catalog = new Catalog(file);
    } catch (RuntimeException e) {
      file.abandon();
      throw file.damaged(e);
    }
    try {
      return new EmbeddedMongo(file, catalog, settings);
    } catch (IOException e) {
      file.close();
      throw new StoreException(
          StoreException.Kind.FAILED,
          "The port " + settings.port() + " is taken; choose another.",
          e);
    }
  }

  private EmbeddedMongo(StoreFile file, Catalog catalog, Settings settings) throws IOException {
    this.file = file;
    commit = new GroupCommit(file, settings.sync());
    cursors = new Cursors(file.store(), settings.clock(), settings.idleCursor());
    var commands =
        new Commands(
            new ReadCommands(catalog, cursors),
            new WriteCommands(catalog, commit),
            new SchemaCommands(catalog, commit, file),
            cursors,
            commit,
            settings.clock());
    upkeep = new Upkeep(catalog, commit, cursors, file, settings.clock(), settings.upkeep());
    try {
      server = new WireServer(commands, settings.port());
    } catch (IOException e) {
      upkeep.close();
      commit.close();
      throw e;
    }
  }

  /** The connection string for the driver; it is the same until this is closed. */
  public String uri() {
    return server.uri();
  }

  /** The size of the file, documents and indexes and what is not yet reclaimed. */
  public long sizeOnDisk() {
    return file.sizeOnDisk();
  }

  Upkeep upkeep() {
    return upkeep;
  }

  /** Stops serving and closes the file with everything on disk. */
  @Override
  public void close() {
    server.close();
    upkeep.close();
    commit.close();
    if (commit.hasFailed()) {
      file.abandon();
    } else {
      cursors.close();
      file.close();
    }
  }
}
