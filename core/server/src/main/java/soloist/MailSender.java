package soloist;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import soloist.config.Config;
import soloist.delivery.CaughtMails;
import soloist.delivery.Deliveries;
import soloist.delivery.MailCatcher;
import soloist.delivery.PublicUrl;
import soloist.http.Texts;
import soloist.plugin.Instances;
import soloist.plugin.Instances.Instance;
import soloist.plugin.Instances.Origin;
import soloist.plugin.PluginHost;
import soloist.spi.Advice;
import soloist.spi.Settings;

/**
 * Who mails come from and where they go: as the command line says, else as the owner has set on the
 * page, else into the mail catcher.
 */
final class MailSender implements AutoCloseable {
  static final String PLUGIN = "channel-email";

  private final PluginHost plugins;
  private final Optional<MailCatcher> catcher;

  MailSender(Config config, CaughtMails caught, PluginHost plugins) throws IOException {
    this.plugins = plugins;
    catcher = config.relay().isPresent() ? Optional.empty() : Optional.of(new MailCatcher(caught));
    plugins
        .instances()
        .bring(
            PLUGIN,
            config.relay().orElseGet(() -> caught(config)),
            Set.of("password"),
            catcher.isPresent() ? Origin.SERVER : Origin.COMMAND_LINE);
  }

  private Settings caught(Config config) {
    return new Settings(
        Map.of(
            "host", "127.0.0.1",
            "port", Integer.toString(catcher.orElseThrow().port()),
            "security", "none",
            "from", config.senderEmail(),
            "fromName", config.sender()));
  }

  private Instance now() {
    return plugins.instances().find(Instances.EMAIL).orElseThrow();
  }

  /** The mail server that mails leave through; empty while they stay in the catcher. */
  Optional<String> relay() {
    return Optional.of(now())
        .filter(it -> it.origin() != Origin.SERVER)
        .flatMap(it -> it.text("host"));
  }

  /** Whether a relay took a test mail and links lead back where they have to. */
  boolean isVerified(PublicUrl url) {
    Instance now = now();
    return now.origin() != Origin.SERVER
        && plugins.tried().find(now).isPresent()
        && !url.isMissed();
  }

  /**
   * For the status.
   *
   * @param url whether links lead back, where they have to
   */
  Map<String, Object> status(PublicUrl url, Deliveries deliveries) {
    Instance now = now();
    boolean isRelay = now.origin() != Origin.SERVER;
    Optional<Map<String, Object>> tried =
        plugins.tried().find(now).map(it -> Map.of("at", it.at(), "by", it.by()));
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", isRelay ? "smtp" : "catcher");
    status.put("setBy", now.origin().text());
    status.put("host", isRelay ? now.text("host").orElse(null) : null);
    status.put("from", now.text("from").orElse(""));
    status.put("fromName", now.text("fromName").orElse(null));
    status.put("tried", tried.orElse(null));
    status.put("verified", isVerified(url));
    status.put("trouble", deliveries.trouble(Instances.EMAIL).map(MailSender::words).orElse(null));
    return status;
  }

  private static Map<String, Object> words(Advice advice) {
    return Map.of(Texts.ENGLISH, advice.text().en(), Texts.CHINESE, advice.text().zh());
  }

  @Override
  public void close() throws IOException {
    if (catcher.isPresent()) {
      catcher.get().close();
    }
  }
}
