package soloist.delivery;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The mail server inside the product, for as long as no relay is set: it speaks SMTP (RFC 5321, as
 * far as a client that delivers needs it) on the loopback interface only, so that a message takes
 * the same way as to a real relay and nothing leaves the machine. A message is on disk before it is
 * accepted.
 */
public final class MailCatcher implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MailCatcher.class.getName());
  private static final int LONGEST_LINE = 4_096;
  private static final int LARGEST_MAIL = 20 << 20;
  private static final int IDLE_MILLIS = 300_000;

  private final ServerSocket server;
  private final CaughtMails mails;

  /** Listens on a free port. */
  public MailCatcher(CaughtMails mails) throws IOException {
    this.mails = mails;
    server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("mail-catcher").start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().name("mail-catcher-session").start(() -> converse(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.log(System.Logger.Level.WARNING, "the mail catcher could not take a connection", e);
        }
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      socket.setSoTimeout(IDLE_MILLIS);
      new Session(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream()).run();
    } catch (IOException | UncheckedIOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a mail session ended early", e);
    }
  }

  private final class Session {
    private final InputStream in;
    private final OutputStream out;
    private String from = "";
    private String to = "";

    Session(InputStream in, OutputStream out) {
      this.in = in;
      this.out = out;
    }

    void run() throws IOException {
      say("220 localhost Soloist mail catcher");
      for (String line = readLine(); line != null; line = readLine()) {
        String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
          case "EHLO" -> say("250-localhost\r\n250-8BITMIME\r\n250 SIZE " + LARGEST_MAIL);
          case "HELO", "NOOP" -> say("250 OK");
          case "RSET" -> {
            from = "";
            to = "";
            say("250 OK");
          }
          case "MAIL" -> {
            from = address(line);
            to = "";
            say("250 OK");
          }
          case "RCPT" -> recipient(address(line));
          case "DATA" -> data();
          case "QUIT" -> {
            say("221 bye");
            return;
          }
          default -> say("502 5.5.1 not here");
        }
      }
    }

    /** One mail, one recipient: what is said yes to is kept. */
    private void recipient(String address) throws IOException {
      if (!to.isEmpty()) {
        say("452 4.5.3 one recipient at a time");
      } else if (address.isEmpty()) {
        say("501 5.1.3 no address");
      } else {
        to = address;
        say("250 OK");
      }
    }

    private void data() throws IOException {
      if (to.isEmpty()) {
        say("503 5.5.1 who is it for?");
        return;
      }
      say("354 go on, end with a dot");
      byte[] mail = readMail();
      if (mail.length > LARGEST_MAIL) {
        say("552 5.3.4 too large");
        return;
      }
      say("250 2.0.0 " + mails.keep(from, to, mail));
      from = "";
      to = "";
    }

    /** The message up to the lone dot, dots at line starts undone (RFC 5321 4.5.2). */
    private byte[] readMail() throws IOException {
      var mail = new ByteArrayOutputStream();
      for (byte[] line = readBytes(); line != null; line = readBytes()) {
        if (line.length == 1 && line[0] == '.') {
          return mail.toByteArray();
        }
        if (mail.size() <= LARGEST_MAIL) {
          int skip = line.length > 0 && line[0] == '.' ? 1 : 0;
          mail.write(line, skip, line.length - skip);
          mail.write('\r');
          mail.write('\n');
        }
      }
      throw new IOException("the connection ended before the dot");
    }

    private @Nullable String readLine() throws IOException {
      byte[] line = readBytes();
      return line == null ? null : new String(line, StandardCharsets.UTF_8);
    }

    /** One line without its end, null at the end of the stream. */
    private byte @Nullable [] readBytes() throws IOException {
      var line = new ByteArrayOutputStream();
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        if (octet == '\n') {
          byte[] bytes = line.toByteArray();
          boolean ended = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
          return ended ? java.util.Arrays.copyOf(bytes, bytes.length - 1) : bytes;
        }
        if (line.size() > LONGEST_LINE) {
          say("500 5.5.2 line too long");
          throw new IOException("a line is longer than " + LONGEST_LINE);
        }
        line.write(octet);
      }
      return null;
    }

    private static String address(String line) {
      int open = line.indexOf('<');
      int close = line.indexOf('>', open + 1);
      return open < 0 || close < 0 ? "" : line.substring(open + 1, close);
    }

    private void say(String reply) throws IOException {
      out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
