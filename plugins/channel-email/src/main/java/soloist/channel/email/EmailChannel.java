package soloist.channel.email;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import soloist.spi.Advice;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;
import soloist.spi.Settings;

/** Sends mail through a relay by SMTP. */
@Extension
public final class EmailChannel implements Channel {
  /** RFC 5321, 4.5.3.2.6: a relay may take ten minutes to answer the final dot. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  // No header line may be longer than 998 (RFC 5322, 2.1.1), and these cannot be folded.
  private static final int LONGEST_SUBJECT = 900;
  private static final int LONGEST_URI = 900;
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}");

  private final Clock clock;
  private final Duration patience;
  private @Nullable EmailSettings settings;
  private @Nullable Relay relay;

  /** Called by PF4J. */
  public EmailChannel() {
    this(Clock.systemUTC(), PATIENCE);
  }

  EmailChannel(Clock clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public void open(Settings values) {
    settings = EmailSettings.of(values);
    relay = new Relay(settings, clock, patience);
  }

  @Override
  public int connections() {
    return opened().connections();
  }

  @Override
  public Outcome send(Message message) {
    EmailSettings sender = opened();
    Relay open = requireNonNull(relay);
    MailAddress to;
    try {
      to = MailAddress.parse(message.recipient());
    } catch (IllegalArgumentException e) {
      return new Outcome.Refused(Outcome.Fault.PERSON, "5.1.3", requireNonNull(e.getMessage()));
    }
    String flaw = flaw(message);
    if (flaw != null) {
      return new Outcome.Refused(Outcome.Fault.MESSAGE, "5.6.0", flaw);
    }
    return withOwnLoader(
        () -> {
          Letter letter = Letter.of(sender, to, message, clock.instant());
          return open.send(letter, to).outcome();
        });
  }

  @Override
  public Optional<Advice> advice(Outcome outcome) {
    return Trouble.advice(outcome);
  }

  @Override
  public void close() {
    if (relay != null) {
      relay.close();
    }
  }

  private EmailSettings opened() {
    if (settings == null) {
      throw new IllegalStateException("open() comes first");
    }
    return settings;
  }

  private static @Nullable String flaw(Message message) {
    URI unsubscribe = message.unsubscribe();
    if (message.subject().length() > LONGEST_SUBJECT) {
      return "the subject has more than " + LONGEST_SUBJECT + " characters";
    }
    if (!LANGUAGE.matcher(message.language()).matches()) {
      return "'" + message.language() + "' is no language tag such as zh-CN";
    }
    if (unsubscribe != null && unsubscribe.toASCIIString().length() > LONGEST_URI) {
      return "the unsubscribe address has more than " + LONGEST_URI + " characters";
    }
    return null;
  }

  /**
   * Jakarta Mail and Activation look for their parts through the loader of the calling thread
   * first. A caller that sees another copy of them would make every send fail.
   */
  private static <T> T withOwnLoader(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(EmailChannel.class.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
