package soloist.bench;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import soloist.bus.Bus;
import soloist.bus.Topics;
import soloist.plugin.PluginHost;
import soloist.security.Keys;
import soloist.spi.Channel;
import soloist.spi.Settings;
import soloist.store.Store;

/**
 * B7a: one wake-up over a typed topic to a verticle on a virtual thread and one call into an
 * extension in its plugin class loader, against the bare event bus carrying the same record to a
 * handler that counts.
 */
final class WakeUpBench {
  private static final int ROUNDS = 7;

  private final Path plugins;
  private final Path home;

  /**
   * @param plugins folder of the plugins that ship
   * @param home a folder for unpacked plugins
   */
  WakeUpBench(Path plugins, Path home) {
    this.plugins = plugins;
    this.home = home;
  }

  List<Figure> run(int n) throws IOException, InterruptedException {
    double[] ours = new double[ROUNDS];
    double[] bare = new double[ROUNDS];
    Vertx vertx = Vertx.vertx();
    MongoServer server = new MongoServer(new MemoryBackend());
    String uri = "mongodb://127.0.0.1:" + server.bind().getPort() + "/bench";
    Keys keys = Keys.open(home.resolve("key"));
    try (Store store = new Store(uri);
        PluginHost host = new PluginHost(plugins, home, store, keys, Clock.systemUTC())) {
      host.ship();
      host.bringAll();
      Channel channel = extension(host);
      Bus bus = new Bus(vertx);
      Counter counter = new Counter();
      Listener listener = new Listener(bus, channel, counter);
      vertx
          .deployVerticle(
              listener, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
          .await();
      Bare direct = new Bare(vertx, counter);
      // One round of each before counting, so that both are compiled.
      for (int round = -1; round < ROUNDS; round++) {
        double a =
            rate(
                n,
                counter,
                i -> bus.publish(Topics.ROWS_APPENDED, new Topics.RowsAppended(i & 63, i)));
        double b = rate(n, counter, i -> direct.publish(new Topics.RowsAppended(i & 63, i)));
        if (round >= 0) {
          ours[round] = a;
          bare[round] = b;
        }
      }
    } finally {
      vertx.close().await();
      server.shutdownNow();
    }
    return List.of(new Figure("B7a", n, ours, bare, "msg/s", "higher", "ratio >= 0.5", 0));
  }

  /** The extension itself: the host's own channel answers this question from what it noted. */
  private static Channel extension(PluginHost host) {
    ClassLoader loader = host.loader("channel-email").orElseThrow();
    try {
      Class<?> type = loader.loadClass("soloist.channel.email.EmailChannel");
      Channel channel = (Channel) type.getDeclaredConstructor().newInstance();
      channel.open(
          new Settings(Map.of("host", "127.0.0.1", "security", "none", "from", "a@example.com")));
      return channel;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the e-mail plugin has no channel", e);
    }
  }

  private interface Publisher {
    void publish(int number);
  }

  private static double rate(int n, Counter counter, Publisher publisher)
      throws InterruptedException {
    CountDownLatch done = counter.expect(n);
    long start = System.nanoTime();
    for (int i = 0; i < n; i++) {
      publisher.publish(i);
    }
    done.await();
    return n * 1e9 / (System.nanoTime() - start);
  }

  /** Counts on one thread at a time what has arrived. */
  private static final class Counter {
    private CountDownLatch done = new CountDownLatch(0);
    private long left;

    synchronized CountDownLatch expect(long count) {
      left = count;
      done = new CountDownLatch(1);
      return done;
    }

    synchronized void arrived() {
      left--;
      if (left == 0) {
        done.countDown();
      }
    }
  }

  private static final class Listener extends VerticleBase {
    private final Bus bus;
    private final Channel channel;
    private final Counter counter;

    Listener(Bus bus, Channel channel, Counter counter) {
      this.bus = bus;
      this.channel = channel;
      this.counter = counter;
    }

    @Override
    public Future<?> start() {
      bus.subscribe(
          Topics.ROWS_APPENDED,
          _ -> {
            if (channel.connections() > 0) {
              counter.arrived();
            }
          });
      return Future.succeededFuture();
    }
  }

  /**
   * What Vert.x itself offers: an address, a codec that hands the record over, a handler on the
   * event loop.
   */
  private static final class Bare {
    private static final String ADDRESS = "bare";

    private final Vertx vertx;
    private final DeliveryOptions options =
        new DeliveryOptions().setCodecName("bare").setLocalOnly(true);

    Bare(Vertx vertx, Counter counter) {
      this.vertx = vertx;
      vertx.eventBus().registerCodec(new BareCodec());
      vertx.eventBus().<Topics.RowsAppended>localConsumer(ADDRESS, _ -> counter.arrived());
    }

    void publish(Topics.RowsAppended record) {
      vertx.eventBus().publish(ADDRESS, record, options);
    }
  }

  private static final class BareCodec
      implements MessageCodec<Topics.RowsAppended, Topics.RowsAppended> {
    @Override
    public void encodeToWire(Buffer buffer, Topics.RowsAppended record) {
      throw new IllegalStateException("local only");
    }

    @Override
    public Topics.RowsAppended decodeFromWire(int position, Buffer buffer) {
      throw new IllegalStateException("local only");
    }

    @Override
    public Topics.RowsAppended transform(Topics.RowsAppended record) {
      return record;
    }

    @Override
    public String name() {
      return "bare";
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
