package soloist.bench.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import soloist.testkit.Delivered;
import soloist.testkit.Ledger;

/** The mail server of one run, in a process of its own: it outlives every kill. */
final class MailServer implements AutoCloseable {
  private final Child process;
  private final Ledger ledger;
  private final int port;

  /** Starts it. Its log and its mails lie in the folder. */
  MailServer(Shipped shipped, Path folder) throws IOException, InterruptedException {
    Path mails = folder.resolve("mails");
    process =
        Child.start(
            "sink",
            shipped.tool(SinkProcess.class, "--dir", mails.toString()),
            folder.resolve("sink.log"));
    port = Integer.parseInt(process.await("listening"));
    ledger = new Ledger(mails);
  }

  int port() {
    return port;
  }

  /** The mails it accepted so far. */
  List<Delivered> mails() {
    return ledger.entries();
  }

  @Override
  public void close() {
    process.close();
  }
}
