package soloist.channel.email;

import jakarta.mail.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The way to one relay: keeps connections between messages, since opening one costs more than
 * sending over it.
 */
final class Relay implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final EmailSettings settings;
  private final Clock clock;
  private final Duration patience;
  private final ConcurrentLinkedDeque<SmtpConnection> kept = new ConcurrentLinkedDeque<>();
  private final ScheduledExecutorService writeWatch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("smtp write time-out").factory());
  private volatile boolean closed;

  Relay(EmailSettings settings, Clock clock, Duration patience) {
    this.settings = settings;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * Sends over a kept connection, or over a new one. A kept one that turns out dead before the
   * relay took anything of the letter is replaced once; nothing can be doubled by that.
   */
  Attempt send(Letter letter, MailAddress to) {
    SmtpConnection old = takeKept();
    if (old != null) {
      Attempt attempt = sendOver(old, letter, to);
      if (!attempt.foundDead()) {
        return attempt;
      }
    }
    return sendOver(fresh(), letter, to);
  }

  private Attempt sendOver(SmtpConnection connection, Letter letter, MailAddress to) {
    boolean usable = false;
    try {
      Attempt attempt = connection.deliver(letter, to);
      usable = connection.usableAfter(attempt);
      return attempt;
    } finally {
      if (usable) {
        keep(connection);
      } else {
        connection.hangUp();
      }
    }
  }

  private @Nullable SmtpConnection takeKept() {
    SmtpConnection connection = kept.pollFirst();
    while (connection != null && stale(connection)) {
      connection.hangUp();
      connection = kept.pollFirst();
    }
    return connection;
  }

  private void keep(SmtpConnection connection) {
    connection.usedAt(clock.instant());
    kept.addFirst(connection);
    SmtpConnection oldest = kept.peekLast();
    if (oldest != null && stale(oldest) && kept.remove(oldest)) {
      oldest.hangUp();
    }
    if (closed) {
      hangUpAll();
    }
  }

  private boolean stale(SmtpConnection connection) {
    return !clock.instant().isBefore(connection.lastUsed().plus(IDLE));
  }

  private SmtpConnection fresh() {
    var socket = new SocketMemory();
    return new SmtpConnection(session(socket), settings, socket, patience);
  }

  /** A session for one connection; the default session of the JVM is shared and left alone. */
  private Session session(SocketMemory socket) {
    String millis = Long.toString(settings.timeout().toMillis());
    var properties = new Properties();
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.executor.writetimeout", writeWatch);
    properties.put("mail.smtp.socketFactory", socket);
    properties.setProperty("mail.smtp.socketFactory.fallback", "false");
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.quitwait", "false");
    properties.setProperty("mail.smtp.from", settings.from().toString());
    // Greeting by the sender's domain spares a look-up and keeps the machine's name to itself.
    properties.setProperty("mail.smtp.localhost", settings.from().domain());
    switch (settings.security()) {
      case NONE -> {}
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    if (settings.username() != null) {
      properties.setProperty("mail.smtp.auth", "true");
    }
    return Session.getInstance(properties);
  }

  private void hangUpAll() {
    for (SmtpConnection each = kept.pollFirst(); each != null; each = kept.pollFirst()) {
      each.hangUp();
    }
  }

  @Override
  public void close() {
    closed = true;
    hangUpAll();
    writeWatch.shutdown();
  }
}
