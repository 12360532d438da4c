package sample;

import org.pf4j.Extension;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;
import soloist.spi.Settings;

/** Takes everything. */
@Extension
public final class Good implements Channel {
  private Settings settings;

  @Override
  public void open(Settings values) {
    settings = values;
    if (values.find("refuse").isPresent()) {
      throw new IllegalArgumentException("setting 'refuse' must be left out");
    }
  }

  @Override
  public int connections() {
    return settings.number("connections", 1, 1, 64);
  }

  @Override
  public Outcome send(Message message) {
    return new Outcome.Accepted("good:" + message.id() + ":" + settings.find("key").orElse(""));
  }
}
