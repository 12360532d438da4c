package sample;

import java.io.IOException;
import java.lang.foreign.Linker;
import java.net.Socket;
import org.pf4j.Extension;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;
import soloist.spi.Settings;

/** Could do everything that an owner would want to know of; does nothing. */
@Extension
public final class Busy implements Channel {
  @Override
  public void open(Settings settings) {}

  @Override
  public Outcome send(Message message) {
    return new Outcome.Accepted(message.id());
  }

  static void ends() {
    Runnable later = () -> System.exit(1);
    later.run();
  }

  static void starts() throws IOException {
    new ProcessBuilder("true").start();
  }

  static void connects() throws IOException {
    new Socket("localhost", 1).close();
  }

  static Object loads() {
    return Linker.nativeLinker();
  }

  @SuppressWarnings("removal")
  static Object reaches() throws ReflectiveOperationException {
    return sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
  }
}
