package soloist.channel.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;
import soloist.testkit.Delivered;
import soloist.testkit.ManualClock;
import soloist.testkit.Sample;
import soloist.testkit.SmtpSink;

/** What a mail looks like when it has come through a real server. */
class LetterTest {
  @TempDir Path folder;
  private SmtpSink sink;

  @BeforeEach
  void startSink() {
    sink = SmtpSink.start(folder);
  }

  @AfterEach
  void stopSink() {
    sink.close();
  }

  @Test
  void carriesEachHeaderExactlyOnce() {
    Delivered mail = deliver(message("Autumn", "<p>hello</p>", "hello"));

    assertEquals(List.of("<letter.1@shop.example>"), mail.headers("Message-ID"));
    assertEquals(List.of("The Shop <news@shop.example>"), mail.headers("From"));
    assertEquals(List.of("ada@example.com"), mail.headers("To"));
    assertEquals(List.of("Autumn"), mail.headers("Subject"));
    assertEquals(1, mail.headers("Date").size());
    assertEquals(List.of("1.0"), mail.headers("MIME-Version"));
    assertEquals(List.of("zh-CN"), mail.headers("Content-Language"));
    assertTrue(mail.headers("Content-Type").getFirst().startsWith("multipart/alternative"));
    assertEquals(List.of(), mail.headers("Reply-To"));
  }

  @Test
  void isDatedByTheClock() throws Exception {
    var clock = new ManualClock();
    try (Channel channel = Opened.channel(clock, Opened.settings(sink.port()))) {
      channel.send(Sample.message());
    }

    assertEquals(
        clock.instant(), sink.ledger().only(Sample.RECIPIENT).mime().getSentDate().toInstant());
  }

  @Test
  void endsTheConsentByOneClick() {
    Delivered mail = deliver(message("Autumn", "<p>hello</p>", "hello"));

    assertEquals(List.of("<https://shop.example/u/x?y=1>"), mail.headers("List-Unsubscribe"));
    assertEquals(List.of("List-Unsubscribe=One-Click"), mail.headers("List-Unsubscribe-Post"));
  }

  @Test
  void offersNoOneClickWhereAMailboxEndsTheConsent() {
    Delivered mail = deliver(unsubscribedBy(URI.create("mailto:off@shop.example")));

    assertEquals(List.of("<mailto:off@shop.example>"), mail.headers("List-Unsubscribe"));
    assertEquals(List.of(), mail.headers("List-Unsubscribe-Post"));
  }

  @Test
  void saysNothingOfUnsubscribingWhereThereIsNoConsent() {
    Delivered mail = deliver(unsubscribedBy(null));

    assertEquals(List.of(), mail.headers("List-Unsubscribe"));
    assertEquals(List.of(), mail.headers("List-Unsubscribe-Post"));
  }

