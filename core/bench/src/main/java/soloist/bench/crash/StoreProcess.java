package soloist.bench.crash;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A store in a process of its own, which no crash of the server touches. */
final class StoreProcess {
  private StoreProcess() {}

  public static void main(String[] arguments) {
    var server = new MongoServer(new MemoryBackend());
    System.out.println("listening " + server.bind().getPort());
    Child.endWithInput();
  }
}
