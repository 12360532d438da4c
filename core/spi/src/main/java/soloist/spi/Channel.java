package soloist.spi;

import java.util.Optional;
import org.pf4j.ExtensionPoint;

/**
 * Delivers messages by one medium. The platform creates one object for each instance that the owner
 * has configured, calls {@link #open} once and then {@link #send} from at most {@link
 * #connections()} threads at once, each of which may block for up to 660 s.
 */
public interface Channel extends ExtensionPoint, AutoCloseable {

  /**
   * Takes the settings of this instance. Called once, before anything else; opens no connection.
   *
   * @throws IllegalArgumentException when a value cannot work; the message says which key and how
   *     to mend it
   */
  void open(Settings settings);

  /** How many messages may be under way at once, 1 to 64. Asked once, after {@link #open}. */
  default int connections() {
    return 1;
  }

  /** By what it reaches people. Asked once, after {@link #open}. */
  default Address addresses() {
    return Address.EMAIL;
  }

  /**
   * Delivers one message. After {@link Outcome.Later} it is called again with the same {@link
   * Message#id()}, which goes out unchanged (as Message-ID in mail) so that a double can be told.
   *
   * @throws RuntimeException only for a defect; the platform then pauses this channel and tells the
   *     owner
   */
  Outcome send(Message message);

  /**
   * What the owner can do about an outcome of {@link #send} that is not {@link Outcome.Accepted};
   * empty when it is not known. Asked right after it, opens no connection.
   */
  default Optional<Advice> advice(Outcome outcome) {
    return Optional.empty();
  }

  /** What {@link Message#recipient()} is. */
  enum Address {
    EMAIL,
    PHONE,
    USER_ID,
    /** The id of the person within Soloist, which everybody has. */
    PERSON
  }

  /** Gives back connections. Called once, when nothing is being sent any more. */
  @Override
  default void close() {}
}
