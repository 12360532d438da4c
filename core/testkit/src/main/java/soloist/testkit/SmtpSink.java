package soloist.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * A real SMTP server on loopback whose 250 can be believed: message and ledger line are on disk
 * before it is said. Misbehaves for a recipient as a script tells it to. Runs inside a test, or by
 * {@link #main} as a process of its own that outlives a crash of the sender.
 */
public final class SmtpSink implements AutoCloseable {
  // Held, because the logging framework forgets the level of a logger that nobody refers to.
  private static final Logger CHATTER = Logger.getLogger("org.subethamail");

  private final Path folder;
  private final LedgerWriter ledger;
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final SMTPServer server;

  private SmtpSink(Path folder, Setup setup) {
    this.folder = folder;
    this.ledger = LedgerWriter.open(folder);
    var builder =
        SMTPServer.port(setup.port)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName("sink.example")
            .softwareName("sink")
            .maxConnections(1_000)
            .maxMessageSize(setup.largest)
            .insertReceivedHeaders(false)
            .messageHandlerFactory(
                context -> new SinkDelivery((Session) context, faults, closing, ledger))
            .sessionHandler(new Door());
    if (setup.startTls != null) {
      builder.startTlsSocketFactory(setup.startTls).enableTLS();
    }
    if (setup.tls != null) {
      builder.serverSocketFactory(setup.tls);
    }
    if (setup.username != null) {
      builder
          .requireAuth()
          .showAuthCapabilitiesBeforeSTARTTLS(true)
          .authenticationHandlerFactory(
              new EasyAuthenticationHandlerFactory(
                  (user, password, _) -> {
                    if (!user.equals(setup.username) || !password.equals(setup.password)) {
                      throw new LoginFailedException("5.7.8 wrong user name or password");
                    }
                  }));
    }
    server = builder.build();
    server.getCommandHandler().addCommand(new SinkData());
    server.start();
  }

  /** Starts on a free port and keeps ledger and messages in {@code folder}. */
  public static SmtpSink start(Path folder) {
    return with().start(folder);
  }

  /** A sink that asks for more than the plain one: a port, a password, STARTTLS. */
  public static Setup with() {
    return new Setup();
  }

  /** What a sink offers and asks for. */
  public static final class Setup {
    private int port;
    private int largest;
    private @Nullable String username;
    private @Nullable String password;
    private @Nullable SSLContext startTls;
    private @Nullable SSLContext tls;

    private Setup() {}

    public Setup port(int number) {
      port = number;
      return this;
    }

    /** Announces a limit in bytes (SIZE, RFC 1870). */
    public Setup largest(int bytes) {
      largest = bytes;
      return this;
    }

    public Setup login(String user, String word) {
      username = user;
      password = word;
      return this;
    }

    public Setup startTls(SSLContext context) {
      startTls = context;
      return this;
    }

    /** TLS from the first byte. */
    public Setup tls(SSLContext context) {
      tls = context;
      return this;
    }

    public SmtpSink start(Path folder) {
      CHATTER.setLevel(Level.SEVERE);
      return new SmtpSink(folder, this);
    }
  }

  public int port() {
    return server.getPortAllocated();
  }

  /** How many connections have been opened since the start. */
  public int connections() {
    return connections.get();
  }

  public Ledger ledger() {
    return new Ledger(folder);
  }

  /** From now on misbehaves for this recipient; see {@link Fault.At} for other keys. */
  public void script(String recipient, Fault fault) {
    faults.put(recipient, fault);
  }

  /** Behaves again. */
  public void forgive(String recipient) {
    faults.remove(recipient);
  }

  /** Closes the port and every connection; what was delivered stays readable. */
  @Override
  public void close() {
    closing.countDown();
    server.stop();
    ledger.close();
  }

  /**
   * Arguments: {@code --port N --dir DIR [--faults FILE]}; each line of the file is a recipient and
   * a {@link Fault#parse fault}. Prints {@code listening PORT} when ready and runs until killed.
   */
  public static void main(String[] arguments) throws IOException {
    int port = 0;
    Path folder = Path.of("sink");
    Optional<Path> script = Optional.empty();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--port" -> port = Integer.parseInt(arguments[i + 1]);
        case "--dir" -> folder = Path.of(arguments[i + 1]);
        case "--faults" -> script = Optional.of(Path.of(arguments[i + 1]));
        default -> throw new IllegalArgumentException("unknown argument " + arguments[i]);
      }
    }
    SmtpSink sink = with().port(port).start(folder);
    if (script.isPresent()) {
      for (String line : Files.readAllLines(script.get(), UTF_8)) {
        int space = line.indexOf(' ');
        if (space > 0) {
          sink.script(line.substring(0, space), Fault.parse(line.substring(space + 1)));
        }
      }
    }
    System.out.println("listening " + sink.port());
  }

  private final class Door implements SessionHandler {
    @Override
    public SessionAcceptance accept(Session session) {
      connections.incrementAndGet();
      Fault fault = faults.get("*");
      if (fault == null || fault.at() != Fault.At.GREETING) {
        return SessionAcceptance.success();
      }
      try {
        SinkDelivery.suffer(fault, session, closing);
      } catch (IOException _) {
        // the connection is gone, which is what the script wanted
      }
      return fault.act() == Fault.Act.REPLY
          ? SessionAcceptance.failure(fault.code(), fault.text())
          : SessionAcceptance.success();
    }

    @Override
    public void onSessionEnd(Session session) {}
  }
}
