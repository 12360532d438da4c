package soloist;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;

/**
 * The store in the process, when no other is set: MongoDB's protocol on a loopback port, the
 * documents in memory. Nothing in it outlives the process; the rest of the program knows only its
 * URI.
 */
final class EmbeddedStore implements AutoCloseable {
  private final MongoServer server = new MongoServer(new MemoryBackend());
  private final InetSocketAddress address = server.bind();

  String uri() {
    return "mongodb://127.0.0.1:" + address.getPort() + "/soloist";
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
