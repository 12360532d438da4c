package sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.pf4j.Extension;
import org.pf4j.Plugin;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;
import soloist.spi.Settings;

/**
 * Does harm, at the place and in the way that the file "behaviour" names, such as "send throws".
 */
@Extension
public final class Hostile implements Channel {
  static String behaviour() {
    try (var in = Hostile.class.getResourceAsStream("/behaviour")) {
      return new String(in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean at(String place) {
    return behaviour().startsWith(place + " ");
  }

  static void misbehave() {
    switch (behaviour().substring(behaviour().indexOf(' ') + 1)) {
      case "throws" -> throw new IllegalStateException("on purpose");
      case "lies" ->
          throw new IllegalStateException() {
            @Override
            public String getMessage() {
              throw new IllegalStateException("no message of mine");
            }
          };
      case "error" -> throw new AssertionError("on purpose");
      case "slow" -> {
        long end = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < end) {
          LockSupport.parkNanos(1_000_000);
          Thread.interrupted();
        }
      }
      case "hangs" -> {
        while (true) {
          // An interrupt would end a park at once, again and again.
          LockSupport.parkNanos(1_000_000);
          Thread.interrupted();
        }
      }
      case "spins" -> {
        // Not for ever: nothing could end it, and other tests need the processor.
        long end = System.nanoTime() + 3_000_000_000L;
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
      }
      case "floods" -> {
        for (int i = 0; i < 1_000; i++) {
          Thread thread = new Thread(Hostile::sleep);
          thread.setDaemon(true);
          thread.start();
        }
      }
      case "allocates" -> {
        List<byte[]> all = new ArrayList<>();
        while (true) {
          all.add(new byte[Integer.MAX_VALUE]);
        }
      }
      case "recurses" -> recurse(1);
      case "missing" -> Missing.call();
      case "interrupts" -> {
        Thread.currentThread().interrupt();
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("vert.x-eventloop"))
            .forEach(Thread::interrupt);
      }
      case "exits" -> System.exit(7);
      case "halts" -> Runtime.getRuntime().halt(7);
      default -> {}
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      // ends
    }
  }

  private static int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }

  /** Left out of the zip. */
  static final class Missing {
    static void call() {}
  }

  /** The plugin itself. */
  public static final class Entry extends Plugin {
    @Override
    public void start() {
      if (at("start")) {
        misbehave();
      }
    }
  }

  @Override
  public void open(Settings settings) {
    if (at("open")) {
      misbehave();
    }
  }

  @Override
  public Outcome send(Message message) {
    if (at("send")) {
      if (behaviour().equals("send null")) {
        return null;
      }
      misbehave();
    }
    return new Outcome.Accepted(message.id());
  }
}
