package soloist.bench.crash;

import java.io.IOException;
import soloist.testkit.SmtpSink;

/** A mail server in a process of its own, whose ledger is on disk before it answers 250. */
final class SinkProcess {
  private SinkProcess() {}

  /** Takes the arguments of {@link SmtpSink#main}. */
  public static void main(String[] arguments) throws IOException {
    SmtpSink.main(arguments);
    Child.endWithInput();
  }
}
