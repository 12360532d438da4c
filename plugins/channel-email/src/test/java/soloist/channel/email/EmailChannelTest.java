package soloist.channel.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Channel;
import soloist.spi.Outcome;
import soloist.testkit.ChannelContract;
import soloist.testkit.Fault;
import soloist.testkit.ManualClock;
import soloist.testkit.Sample;
import soloist.testkit.SmtpSink;

class EmailChannelTest implements ChannelContract {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private SmtpSink sink;

  @BeforeEach
  void startSink() {
    sink = SmtpSink.start(folder);
    sink.script(unknownRecipient(), Fault.reply(Fault.At.RCPT, 550, "5.1.1 no such user"));
  }

  @AfterEach
  void stopSink() {
    sink.close();
  }

  @Override
  public Channel unopened() {
    return new EmailChannel();
  }

  @Override
  public Channel working() {
    return Opened.channel(clock, Opened.settings(sink.port()));
  }

  @Override
  public Channel unreachable() {
    return Opened.channel(clock, Opened.settings(closedPort()));
  }

  @Override
  public String recipient(int n) {
    return "reader" + n + "@example.com";
  }

  @Override
  public String unknownRecipient() {
    return "nobody@example.com";
  }

  @Override
  public List<Arrived> arrived(String recipient) {
    return sink.ledger().to(recipient).stream()
        .map(mail -> new Arrived(mail.messageId(), mail.subject(), mail.text(), mail.html()))
        .toList();
  }

  @Test
  void sendsManyMessagesOverOneConnection() {
    try (Channel channel = working()) {
      for (int i = 0; i < 20; i++) {
        channel.send(Sample.message(recipient(i)));
      }

      assertEquals(20, sink.ledger().entries().size());
      assertEquals(1, sink.connections());
    }
  }

  @Test
  void keepsTheConnectionWhenAPersonIsRefused() {
    try (Channel channel = working()) {
      channel.send(Sample.message(unknownRecipient()));
      channel.send(Sample.message(recipient(1)));

      assertEquals(1, sink.connections());
    }
  }

  @Test
  void opensANewConnectionAfterFiveHundredMessages() {
    sink.script("*", Fault.reply(Fault.At.RCPT, 450, "4.2.0 not now"));
    try (Channel channel = working()) {
      for (int i = 0; i < 500; i++) {
        channel.send(Sample.message());
      }
      assertEquals(1, sink.connections());

      channel.send(Sample.message());

      assertEquals(2, sink.connections());
    }
  }

  @Test
  void opensANewConnectionWhenTheOldOneHasBeenIdleForHalfAMinute() {
    try (Channel channel = working()) {
      channel.send(Sample.message(recipient(1)));
      clock.advance(Duration.ofSeconds(29));
      channel.send(Sample.message(recipient(2)));
      assertEquals(1, sink.connections());

      clock.advance(Duration.ofSeconds(30));
      channel.send(Sample.message(recipient(3)));

      assertEquals(2, sink.connections());
    }
  }

  @Test
  void replacesAKeptConnectionThatTheRelayHasClosed() {
    int port = sink.port();
    try (Channel channel = working()) {
      channel.send(Sample.message(recipient(1)));
      sink.close();
      sink = SmtpSink.with().port(port).start(folder);

      Outcome outcome = channel.send(Sample.message(recipient(2)));

      assertInstanceOf(Outcome.Accepted.class, outcome);
      assertEquals(2, sink.ledger().entries().size());
    }
  }

  @Test
  void replacesAKeptConnectionThatTheRelayEndsWithFourTwoOne() {
    try (Channel channel = working()) {
      channel.send(Sample.message(recipient(1)));
      sink.script(Opened.SENDER, Fault.reply(Fault.At.MAIL, 421, "4.4.2 idle for too long"));

      Outcome outcome = channel.send(Sample.message(recipient(2)));

      Outcome.Later later = assertInstanceOf(Outcome.Later.class, outcome);
      assertEquals(Outcome.Delayed.RELAY, later.by());
      assertEquals(2, sink.connections());
    }
  }

  private static int closedPort() {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return taken.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
