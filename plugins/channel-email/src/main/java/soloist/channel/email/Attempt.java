package soloist.channel.email;

import java.time.Duration;
import soloist.spi.Outcome;

/**
 * How far one SMTP transaction came.
 *
 * @param stage the last thing that was begun
 * @param reply the relay's answer to it, or {@link Reply#NONE}
 * @param trouble what the network or the library said
 */
record Attempt(Stage stage, Reply reply, String trouble) {
  private static final Duration RELAY_REST = Duration.ofMinutes(1);
  private static final Duration PERSON_REST = Duration.ofMinutes(15);

  /** The steps of a transaction, in their order. */
  enum Stage {
    CONNECT,
    LOGIN,
    MAIL,
    RCPT,
    DATA,
    TEXT,
    /** The final dot may have left: from here on only a reply tells what became of the message. */
    DOT
  }

  /** The relay hung up, or announced it, before it had taken anything of this message. */
  boolean foundDead() {
    return stage == Stage.MAIL && (!answered() || reply.closes());
  }

  /** The connection may serve the next message. */
  boolean leavesConnectionUsable() {
    return answered() && !reply.closes() && stage.compareTo(Stage.MAIL) >= 0;
  }

  private boolean answered() {
    return reply.understood();
  }

  /** What this means for the message (RFC 5321, 4.2 and 4.5.4; codes of RFC 3463). */
  Outcome outcome() {
    if (!answered()) {
      return stage == Stage.DOT
          ? new Outcome.Uncertain("no reply after the end of the message: " + trouble)
          : relayLater(trouble);
    }
    if (stage == Stage.DOT && reply.accepts()) {
      return new Outcome.Accepted(reply.words());
    }
    if (stage == Stage.CONNECT) {
      return relayLater(trouble); // whatever was answered last, it was not about this message
    }
    if (reply.closes()) {
      return relayLater(reply.text());
    }
    if (stage == Stage.LOGIN || stage == Stage.MAIL) {
      return reply.refuses()
          ? refused(Outcome.Fault.SENDER)
          : relayLater(reply.putsOff() ? reply.text() : trouble);
    }
    if (reply.putsOff()) {
      return new Outcome.Later(PERSON_REST, Outcome.Delayed.PERSON, reply.text());
    }
    return reply.refuses() ? refusal() : relayLater(trouble);
  }

  private Outcome refusal() {
    String detail = reply.detail();
    return switch (detail) {
      case "1.1", "1.2", "1.3", "1.10" -> refused(Outcome.Fault.PERSON);
      case "2.2" -> new Outcome.Later(PERSON_REST, Outcome.Delayed.PERSON, reply.text());
      case "1.7", "1.8" -> refused(Outcome.Fault.SENDER); // the sender's address is at fault
      case "" -> refused(withoutDetail());
      default -> refused(detail.startsWith("7.") ? Outcome.Fault.SENDER : Outcome.Fault.MESSAGE);
    };
  }

  private Outcome.Fault withoutDetail() {
    return switch (reply.code()) {
      case 530, 535 -> Outcome.Fault.SENDER; // log in first
      case 550, 551, 553 -> stage == Stage.RCPT ? Outcome.Fault.PERSON : Outcome.Fault.MESSAGE;
      default -> Outcome.Fault.MESSAGE;
    };
  }

  private Outcome refused(Outcome.Fault fault) {
    return new Outcome.Refused(fault, reply.codeText(), reply.text());
  }

  private static Outcome relayLater(String reason) {
    return new Outcome.Later(RELAY_REST, Outcome.Delayed.RELAY, reason);
  }
}
