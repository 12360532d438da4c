package soloist.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import soloist.spi.Settings;

/**
 * What the command line says.
 *
 * @param port of the pages and the API on the loopback interface, 0 for a free one
 * @param home where keys, plugins and caught mails lie
 * @param plugins where the plugins that ship lie
 * @param mongodb the store; empty for the one in the process
 * @param publicUrl what links in mails begin with; empty for what the owner says on the page, or
 *     the address that the server listens on
 * @param publicTrust PEM file of the authorities that vouch for it; empty for those of the JDK
 * @param relay settings of the channel {@code email}; empty for what the owner says on the page, or
 *     the mail catcher
 * @param sender name that mails come from
 * @param senderEmail address that mails come from
 * @param postalAddress of the sender, which marketing mail must show
 */
public record Config(
    int port,
    Path home,
    Path plugins,
    Optional<String> mongodb,
    Optional<URI> publicUrl,
    Optional<Path> publicTrust,
    Optional<Settings> relay,
    String sender,
    String senderEmail,
    String postalAddress) {

  public Config {
    if (isElsewhere(relay) && publicUrl.isPresent() && !isPublicHttps(publicUrl.get())) {
      throw new IllegalArgumentException(
          "mail to the relay "
              + relay.orElseThrow().text("host")
              + " needs --public-url with an https address that people can"
              + " reach: their unsubscribe links lead there");
    }
  }

  public Config withPort(int newPort) {
    return new Config(
        newPort,
        home,
        plugins,
        mongodb,
        publicUrl,
        publicTrust,
        relay,
        sender,
        senderEmail,
        postalAddress);
  }

  private static boolean isElsewhere(Optional<Settings> relay) {
    return relay.isPresent() && isElsewhere(relay.get().text("host"));
  }

  /** Whether a host is another machine than this. */
  public static boolean isElsewhere(String host) {
    return !isLoopback(host);
  }

  private static boolean isPublicHttps(URI url) {
    return "https".equals(url.getScheme()) && url.getHost() != null && !isLoopback(url.getHost());
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.matches("127(\\.[0-9]{1,3}){3}")
        || host.equals("::1")
        || host.equals("[::1]");
  }
}
