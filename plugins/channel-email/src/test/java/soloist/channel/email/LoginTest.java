package soloist.channel.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Channel;
import soloist.spi.Outcome;
import soloist.testkit.Sample;
import soloist.testkit.SelfSigned;
import soloist.testkit.SmtpSink;

/** The way in: passwords and certificates. */
class LoginTest {
  @TempDir static Path certificates;
  @TempDir Path folder;

  @Test
  void logsIn() {
    try (SmtpSink sink = SmtpSink.with().login("ada", "secret").start(folder)) {
      assertInstanceOf(Outcome.Accepted.class, send(credentials(sink, "secret")));
    }
  }

  @Test
  void blamesTheSenderForAWrongPassword() {
    try (SmtpSink sink = SmtpSink.with().login("ada", "secret").start(folder)) {
      var refused = assertInstanceOf(Outcome.Refused.class, send(credentials(sink, "guess")));

      assertEquals(Outcome.Fault.SENDER, refused.fault());
      assertTrue(refused.reason().startsWith("535"), refused.reason());
      assertEquals("password", setting(refused));
    }
  }

  @Test
  void waitsWhenTheServerOffersNoStartTls() {
    try (SmtpSink sink = SmtpSink.start(folder)) {
      Outcome.Later later = assertInstanceOf(Outcome.Later.class, send(startTls(sink)));

      assertEquals(Outcome.Delayed.RELAY, later.by());
      assertTrue(later.reason().contains("STARTTLS"), later.reason());
      assertEquals("security", setting(later));
      assertTrue(sink.ledger().entries().isEmpty());
    }
  }

  @Test
  void waitsWhenNobodyVouchesForTheCertificate() throws Exception {
    try (SmtpSink sink = SmtpSink.with().startTls(certificate("localhost")).start(folder)) {
      Outcome.Later later = assertInstanceOf(Outcome.Later.class, send(startTls(sink)));

      assertEquals(Outcome.Delayed.RELAY, later.by());
      assertEquals("host", setting(later));
      assertTrue(certificateWords(later), later.reason());
      assertTrue(sink.ledger().entries().isEmpty());
    }
  }

  @Test
  void sendsThroughStartTlsToTheServerThatTheCertificateNames() throws Exception {
    SSLContext context = certificate("localhost");
    SSLContext before = SSLContext.getDefault();
    SSLContext.setDefault(context);
    try (SmtpSink sink = SmtpSink.with().startTls(context).start(folder)) {
      assertInstanceOf(Outcome.Accepted.class, send(startTls(sink)));
    } finally {
      SSLContext.setDefault(before);
    }
  }

  @Test
  void sendsThroughTlsFromTheFirstByte() throws Exception {
    SSLContext context = certificate("localhost");
    SSLContext before = SSLContext.getDefault();
    SSLContext.setDefault(context);
    try (SmtpSink sink = SmtpSink.with().tls(context).start(folder)) {
      Map<String, String> settings = startTls(sink);
      settings.put("security", "tls");

      assertInstanceOf(Outcome.Accepted.class, send(settings));
    } finally {
      SSLContext.setDefault(before);
    }
  }

  @Test
  void waitsWhenTheCertificateNamesAnotherServer() throws Exception {
    SSLContext context = certificate("other.example");
    SSLContext before = SSLContext.getDefault();
    SSLContext.setDefault(context);
    try (SmtpSink sink = SmtpSink.with().startTls(context).start(folder)) {
      Outcome.Later later = assertInstanceOf(Outcome.Later.class, send(startTls(sink)));

      assertEquals(Outcome.Delayed.RELAY, later.by());
      assertEquals("host", setting(later));
      assertTrue(certificateWords(later), later.reason());
      assertTrue(sink.ledger().entries().isEmpty());
    } finally {
      SSLContext.setDefault(before);
    }
  }

  @Test
  void saysThatAPortSpeaksNoTls() {
    try (SmtpSink sink = SmtpSink.start(folder)) {
      Map<String, String> settings = startTls(sink);
      settings.put("security", "tls");

      assertEquals("security", setting(send(settings)));
    }
  }

  /** The setting that the owner is told to look at. */
  private static String setting(Outcome outcome) {
    return new EmailChannel().advice(outcome).orElseThrow().setting();
  }

  private static boolean certificateWords(Outcome outcome) {
    return new EmailChannel().advice(outcome).orElseThrow().text().en().contains("certificate");
  }

  private static SSLContext certificate(String host) throws IOException {
    return SelfSigned.context(certificates, host);
  }

  private static Map<String, String> credentials(SmtpSink sink, String password) {
    Map<String, String> settings = Opened.settings(sink.port());
    settings.put("username", "ada");
    settings.put("password", password);
    return settings;
  }

  private static Map<String, String> startTls(SmtpSink sink) {
    Map<String, String> settings = Opened.settings(sink.port());
    settings.put("security", "starttls");
    return settings;
  }

  private static Outcome send(Map<String, String> settings) {
    try (Channel channel = Opened.channel(settings)) {
      return channel.send(Sample.message());
    }
  }
}
