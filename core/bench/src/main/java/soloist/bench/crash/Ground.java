package soloist.bench.crash;

import java.io.IOException;
import java.nio.file.Path;
import soloist.testkit.Ledger;

/** What stays while servers come and go: a store and a mail server, each in its own process. */
final class Ground implements AutoCloseable {
  private final Path folder;
  private final Child store;
  private final Child sink;
  private final int storePort;
  private final int smtpPort;

  /** Starts both. Their files lie in the folder. */
  Ground(Shipped shipped, Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    store = Child.start("store", shipped.tool(StoreProcess.class), folder.resolve("store.log"));
    sink =
        Child.start(
            "sink",
            shipped.tool(SinkProcess.class, "--dir", ledgerFolder().toString()),
            folder.resolve("sink.log"));
    storePort = Integer.parseInt(store.await("listening"));
    smtpPort = Integer.parseInt(sink.await("listening"));
  }

  String mongodb(String database) {
    return "mongodb://127.0.0.1:" + storePort + "/" + database;
  }

  int smtpPort() {
    return smtpPort;
  }

  Ledger ledger() {
    return new Ledger(ledgerFolder());
  }

  private Path ledgerFolder() {
    return folder.resolve("mails");
  }

  @Override
  public void close() {
    sink.close();
    store.close();
  }
}
