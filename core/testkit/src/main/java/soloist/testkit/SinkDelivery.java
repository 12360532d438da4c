package soloist.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

/** One mail transaction of {@link SmtpSink}: asks the script at each point, then keeps the mail. */
final class SinkDelivery implements MessageHandler {
  private final Session session;
  private final Map<String, Fault> faults;
  private final CountDownLatch closing;
  private final LedgerWriter ledger;
  private final List<String> recipients = new ArrayList<>();

  SinkDelivery(
      Session session, Map<String, Fault> faults, CountDownLatch closing, LedgerWriter ledger) {
    this.session = session;
    this.faults = faults;
    this.closing = closing;
    this.ledger = ledger;
  }

  @Override
  public void from(String sender) throws RejectException {
    at(Fault.At.MAIL, sender);
  }

  @Override
  public void recipient(String recipient) throws RejectException {
    at(Fault.At.RCPT, recipient);
    recipients.add(recipient);
  }

  /** Called before 354. */
  void announced() throws RejectException {
    atEach(Fault.At.DATA);
  }

  @Override
  public @Nullable String data(InputStream text) throws RejectException, IOException {
    byte[] start = text.readNBytes(64);
    atEach(Fault.At.TEXT);
    byte[] rest = text.readAllBytes();
    atEach(Fault.At.DOT);
    byte[] whole = new byte[start.length + rest.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(rest, 0, whole, start.length, rest.length);
    long number = ledger.keep(recipients, whole);
    atEach(Fault.At.STORED);
    return "2.0.0 Ok: queued as " + number;
  }

  @Override
  public void done() {}

  private void atEach(Fault.At point) throws RejectException {
    for (String recipient : recipients) {
      at(point, recipient);
    }
  }

  private void at(Fault.At point, String address) throws RejectException {
    Fault fault = faults.getOrDefault(address, faults.get("*"));
    if (fault == null || fault.at() != point) {
      return;
    }
    try {
      suffer(fault, session, closing);
    } catch (IOException gone) {
      throw new DropConnectionException(gone.getMessage());
    }
    if (fault.act() == Fault.Act.REPLY) {
      throw new RejectException(fault.code(), fault.text());
    }
  }

  /** Waits or drops; a reply is the caller's to give. */
  static void suffer(Fault fault, Session session, CountDownLatch closing) throws IOException {
    switch (fault.act()) {
      case REPLY -> {}
      case DROP -> {
        session.getSocket().setSoLinger(true, 0); // a reset, not an orderly end
        session.getSocket().close();
        throw new SocketException("dropped by script");
      }
      case DELAY -> {
        try {
          if (closing.await(fault.delay().toMillis(), TimeUnit.MILLISECONDS)) {
            session.getSocket().close();
            throw new SocketException("sink closed");
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new SocketException("sink closed");
        }
      }
    }
  }
}
