package soloist.channel.email;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import soloist.spi.Channel;
import soloist.spi.Settings;

/** Channels for tests: a sender in a shop, a relay on this machine, little patience. */
final class Opened {
  static final String SENDER = "news@shop.example";

  private Opened() {}

  static Map<String, String> settings(int port) {
    return new HashMap<>(
        Map.of(
            "host", "localhost",
            "port", Integer.toString(port),
            "security", "none",
            "from", SENDER,
            "fromName", "The Shop",
            "timeoutSeconds", "5"));
  }

  static Channel channel(Map<String, String> settings) {
    return channel(Clock.systemUTC(), settings);
  }

  static Channel channel(Clock clock, Map<String, String> settings) {
    var channel = new EmailChannel(clock, Duration.ofSeconds(1));
    channel.open(new Settings(settings));
    return channel;
  }
}
