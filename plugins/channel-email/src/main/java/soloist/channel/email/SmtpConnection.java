package soloist.channel.email;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import soloist.channel.email.Attempt.Stage;

/**
 * One connection to the relay. Jakarta Mail reports every failure as the same exception; this notes
 * how far the dialogue came and what was answered there, which is what an outcome hangs on.
 */
final class SmtpConnection extends SMTPTransport {
  private static final int MESSAGES = 500;

  private final EmailSettings settings;
  private final Duration patience;
  private final SocketMemory socket;
  private Stage stage = Stage.CONNECT;
  private Reply reply = Reply.NONE;
  private boolean broken;
  private int sent;
  private Instant lastUsed = Instant.MIN;

  /**
   * Opens nothing yet.
   *
   * @param patience how long the reply to the final dot may take
   */
  SmtpConnection(Session session, EmailSettings settings, SocketMemory socket, Duration patience) {
    super(session, new URLName("smtp", settings.host(), settings.port(), null, null, null));
    this.settings = settings;
    this.socket = socket;
    this.patience = patience;
  }

  /** Connects and sends one letter; a connection that is open already is used again. */
  Attempt deliver(Letter letter, MailAddress to) {
    String trouble = "";
    try {
      if (sent == 0) {
        begin(Stage.CONNECT);
        connect(settings.host(), settings.port(), settings.username(), settings.password());
      }
      sent++;
      begin(Stage.MAIL);
      if (tooLong(letter)) {
        begin(Stage.DATA); // RFC 1870 lets the relay say so here at the latest
        reply =
            new Reply(552, "552 5.3.4 the relay takes no message of " + letter.length() + " bytes");
      } else {
        sendMessage(letter, new InternetAddress[] {new InternetAddress(to.toString())});
      }
    } catch (AuthenticationFailedException e) {
      stage = Stage.LOGIN;
      trouble = Trouble.describe(e);
    } catch (MessagingException e) {
      broken = e.getNextException() instanceof IOException;
      trouble = Trouble.describe(e);
    }
    return new Attempt(stage, reply, trouble);
  }

  /** May serve another message after this attempt. */
  boolean usableAfter(Attempt attempt) {
    return !broken && attempt.leavesConnectionUsable() && sent < MESSAGES;
  }

  Instant lastUsed() {
    return lastUsed;
  }

  void usedAt(Instant instant) {
    lastUsed = instant;
  }

  /** Says goodbye without waiting for an answer. */
  void hangUp() {
    try {
      close();
    } catch (MessagingException _) {
      // it was gone already
    }
  }

  @Override
  protected void mailFrom() throws MessagingException {
    begin(Stage.MAIL);
    super.mailFrom();
  }

  @Override
  protected void rcptTo() throws MessagingException {
    begin(Stage.RCPT);
    super.rcptTo();
  }

  @Override
  protected OutputStream data() throws MessagingException {
    begin(Stage.DATA);
    OutputStream text = super.data();
    begin(Stage.TEXT);
    return text;
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    socket.waitFor(patience);
    begin(Stage.DOT);
    super.finishData();
  }

  /** Keeps the first answer of each stage: Jakarta Mail sends RSET behind a refusal. */
  @Override
  protected int readServerResponse() throws MessagingException {
    int code = super.readServerResponse();
    if (stage == Stage.CONNECT || reply.equals(Reply.NONE)) {
      reply = new Reply(code, getLastServerResponse());
    }
    if (stage == Stage.DOT) {
      try {
        socket.waitFor(settings.timeout());
      } catch (IOException e) {
        throw new MessagingException("connection lost", e);
      }
    }
    return code;
  }

  private void begin(Stage next) {
    stage = next;
    reply = Reply.NONE;
  }

  private boolean tooLong(Letter letter) {
    String limit = getExtensionParameter("SIZE"); // RFC 1870; 0 stands for no limit
    return limit != null
        && limit.matches("[1-9]\\d{0,8}")
        && letter.length() > Integer.parseInt(limit);
  }
}
