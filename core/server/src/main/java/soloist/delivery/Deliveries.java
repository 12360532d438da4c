package soloist.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import soloist.config.Config;
import soloist.http.Problem;
import soloist.plugin.Instances;
import soloist.plugin.PluginFault;
import soloist.plugin.PluginHost;
import soloist.spi.Advice;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;

/**
 * One delivery for each channel that is configured and on. They come and go as the owner changes
 * instances and plugins: what is under way ends as it began, what is queued waits for the next one.
 */
public final class Deliveries implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());
  private static final String KIND = "channel";
  private static final Duration REST = Duration.ofMinutes(1);

  /**
   * What a channel was opened with; another one takes its place when this changes.
   *
   * @param revision of the instance
   * @param version of the plugin
   */
  private record Setup(String revision, String version) {}

  private record Open(Setup setup, Delivery delivery) {}

  /** Settings that the plugin did not take are tried again after a while, or when they change. */
  private record Refused(Setup setup, Instant until) {}

  private final PluginHost plugins;
  private final Means means;
  private final Claims claims;
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final Map<String, Refused> refused = new ConcurrentHashMap<>();
  private final Set<Thread> ending = ConcurrentHashMap.newKeySet();
  private final Semaphore changed = new Semaphore(0);
  private final Thread following;
  private volatile Optional<String> sender = Optional.empty();
  private volatile boolean closed;

  /**
   * Sends nothing before it is woken, since links in messages need to know where the server
   * answers.
   */
  public Deliveries(PluginHost plugins, Means means) {
    this.plugins = plugins;
    this.means = means;
    claims = new Claims(new Outbox(means.store(), means.clock(), means.policy()));
    following = Thread.ofVirtual().name("deliveries").start(this::follow);
  }

  /**
   * Begins to deliver over the channel of mail; those of other plugins follow as these start.
   *
   * @throws IllegalArgumentException when its plugin refuses what the command line says
   */
  public void begin() {
    bringUpToDate();
  }

  /**
   * Sends a message of which nothing is kept over the channel of mail.
   *
   * @throws Problem 503 while that starts
   */
  Outcome send(Message message) {
    Open started = open.get(Instances.EMAIL);
    if (started == null) {
      throw Problem.busy(1);
    }
    return started.delivery().channel().send(message);
  }

  /** The address that mails came from a second ago at most; asks nobody. */
  public Optional<String> sender() {
    return sender;
  }

  /** What the owner can do when nothing goes out over a channel; empty when all is well. */
  public Optional<Advice> trouble(String channel) {
    return Optional.ofNullable(open.get(channel)).flatMap(it -> it.delivery().trouble());
  }

  Claims claims() {
    return claims;
  }

  /** Time has passed, or something was queued. */
  void wake(boolean mayHaveChanged) {
    open.values().forEach(each -> each.delivery().wake());
    if (mayHaveChanged) {
      changed.release();
    }
  }

  /** Why messages of a channel wait, as the pages have words for it; empty when they do not. */
  Optional<String> waits(String channel) {
    if (open.containsKey(channel)) {
      return Optional.empty();
    }
    Optional<Instances.Instance> instance = plugins.instances().find(channel);
    if (instance.isEmpty()) {
      return Optional.of("channel-missing");
    }
    if (isBrought(instance.get())) {
      return Optional.empty();
    }
    if (!instance.get().enabled()) {
      return Optional.of("channel-off");
    }
    return Optional.of(refused.containsKey(channel) ? "channel-refused" : "channel-plugin-off");
  }

  private void follow() {
    while (!closed) {
      try {
        changed.acquire();
        changed.drainPermits();
        if (!closed) {
          bringUpToDate();
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        // The boundary of this thread: what runs goes on, the next second looks again.
        LOG.log(System.Logger.Level.WARNING, "channels will be looked at again", e);
      }
    }
  }

  private void bringUpToDate() {
    Map<String, Instances.Instance> wanted = new HashMap<>();
    for (Instances.Instance instance : plugins.instances().all()) {
      if (instance.id().equals(Instances.EMAIL)) {
        sender = instance.text("from");
      }
      boolean runs = isBrought(instance) || plugins.kinds(instance.plugin()).contains(KIND);
      if (instance.enabled() && runs) {
        wanted.put(instance.id(), instance);
      }
    }
    means.publicUrl().need(wanted.values().stream().anyMatch(Deliveries::isElsewhere));
    for (Map.Entry<String, Open> each : List.copyOf(open.entrySet())) {
      Instances.Instance instance = wanted.get(each.getKey());
      boolean stays = instance != null && setup(instance).equals(each.getValue().setup());
      if (!stays) {
        open.remove(each.getKey());
        end(each.getValue().delivery());
        claims.outbox().hurry(each.getKey());
      }
    }
    refused.keySet().retainAll(wanted.keySet());
    wanted.values().forEach(this::open);
  }

  private void open(Instances.Instance instance) {
    Setup setup = setup(instance);
    Refused before = refused.get(instance.id());
    boolean rests =
        before != null
            && before.setup().equals(setup)
            && means.clock().instant().isBefore(before.until());
    if (open.containsKey(instance.id()) || rests) {
      return;
    }
    try {
      Channel channel = plugins.channel(instance);
      Delivery delivery =
          new Delivery(
              instance.id(),
              channel,
              isElsewhere(instance),
              () -> isCurrent(instance.id(), setup),
              claims,
              means);
      open.put(instance.id(), new Open(setup, delivery));
      delivery.wake();
      refused.remove(instance.id());
    } catch (PluginFault | IllegalArgumentException e) {
      if (isBrought(instance) && e instanceof IllegalArgumentException wrong) {
        throw wrong;
      }
      LOG.log(System.Logger.Level.WARNING, "channel " + instance.id() + ": " + e.getMessage());
      refused.put(instance.id(), new Refused(setup, means.clock().instant().plus(REST)));
    }
  }

  /** A mail server elsewhere hands on to people, who unsubscribe by a link. */
  private static boolean isElsewhere(Instances.Instance instance) {
    return instance.settings().get("host") instanceof String host && Config.isElsewhere(host);
  }

  private boolean isCurrent(String id, Setup setup) {
    return plugins
        .instances()
        .find(id)
        .filter(instance -> instance.enabled() && setup(instance).equals(setup))
        .isPresent();
  }

  /** One that the server brings outlives the versions of its plugin. */
  private Setup setup(Instances.Instance instance) {
    return new Setup(
        instance.revision(),
        isBrought(instance) ? "" : plugins.version(instance.plugin()).orElse(""));
  }

  private static boolean isBrought(Instances.Instance instance) {
    return instance.origin() != Instances.Origin.PAGE;
  }

  /** What is under way may take a while; meanwhile another may have taken its place. */
  private void end(Delivery delivery) {
    delivery.stop();
    Thread thread =
        Thread.ofVirtual()
            .name("delivery-ends")
            .unstarted(
                () -> {
                  delivery.close();
                  ending.remove(Thread.currentThread());
                });
    ending.add(thread);
    thread.start();
  }

  /** Ends all of them at once, each as {@link Delivery#close} says. */
  @Override
  public void close() {
    closed = true;
    changed.release();
    try {
      following.join();
      open.values().forEach(each -> end(each.delivery()));
      open.clear();
      for (Thread each : ending) {
        each.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
