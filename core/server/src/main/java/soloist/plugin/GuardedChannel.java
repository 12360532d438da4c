package soloist.plugin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import soloist.spi.Advice;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;
import soloist.spi.Settings;

/**
 * A configured channel that outlives the versions of its plugin: it opens whichever runs, and puts
 * messages off while none does.
 */
final class GuardedChannel implements Channel {
  private static final Duration REST = Duration.ofMinutes(1);
  private static final int MOST_CONNECTIONS = 64;

  /** The object that a running version made, and how to give it back. */
  private record Opened(
      Running by, Channel channel, int connections, Address addresses, Runnable release) {}

  private final Supplier<Optional<Running>> running;
  private final Settings settings;
  private final Consumer<GuardedChannel> atClose;
  private final ReentrantLock changes = new ReentrantLock();
  private volatile @Nullable Opened opened;
  private volatile boolean closed;

  GuardedChannel(
      Supplier<Optional<Running>> running, Settings settings, Consumer<GuardedChannel> atClose) {
    this.running = running;
    this.settings = settings;
    this.atClose = atClose;
  }

  /** Nothing: the settings were given when it was made. */
  @Override
  public void open(Settings again) {}

  /**
   * Opens what runs now.
   *
   * @return false when nothing does
   * @throws IllegalArgumentException when the plugin refuses the settings
   * @throws PluginFault when it fails
   */
  boolean open() {
    return current().isPresent();
  }

  /** As {@link #open()}; why it is not open otherwise. */
  Optional<String> tryOpen() {
    try {
      return current().isEmpty() ? Optional.of("the plugin does not run") : Optional.empty();
    } catch (PluginFault e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public int connections() {
    Opened now = opened;
    return now == null ? 1 : now.connections();
  }

  @Override
  public Address addresses() {
    Opened now = opened;
    return now == null ? Address.EMAIL : now.addresses();
  }

  @Override
  public Outcome send(Message message) {
    Opened now;
    try {
      Optional<Opened> current = current();
      if (current.isEmpty()) {
        return later("the plugin does not run");
      }
      now = current.get();
    } catch (PluginFault | IllegalArgumentException e) {
      return later(String.valueOf(e.getMessage()));
    }
    try {
      return now.by().guard().send(() -> now.channel().send(message));
    } catch (PluginFault e) {
      if (e.wasCalled()) {
        throw e;
      }
      return later(String.valueOf(e.getMessage()));
    }
  }

  /** A guess at most: whoever cannot give it has nothing to say. */
  @Override
  public Optional<Advice> advice(Outcome outcome) {
    Opened now = opened;
    try {
      return now == null
          ? Optional.empty()
          : now.by().guard().call("advice", () -> now.channel().advice(outcome));
    } catch (PluginFault _) {
      return Optional.empty();
    }
  }

  /** It is certain that the message has not gone out. */
  private static Outcome later(String reason) {
    return new Outcome.Later(REST, Outcome.Delayed.RELAY, reason);
  }

  private Optional<Opened> current() {
    Optional<Running> by = running.get();
    if (by.isEmpty() || closed) {
      return Optional.empty();
    }
    Opened now = opened;
    if (now != null && now.by() == by.get()) {
      return Optional.of(now);
    }
    changes.lock();
    try {
      now = opened;
      if (now == null || now.by() != by.get()) {
        now = open(by.get());
        opened = now;
      }
      return Optional.of(now);
    } finally {
      changes.unlock();
    }
  }

  private Opened open(Running by) {
    Channel channel = openedBy(by, settings);
    int connections = by.guard().call("connections", channel::connections);
    Address addresses = by.guard().call("addresses", channel::addresses);
    Runnable release = () -> release(by, channel);
    by.beforeStop(release);
    return new Opened(
        by, channel, Math.clamp(connections, 1, MOST_CONNECTIONS), addresses, release);
  }

  /** A channel of a plugin, given its settings. */
  static Channel openedBy(Running by, Settings settings) {
    Channel channel = by.create(Channel.class);
    by.guard()
        .call(
            "open",
            IllegalArgumentException.class,
            () -> {
              channel.open(settings);
              return true;
            });
    return channel;
  }

  private void release(Running by, Channel channel) {
    Opened now = opened;
    if (now != null && now.channel() == channel) {
      opened = null;
    }
    close(by, channel);
  }

  /** Closes an object of a plugin, whatever it does. */
  static void close(Running by, AutoCloseable object) {
    try {
      by.guard()
          .call(
              "close",
              () -> {
                object.close();
                return true;
              });
    } catch (PluginFault _) {
      // It is given up all the same; the guard has logged why.
    }
  }

  @Override
  public void close() {
    closed = true;
    Opened now = opened;
    if (now != null) {
      now.by().forget(now.release());
      now.release().run();
    }
    atClose.accept(this);
  }
}
