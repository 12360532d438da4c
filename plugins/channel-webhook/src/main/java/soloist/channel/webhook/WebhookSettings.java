package soloist.channel.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import soloist.spi.Channel;
import soloist.spi.Settings;

/** Where messages go. Keys, defaults and bounds are those of {@code config.schema.json}. */
record WebhookSettings(
    URI url,
    String secret,
    Channel.Address recipient,
    boolean allowPrivate,
    int connections,
    int timeoutSeconds) {
  private static final int SHORTEST_SECRET = 16;

  WebhookSettings {
    String scheme = String.valueOf(url.getScheme());
    if (!scheme.equals("https") && !(scheme.equals("http") && allowPrivate)) {
      throw new IllegalArgumentException(
          "setting 'url' must begin with https://, or 'allowPrivate' must be true");
    }
    if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "setting 'url' must be an address such as https://hooks.example.com/mail");
    }
    if (secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "setting 'secret' must have at least " + SHORTEST_SECRET + " characters");
    }
  }

  /**
   * Reads the settings of an instance.
   *
   * @throws IllegalArgumentException with the key and how to mend it
   */
  static WebhookSettings of(Settings settings) {
    return new WebhookSettings(
        url(settings.text("url")),
        settings.text("secret"),
        recipient(settings.find("recipient").orElse("email")),
        settings.find("allowPrivate").orElse("false").equals("true"),
        settings.number("connections", 4, 1, 64),
        settings.number("timeoutSeconds", 10, 1, 60));
  }

  private static Channel.Address recipient(String word) {
    return switch (word) {
      case "email" -> Channel.Address.EMAIL;
      case "phone" -> Channel.Address.PHONE;
      case "userId" -> Channel.Address.USER_ID;
      case "person" -> Channel.Address.PERSON;
      default ->
          throw new IllegalArgumentException(
              "setting 'recipient' must be email, phone, userId or person, but is '" + word + "'");
    };
  }

  private static URI url(String written) {
    try {
      return new URI(new URI(written).toASCIIString());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("setting 'url' is no address: " + e.getMessage(), e);
    }
  }

  int port() {
    return url.getPort() >= 0 ? url.getPort() : isSecure() ? 443 : 80;
  }

  boolean isSecure() {
    return "https".equals(url.getScheme());
  }

  /** What the request line names. */
  String target() {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "WebhookSettings[" + url + "]";
  }
}
