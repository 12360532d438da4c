package soloist.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.ManualClock;

class MailCatcherTest {
  private static final String ENVELOPE =
      "EHLO me\r\nMAIL FROM:<shop@example.com>\r\nRCPT TO:<ada@example.com>\r\nDATA\r\n";

  @TempDir private Path folder;
  private CaughtMails mails;
  private MailCatcher catcher;

  @BeforeEach
  void listen() throws IOException {
    mails = new CaughtMails(folder, new ManualClock(), 5);
    catcher = new MailCatcher(mails);
  }

  @AfterEach
  void close() throws IOException {
    catcher.close();
  }

  @Test
  void aMailThatIsSentInOnePieceIsKeptWithItsDots() throws IOException {
    List<String> replies =
        converse(
            ENVELOPE
                + "Subject: Tea\r\nFrom: shop@example.com\r\n\r\n..dot\r\nend\r\n.\r\nQUIT\r\n");

    assertEquals(
        List.of("220", "250", "250", "250", "250", "250", "354", "250", "221"), codes(replies));
    CaughtMails.Mail mail = mails.find(mails.ids().getFirst()).orElseThrow();
    assertEquals("Tea", mail.subject());
    assertEquals("ada@example.com", mail.to());
    assertEquals(".dot\r\nend\r\n", mail.text());
  }

  @Test
  void nobodyToSendToIsSaid() throws IOException {
    List<String> replies = converse("EHLO me\r\nRCPT TO:nobody\r\nDATA\r\nVRFY x\r\nQUIT\r\n");

    assertEquals(List.of("220", "250", "250", "250", "501", "503", "502", "221"), codes(replies));
    assertEquals(List.of(), mails.ids());
  }

  @Test
  void aSecondRecipientIsRefusedAndNotLost() throws IOException {
    List<String> replies =
        converse(
            "HELO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<ada@example.com>\r\n"
                + "RCPT TO:<bob@example.com>\r\nDATA\r\n\r\nHello\r\n.\r\nQUIT\r\n");

    assertEquals(List.of("220", "250", "250", "250", "452", "354", "250", "221"), codes(replies));
    assertEquals("ada@example.com", mails.find(mails.ids().getFirst()).orElseThrow().to());
  }

  @Test
  void aLineWithoutEndIsRefused() throws IOException {
    List<String> replies = converse("EHLO " + "x".repeat(5_000));

    assertEquals(List.of("220", "500"), codes(replies));
  }

  @Test
  void theOldestMailsGo() throws IOException {
    for (int i = 0; i < 8; i++) {
      converse(ENVELOPE + "Subject: " + i + "\r\n\r\nHello\r\n.\r\nQUIT\r\n");
    }

    assertEquals(5, mails.ids().size());
    assertEquals("7", mails.find(mails.ids().getFirst()).orElseThrow().subject());
    assertEquals("3", mails.find(mails.ids().getLast()).orElseThrow().subject());
    var reopened = new CaughtMails(folder, new ManualClock(), 5);
    assertEquals("0000000009", reopened.keep("a", "b", new byte[0]));
    assertEquals(5, reopened.ids().size());
  }

  @Test
  void whatIsNoIdIsNotFound() {
    for (String id : List.of("", "../soloist.key", "1", "\0", "00000000000")) {
      assertEquals(Optional.empty(), mails.raw(id));
    }
  }

  private List<String> converse(String said) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), catcher.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(said.getBytes(StandardCharsets.UTF_8));
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      List<String> replies = new ArrayList<>();
      try {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          replies.add(line);
        }
      } catch (java.net.SocketException _) {
        // The catcher hangs up on what it refuses to read.
      }
      return replies;
    }
  }

  private static List<String> codes(List<String> replies) {
    return replies.stream().map(reply -> reply.substring(0, 3)).toList();
  }
}
