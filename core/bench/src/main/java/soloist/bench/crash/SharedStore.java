package soloist.bench.crash;

import java.io.IOException;
import java.nio.file.Path;

/** The store that stays while servers come and go, in a process of its own. Each run has a part. */
final class SharedStore implements AutoCloseable {
  private final Child process;
  private final int port;

  /** Starts it. Its log lies in the folder. */
  SharedStore(Shipped shipped, Path folder) throws IOException, InterruptedException {
    process = Child.start("store", shipped.tool(StoreProcess.class), folder.resolve("store.log"));
    port = Integer.parseInt(process.await("listening"));
  }

  String mongodb(String database) {
    return "mongodb://127.0.0.1:" + port + "/" + database;
  }

  @Override
  public void close() {
    process.close();
  }
}
