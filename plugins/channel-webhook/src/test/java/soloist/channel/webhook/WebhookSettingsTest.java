package soloist.channel.webhook;

import java.util.Map;
import soloist.spi.Settings;
import soloist.testkit.SettingsContract;

class WebhookSettingsTest implements SettingsContract {

  @Override
  public WebhookSettings read(Settings settings) {
    return WebhookSettings.of(settings);
  }

  @Override
  public Map<String, String> least() {
    return Map.of("url", "https://shop.example/hook", "secret", "0123456789abcdef");
  }
}
