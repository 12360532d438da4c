package soloist.store;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** A store on a free loopback port that can be stopped and started again with all that is in it. */
public final class TestStore implements AutoCloseable {
  /**
   * They tell of every connection, index and poison row; held here, or their level would be
   * forgotten.
   */
  private static final List<Logger> TALKATIVE =
      Stream.of("de.bwaldvogel", "org.mongodb", "soloist.lane").map(Logger::getLogger).toList();

  static {
    TALKATIVE.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private final MemoryBackend backend = new KeepingBackend();
  private volatile MongoServer server = new MongoServer(backend);
  private final InetSocketAddress address = server.bind();

  /** A server that ends clears its backend; this one outlives it. */
  private static final class KeepingBackend extends MemoryBackend {
    @Override
    public void close() {}
  }

  /** Opens one of any number of databases. */
  public Store open(String database) {
    return new Store("mongodb://127.0.0.1:" + address.getPort() + "/" + database);
  }

  public void stop() {
    server.shutdownNow();
  }

  public void start() {
    MongoServer next = new MongoServer(backend);
    next.bind(address);
    server = next;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
