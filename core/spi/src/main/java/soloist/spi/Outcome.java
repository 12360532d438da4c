package soloist.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What became of one message. */
public sealed interface Outcome {

  /** The other side has taken responsibility for it. */
  record Accepted(String providerId) implements Outcome {
    public Accepted {
      requireNonNull(providerId);
    }
  }

  /**
   * Try again when {@code after} (1 s to 24 h) has passed; the delay is the person's mailbox or our
   * relay.
   */
  record Later(Duration after, Delayed by, String reason) implements Outcome {
    public Later {
      if (after.compareTo(Duration.ofSeconds(1)) < 0 || after.compareTo(Duration.ofHours(24)) > 0) {
        throw new IllegalArgumentException("after must be between 1 s and 24 h, but is " + after);
      }
      requireNonNull(by);
      requireNonNull(reason);
    }
  }

  /** Never again as it is: the person, the message or the sender was refused. */
  record Refused(Fault fault, String code, String reason) implements Outcome {
    public Refused {
      requireNonNull(fault);
      requireNonNull(code);
      requireNonNull(reason);
    }
  }

  /** It may or may not have arrived; the owner's policy decides. */
  record Uncertain(String reason) implements Outcome {
    public Uncertain {
      requireNonNull(reason);
    }
  }

  /** Whose delay a {@link Later} is. */
  enum Delayed {
    /** This person's mailbox: other people's messages go on. */
    PERSON,
    /** The relay: every message of this instance waits. */
    RELAY
  }

  /** What was refused. */
  enum Fault {
    /** The address does not exist or will never take mail: it is suppressed. */
    PERSON,
    /** This content: the next message may pass. */
    MESSAGE,
    /** We as a sender: the campaign pauses, nobody is suppressed. */
    SENDER
  }
}
