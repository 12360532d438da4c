package soloist.channel.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.spi.Advice;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;
import soloist.spi.Outcome.Delayed;
import soloist.spi.Settings;
import soloist.testkit.Fault;
import soloist.testkit.Fault.At;
import soloist.testkit.Sample;
import soloist.testkit.SmtpSink;

/** Every row of the outcome table, provoked over TCP. */
class OutcomeTest {
  private static final String RECIPIENT = Sample.RECIPIENT;

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
  void isAcceptedWithTheRelaysOwnWordsWhenTheDotIsAnswered() {
    Outcome.Accepted accepted = assertInstanceOf(Outcome.Accepted.class, send());

    assertEquals("2.0.0 Ok: queued as 1", accepted.providerId());
    assertEquals(1, sink.ledger().to(RECIPIENT).size());
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550, 5.1.1 no such user,       PERSON,  5.1.1",
    "RCPT, 550, 5.1.2 no such domain,     PERSON,  5.1.2",
    "RCPT, 501, 5.1.3 bad address,        PERSON,  5.1.3",
    "RCPT, 556, 5.1.10 null MX,           PERSON,  5.1.10",
    "RCPT, 550, no such user,             PERSON,  550",
    "RCPT, 551, user not local,           PERSON,  551",
    "RCPT, 553, mailbox name not allowed, PERSON,  553",
    "DOT,  550, 5.1.1 no such user,       PERSON,  5.1.1",
    "RCPT, 554, 5.7.1 relay denied,       SENDER,  5.7.1",
    "RCPT, 550, 5.7.515 not authenticated,SENDER,  5.7.515",
    "DOT,  550, 5.7.515 not authenticated,SENDER,  5.7.515",
    "DOT,  554, 5.7.1 looks like spam,    SENDER,  5.7.1",
    "RCPT, 553, 5.1.8 bad sender,         SENDER,  5.1.8",
    "MAIL, 550, we know you not,          SENDER,  550",
    "MAIL, 530, 5.7.0 log in first,       SENDER,  5.7.0",
    "DATA, 554, no valid recipients,      MESSAGE, 554",
    "DOT,  552, too large,                MESSAGE, 552",
    "DOT,  554, 5.6.0 malformed,          MESSAGE, 5.6.0",
    "DOT,  550, content refused,          MESSAGE, 550"
  })
  void isRefused(At at, int code, String text, Outcome.Fault fault, String codeText) {
    script(Fault.reply(at, code, text));

    Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, send());

    assertEquals(fault, refused.fault());
    assertEquals(codeText, refused.code());
    String setting =
        switch (fault) {
          case PERSON -> "";
          case MESSAGE -> "none";
          case SENDER -> code == 530 ? "password" : "from";
        };
    assertEquals(setting, new EmailChannel().advice(refused).map(Advice::setting).orElse("none"));
    assertTrue(refused.reason().contains(text), refused.reason());
    assertTrue(sink.ledger().entries().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 450, 4.2.1 mailbox busy, PERSON",
    "RCPT, 451, 4.7.1 greylisted,   PERSON",
    "RCPT, 452, 4.2.2 mailbox full, PERSON",
    "RCPT, 552, 5.2.2 mailbox full, PERSON",
    "DOT,  552, 5.2.2 mailbox full, PERSON",
    "DATA, 451, local error,        PERSON",
    "DOT,  450, not now,            PERSON",
    "DOT,  451, 4.3.0 try again,    PERSON",
    "MAIL, 451, 4.3.0 try again,    RELAY",
    "MAIL, 421, 4.7.0 too fast,     RELAY",
    "RCPT, 421, 4.3.2 going down,   RELAY",
    "DATA, 421, 4.3.2 going down,   RELAY",
    "DOT,  421, 4.3.2 going down,   RELAY"
  })
  void isPutOff(At at, int code, String text, Delayed by) {
    script(Fault.reply(at, code, text));

    assertLater(by, send());
  }

  @Test
  void isRefusedUnsentWhenItIsLargerThanTheRelayTakes() {
    try (SmtpSink small = SmtpSink.with().largest(500).start(folder.resolve("small"))) {
      var refused =
          assertInstanceOf(
              Outcome.Refused.class, send(Opened.settings(small.port()), Sample.message()));

      assertEquals(Outcome.Fault.MESSAGE, refused.fault());
      assertEquals("5.3.4", refused.code());
    }
  }

  @Test
  void isPutOffWhenTheGreetingIsFourTwoOne() {
    sink.script("*", Fault.reply(At.GREETING, 421, "4.3.2 too many connections"));

    assertLater(Delayed.RELAY, send());
  }

  @Test
  void isPutOffWhenNoSuchServerExists() {
    var settings = Opened.settings(sink.port());
    settings.put("host", "mail.invalid");

    assertAdvice("host", send(settings, Sample.message()));
  }

  @Test
  void isPutOffWhenNobodyListensThere() {
    var settings = Opened.settings(sink.port());
    sink.close();

    assertAdvice("port", send(settings, Sample.message()));
  }

  @Test
  void isPutOffWhenTheServerSaysNothing() {
    sink.script("*", Fault.silence(At.GREETING));
    var settings = Opened.settings(sink.port());
    settings.put("timeoutSeconds", "1");

    assertAdvice("port", send(settings, Sample.message()));
  }

  @ParameterizedTest
  @CsvSource({"MAIL", "RCPT", "DATA"})
  void isPutOffWhenTheConnectionBreaksBeforeTheDot(At at) {
    script(Fault.drop(at));

    assertLater(Delayed.RELAY, send());
  }

  /** Ten megabytes, so that the reset meets a sender who is still writing. */
  @Test
  void isPutOffWhenTheConnectionBreaksAmidTheText() {
    script(Fault.drop(At.TEXT));
    Message small = Sample.message();
    var large =
        new Message(
            small.id(),
            small.recipient(),
            small.subject(),
            "<p>autumn</p>\n".repeat(700_000),
            small.text(),
            small.language(),
            null);

    assertLater(Delayed.RELAY, send(Opened.settings(sink.port()), large));
  }

  @Test
  void isPutOffWhenTheServerFallsSilentBeforeTheDot() {
    script(Fault.silence(At.RCPT));
    var settings = Opened.settings(sink.port());
    settings.put("timeoutSeconds", "1");

    assertLater(Delayed.RELAY, send(settings, Sample.message()));
  }

  @ParameterizedTest
  @CsvSource({"DOT, 0", "STORED, 1"})
  void isUncertainWhenTheConnectionBreaksAfterTheDot(At at, int arrived) {
    script(Fault.drop(at));

    assertInstanceOf(Outcome.Uncertain.class, send());
    assertEquals(arrived, sink.ledger().entries().size());
  }

  @Test
  void isUncertainWhenTheServerFallsSilentAfterTheDot() {
    script(Fault.silence(At.STORED));

    assertInstanceOf(Outcome.Uncertain.class, send());
    assertEquals(1, sink.ledger().entries().size());
  }

  @Test
  void waitsLongerForTheReplyToTheDotThanForAnyOther() {
    script(Fault.delay(At.STORED, Duration.ofMillis(1_300)));
    var settings = Opened.settings(sink.port());
    settings.put("timeoutSeconds", "1");

    var channel = new EmailChannel(Clock.systemUTC(), Duration.ofSeconds(5));
    channel.open(new Settings(settings));
    try (channel) {
      assertInstanceOf(Outcome.Accepted.class, channel.send(Sample.message()));
    }
  }

  private void script(Fault fault) {
    sink.script(fault.at() == At.MAIL ? Opened.SENDER : RECIPIENT, fault);
  }

  private Outcome send() {
    return send(Opened.settings(sink.port()), Sample.message());
  }

  private static Outcome send(Map<String, String> settings, Message message) {
    try (Channel channel = Opened.channel(settings)) {
      return channel.send(message);
    }
  }

  /** Every message waits, and the owner is told what to look at. */
  private static void assertAdvice(String setting, Outcome outcome) {
    assertLater(Delayed.RELAY, outcome);
    assertEquals(
        setting,
        new EmailChannel().advice(outcome).map(Advice::setting).orElse(""),
        () -> "" + outcome);
  }

  private static void assertLater(Delayed by, Outcome outcome) {
    Outcome.Later later = assertInstanceOf(Outcome.Later.class, outcome);
    assertEquals(by, later.by(), later.reason());
    assertEquals(Duration.ofMinutes(by == Delayed.PERSON ? 15 : 1), later.after());
  }
}
