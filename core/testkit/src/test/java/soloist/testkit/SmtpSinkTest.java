package soloist.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmtpSinkTest {
  @TempDir Path folder;

  @Test
  void keepsWhatItTook() throws Exception {
    try (SmtpSink sink = SmtpSink.start(folder)) {
      send(sink.port(), "ada@example.com");

      Delivered mail = sink.ledger().only("ada@example.com");
      assertEquals("您好", mail.subject());
      assertEquals("plain 您好", mail.text());
      assertEquals(1, mail.headers("Message-ID").size());
      assertEquals(mail.headers("Message-ID"), List.of(mail.messageId()));
      assertEquals(List.of(mail), sink.ledger().withId(mail.messageId()));
      assertEquals(Optional.of(URI.create("https://shop.example/c/1?a=b&c=d")), mail.link("/c/"));
      assertEquals(1, sink.connections());
    }
  }

  @Test
  void goesOnNumberingWhereAnEarlierOneStopped() throws Exception {
    for (int run = 0; run < 2; run++) {
      try (SmtpSink sink = SmtpSink.start(folder)) {
        send(sink.port(), "ada@example.com");
      }
    }

    assertEquals(2, new Ledger(folder).to("ada@example.com").size());
  }

  @Test
  void behavesAgainWhenForgiven() throws Exception {
    try (SmtpSink sink = SmtpSink.start(folder)) {
      sink.script("ada@example.com", Fault.parse("RCPT 550 5.1.1 no such user"));
      assertThrows(MessagingException.class, () -> send(sink.port(), "ada@example.com"));

      sink.forgive("ada@example.com");
      send(sink.port(), "ada@example.com");

      assertEquals(1, sink.ledger().entries().size());
    }
  }

  @Test
  void readsFaultsFromText() {
    assertEquals(
        Fault.reply(Fault.At.RCPT, 550, "5.1.1 no such user"),
        Fault.parse("RCPT 550 5.1.1 no such user"));
    assertEquals(Fault.drop(Fault.At.DOT), Fault.parse("dot drop"));
    assertEquals(250, Fault.parse("MAIL delay 250").delay().toMillis());
    assertThrows(IllegalArgumentException.class, () -> Fault.parse("drop"));
  }

  @Test
  void leavesOutALineThatIsStillBeingWritten() throws Exception {
    Files.writeString(folder.resolve(Ledger.FILE), "ada@example.com\t<1@x>\t1.eml\n");
    Files.writeString(
        folder.resolve(Ledger.FILE), "bob@example.com\t<2", StandardOpenOption.APPEND);

    assertEquals(1, new Ledger(folder).entries().size());
  }

  @Test
  void runsAsAProcessWhoseLedgerOutlivesIt() throws Exception {
    Path faults = Files.writeString(folder.resolve("faults"), "bob@example.com RCPT 550 no\n");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SmtpSink.class.getName(),
                "--port",
                "0",
                "--dir",
                folder.toString(),
                "--faults",
                faults.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines = process.inputReader()) {
      String ready = lines.readLine();
      assertTrue(ready.startsWith("listening "), ready);
      int port = Integer.parseInt(ready.substring("listening ".length()));
      send(port, "ada@example.com");
      assertThrows(MessagingException.class, () -> send(port, "bob@example.com"));
    } finally {
      process.destroyForcibly().waitFor();
    }

    assertEquals("plain 您好", new Ledger(folder).only("ada@example.com").text());
  }

  private static void send(int port, String recipient) throws MessagingException {
    var properties = new Properties();
    properties.setProperty("mail.smtp.port", Integer.toString(port));
    properties.setProperty("mail.smtp.host", "localhost");
    var message = new MimeMessage(Session.getInstance(properties));
    message.setFrom("news@shop.example");
    message.setRecipient(RecipientType.TO, new InternetAddress(recipient));
    message.setSubject("您好", "UTF-8");
    var text = new MimeBodyPart();
    text.setText("plain 您好", "UTF-8");
    var html = new MimeBodyPart();
    html.setText(
        "<a href=\"https://shop.example/\"></a><a"
            + " href=\"https://shop.example/c/1?a=b&amp;c=d\"></a>",
        "UTF-8",
        "html");
    message.setContent(new MimeMultipart("alternative", text, html));
    Transport.send(message);
  }
}
