package soloist.bench.crash;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A store in a process of its own, which no crash of the server touches. */
final class StoreProcess {
  // Held, because the logging framework forgets the level of a logger that nobody refers to.
  private static final Logger CHATTER = Logger.getLogger("de.bwaldvogel");

  private StoreProcess() {}

  public static void main(String[] arguments) {
    CHATTER.setLevel(Level.SEVERE);
    var server = new MongoServer(new MemoryBackend());
    System.out.println("listening " + server.bind().getPort());
    Child.endWithInput();
  }
}
