package ender;

import org.pf4j.Extension;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;
import soloist.spi.Settings;

/** Ends the whole process instead of sending, in the way that its settings name. */
@Extension
public final class Ender implements Channel {
  private String way;

  @Override
  public void open(Settings settings) {
    way = settings.text("way");
  }

  @Override
  public Outcome send(Message message) {
    switch (way) {
      case "exit" -> System.exit(0);
      case "halt" -> Runtime.getRuntime().halt(0);
      default -> {}
    }
    return new Outcome.Accepted(message.id());
  }
}
