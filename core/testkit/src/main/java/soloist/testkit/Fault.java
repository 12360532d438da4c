package soloist.testkit;

import java.time.Duration;
import java.util.Locale;

/**
 * What {@link SmtpSink} does instead of its duty.
 *
 * @param at where in the dialogue
 * @param act what happens there
 * @param code the reply code for {@link Act#REPLY}, else 0
 * @param text the reply text, may begin with an enhanced code such as {@code 5.1.1}
 * @param delay how long {@link Act#DELAY} holds the reply back
 */
public record Fault(At at, Act act, int code, String text, Duration delay) {

  /** Points of the dialogue, in its order. */
  public enum At {
    /** Before the first 220; named by recipient {@code *}. */
    GREETING,
    /** At MAIL; named by the address of the sender, or {@code *}. */
    MAIL,
    RCPT,
    /** At DATA, before 354. */
    DATA,
    /** After 354, with some of the text read. */
    TEXT,
    /** When the final dot has come and nothing is kept yet. */
    DOT,
    /** When the message is in the ledger and only the reply is owed. */
    STORED
  }

  /** What happens. */
  public enum Act {
    REPLY,
    DROP,
    DELAY
  }

  public static Fault reply(At at, int code, String text) {
    return new Fault(at, Act.REPLY, code, text, Duration.ZERO);
  }

  /** Resets the connection without a word. */
  public static Fault drop(At at) {
    return new Fault(at, Act.DROP, 0, "", Duration.ZERO);
  }

  /** Holds the reply back, then goes on as if nothing had been. */
  public static Fault delay(At at, Duration delay) {
    return new Fault(at, Act.DELAY, 0, "", delay);
  }

  /** Says nothing until the sink is closed. */
  public static Fault silence(At at) {
    return delay(at, Duration.ofDays(1));
  }

  /**
   * Reads {@code RCPT 550 5.1.1 no such user}, {@code DOT drop} or {@code MAIL delay 250} (in
   * milliseconds).
   */
  public static Fault parse(String line) {
    String[] words = line.trim().split("\\s+", 3);
    if (words.length < 2) {
      throw new IllegalArgumentException("no fault: '" + line + "'");
    }
    At at = At.valueOf(words[0].toUpperCase(Locale.ROOT));
    String rest = words.length < 3 ? "" : words[2];
    return switch (words[1]) {
      case "drop" -> drop(at);
      case "delay" -> delay(at, Duration.ofMillis(Long.parseLong(rest)));
      default -> reply(at, Integer.parseInt(words[1]), rest);
    };
  }
}
