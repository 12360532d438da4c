package soloist.channel.email;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import soloist.spi.Settings;

/**
 * One relay and the sender that writes through it. Keys, defaults and bounds are those of {@code
 * config.schema.json}.
 *
 * @param timeoutSeconds for connecting and for every reply but the one to the final dot
 */
record EmailSettings(
    String host,
    int port,
    Security security,
    @Nullable String username,
    @Nullable String password,
    MailAddress from,
    @Nullable String fromName,
    @Nullable MailAddress replyTo,
    int connections,
    int timeoutSeconds) {

  private static final Pattern HOST = Pattern.compile("[\\w.:-]{1,253}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  /** How the connection is kept secret. */
  enum Security {
    NONE,
    /** In the clear until STARTTLS, which must succeed. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS
  }

  EmailSettings {
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("setting 'host' is no name of a server: '" + host + "'");
    }
    if ((username == null) != (password == null)) {
      throw new IllegalArgumentException(
          "settings 'username' and 'password' belong together: give both or neither");
    }
    if (password != null && security == Security.NONE && !LOOPBACK.contains(host)) {
      throw new IllegalArgumentException(
          "setting 'security' must be starttls or tls when a password goes to another machine");
    }
    if (fromName != null && fromName.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "setting 'fromName' must be one line without control characters");
    }
  }

  /**
   * Reads the settings of an instance.
   *
   * @throws IllegalArgumentException with the key and how to mend it
   */
  static EmailSettings of(Settings settings) {
    return new EmailSettings(
        settings.text("host"),
        settings.number("port", 587, 1, 65_535),
        security(settings.find("security").orElse("starttls")),
        settings.find("username").orElse(null),
        settings.find("password").orElse(null),
        address("from", settings.text("from")),
        settings.find("fromName").orElse(null),
        settings.find("replyTo").map(text -> address("replyTo", text)).orElse(null),
        settings.number("connections", 8, 1, 64),
        settings.number("timeoutSeconds", 60, 1, 600));
  }

  Duration timeout() {
    return Duration.ofSeconds(timeoutSeconds);
  }

  private static Security security(String value) {
    return Arrays.stream(Security.values())
        .filter(each -> word(each).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "setting 'security' must be one of "
                        + Arrays.stream(Security.values())
                            .map(EmailSettings::word)
                            .collect(Collectors.joining(", "))
                        + ", but is '"
                        + value
                        + "'"));
  }

  private static String word(Security security) {
    return security.name().toLowerCase(Locale.ROOT);
  }

  private static MailAddress address(String key, String text) {
    try {
      return MailAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("setting '" + key + "': " + e.getMessage(), e);
    }
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "EmailSettings[" + from + " through " + host + ":" + port + "]";
  }
}
