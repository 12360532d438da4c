package soloist.channel.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;
import soloist.spi.Settings;

/** Posts each message as signed JSON to one address. */
@Extension
public final class WebhookChannel implements Channel {
  private static final Duration USUAL_WAIT = Duration.ofMinutes(1);
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(24);

  private final Clock clock;
  private final SSLSocketFactory tls;
  private final Addresses addresses;
  private @Nullable WebhookSettings settings;

  /** Called by PF4J. */
  public WebhookChannel() {
    this(
        Clock.systemUTC(),
        InetAddress::getAllByName,
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  WebhookChannel(Clock clock, Addresses.Resolver resolver, SSLSocketFactory tls) {
    this.clock = clock;
    this.tls = tls;
    addresses = new Addresses(resolver);
  }

  @Override
  public void open(Settings values) {
    settings = WebhookSettings.of(values);
  }

  @Override
  public int connections() {
    return opened().connections();
  }

  @Override
  public Address addresses() {
    return opened().recipient();
  }

  @Override
  public Outcome send(Message message) {
    WebhookSettings to = opened();
    byte[] body = Body.of(message);
    try {
      InetAddress address = addresses.pinned(to.url().getHost(), to.allowPrivate());
      long seconds = clock.instant().getEpochSecond();
      return outcome(
          Post.send(
              to,
              tls,
              address,
              Map.of(
                  "Content-Type", "application/json",
                  "Soloist-Message-Id", message.id(),
                  "Soloist-Signature", Body.signature(to.secret(), seconds, body)),
              body));
    } catch (Addresses.ForbiddenException e) {
      return new Outcome.Refused(Outcome.Fault.SENDER, "private", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      // The same id goes out again, by which the other side tells a double.
      return new Outcome.Later(USUAL_WAIT, Outcome.Delayed.RELAY, e.toString());
    }
  }

  private Outcome outcome(Post.Answer answer) {
    int status = answer.status();
    String code = Integer.toString(status);
    if (status >= 200 && status < 300) {
      return new Outcome.Accepted(code);
    }
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      Duration wait = answer.header("retry-after").map(this::wait).orElse(USUAL_WAIT);
      return new Outcome.Later(wait, Outcome.Delayed.RELAY, "answered " + code);
    }
    return switch (status) {
      case 410 -> refused(Outcome.Fault.PERSON, code, "the recipient is gone");
      case 400, 413, 415, 422 -> refused(Outcome.Fault.MESSAGE, code, "the message was refused");
      default ->
          refused(
              Outcome.Fault.SENDER,
              code,
              status < 400
                  ? "redirects are not followed: enter the address they lead to"
                  : "the address refuses us: check address and secret");
    };
  }

  private static Outcome refused(Outcome.Fault fault, String code, String reason) {
    return new Outcome.Refused(fault, code, reason);
  }

  /** Seconds or a date (RFC 9110, 10.2.3), within what the platform takes. */
  private Duration wait(String written) {
    Duration wait;
    try {
      wait =
          written.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(written))
              : Duration.between(
                  clock.instant(),
                  Instant.from(ZonedDateTime.parse(written, DateTimeFormatter.RFC_1123_DATE_TIME)));
    } catch (DateTimeParseException _) {
      return USUAL_WAIT;
    }
    if (wait.compareTo(SHORTEST_WAIT) < 0) {
      return SHORTEST_WAIT;
    }
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private WebhookSettings opened() {
    if (settings == null) {
      throw new IllegalStateException("open() comes first");
    }
    return settings;
  }
}