  @Test
  void namesTheSenderInChineseAndWhereAnswersGo() throws Exception {
    Map<String, String> settings = Opened.settings(sink.port());
    settings.put("fromName", "您的名店, \"Tea\"");
    settings.put("replyTo", "help@shop.example");

    Delivered mail = deliver(settings, Sample.message());

    assertEquals("您的名店, \"Tea\"", ((InternetAddress) mail.mime().getFrom()[0]).getPersonal());
    assertEquals(List.of("help@shop.example"), mail.headers("Reply-To"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "您的姓名：秋季新品 🍁 已经上架",
        "\u760a\u760d\u540d",
        "a subject long enough to be folded over more than one line of the header, as RFC 5322 asks"
      })
  void bringsTheSubjectThroughUnchanged(String subject) {
    Delivered mail = deliver(message(subject, "<p>hello</p>", "hello"));

    assertEquals(subject, mail.subject());
    assertEquals(1, mail.headers("Subject").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".\r\n..\r\n.leading dot\r\n.",
        "您好，小明 🎉\r\n第二行",
        "trailing blanks   \r\nFrom the start\r\n\r\n\r\n=20=\r\n",
        "tab\tand naïve café",
        ""
      })
  void bringsTheTextThroughUnchanged(String text) {
    Delivered mail = deliver(message("Autumn", "<p>" + text + "</p>", text));

    assertEquals(text, mail.text());
    assertEquals("<p>" + text + "</p>", mail.html());
  }

  @Test
  void turnsEveryKindOfLineBreakIntoTheOneOfMail() {
    Delivered mail = deliver(message("Autumn", "<p>a\nb</p>", "one\ntwo\rthree\r\nfour"));

    assertEquals("one\r\ntwo\r\nthree\r\nfour", mail.text());
    assertTrue(mail.raw().replace("\r\n", "").chars().noneMatch(c -> c == '\r' || c == '\n'));
  }

  @Test
  void keepsEveryLineUnderTheLimitOfMail() {
    var longest =
        new Message(
            "letter.1",
            Sample.RECIPIENT,
            "秋".repeat(900),
            "<p>" + "x".repeat(5_000) + "</p>",
            "茶".repeat(5_000),
            "zh-CN",
            URI.create("https://shop.example/u/" + "y".repeat(800)));

    Delivered mail = deliver(longest);

    assertTrue(Arrays.stream(mail.raw().split("\r\n")).allMatch(line -> line.length() <= 998));
    assertTrue(mail.raw().chars().allMatch(c -> c < 0x80));
    assertEquals("秋".repeat(900), mail.subject());
    assertEquals("茶".repeat(5_000), mail.text());
  }

  @Test
  void writesAnInternationalDomainInItsAsciiForm() {
    deliver(Sample.message("ada@bücher.example"));

    assertEquals(1, sink.ledger().to("ada@xn--bcher-kva.example").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada",
        "@example.com",
        "ada@",
        "ada lovelace@example.com",
        "ada@example.com>",
        "ada@example.com> SIZE=1",
        "ada@exa_mple.com",
        "ada@-example.com",
        "\"ada\"@example.com",
        "ada..b@example.com",
        "ada@example.com,bob@example.com",
        "小明@example.com",
        "ada@faß.example"
      })
  void refusesARecipientThatIsNoPlainAddress(String recipient) {
    try (Channel channel = Opened.channel(Opened.settings(sink.port()))) {
      Outcome outcome = channel.send(Sample.message(recipient));

      var refused = assertInstanceOf(Outcome.Refused.class, outcome);
      assertEquals(Outcome.Fault.PERSON, refused.fault());
      assertEquals("5.1.3", refused.code());
      assertEquals(0, sink.connections());
    }
  }

  @Test
  void refusesAMessageWhoseHeadersCannotBeWritten() {
    var message = message("x".repeat(901), "<p>hello</p>", "hello");
    var untagged = new Message("letter.1", Sample.RECIPIENT, "Autumn", "", "", "en: evil", null);
    try (Channel channel = Opened.channel(Opened.settings(sink.port()))) {
      for (Message each : List.of(message, untagged)) {
        var refused = assertInstanceOf(Outcome.Refused.class, channel.send(each));
        assertEquals(Outcome.Fault.MESSAGE, refused.fault());
      }
    }
  }

  private static Message message(String subject, String html, String text) {
    return new Message(
        "letter.1",
        Sample.RECIPIENT,
        subject,
        html,
        text,
        "zh-CN",
        URI.create("https://shop.example/u/x?y=1"));
  }

  private static Message unsubscribedBy(@Nullable URI unsubscribe) {
    return new Message(
        "letter.1", Sample.RECIPIENT, "Autumn", "<p>hi</p>", "hi", "en", unsubscribe);
  }

  private Delivered deliver(Message message) {
    return deliver(Opened.settings(sink.port()), message);
  }

  private Delivered deliver(Map<String, String> settings, Message message) {
    try (Channel channel = Opened.channel(settings)) {
      assertInstanceOf(Outcome.Accepted.class, channel.send(message));
    }
    return sink.ledger().entries().getFirst();
  }
}
