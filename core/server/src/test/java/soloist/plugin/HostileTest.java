package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.spi.Channel;
import soloist.spi.Outcome;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;
import soloist.testkit.Eventually;
import soloist.testkit.Sample;

/**
 * Plugins that do harm. Each time the host answers, another plugin's work is done to the last
 * message, and the plugin is shown as failed with its reason.
 */
class HostileTest {
  /** Far beyond an answer's usual milliseconds, far below the time a plugin hangs. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private static final int OTHERS_WORK = 20;
  private static final Settings NONE = new Settings(Map.of());

  @TempDir private static Path folder;
  private static Hosted hosted;
  private static Channel good;

  @BeforeAll
  static void open() throws IOException {
    hosted = new Hosted(folder);
    for (String way : List.of("throws", "error", "hangs", "recurses", "missing", "allocates")) {
      hostile("start-" + way, "start " + way).zip(hosted.shipped);
    }
    TestPlugin.of("brings-nothing", "1.0.0").zip(hosted.shipped);
    TestPlugin.good("in-circle", "1.0.0")
        .says("plugin.dependencies", "in-circle-too")
        .zip(hosted.shipped);
    TestPlugin.good("in-circle-too", "1.0.0")
        .says("plugin.dependencies", "in-circle")
        .zip(hosted.shipped);
    TestPlugin.good("good", "1.0.0").zip(hosted.shipped);
    hosted.start();
    good = hosted.plugins().channel("good", NONE);
  }

  private static TestPlugin hostile(String id, String behaviour) {
    return TestPlugin.hostile(id, behaviour).without("classes/sample/Hostile$Missing.class");
  }

  @AfterAll
  static void close() throws IOException {
    hosted.close();
  }

  @ParameterizedTest
  @CsvSource({
    "start-throws, plugin-throws",
    "start-error, plugin-throws",
    "start-hangs, plugin-hangs",
    "start-recurses, plugin-stack",
    "start-missing, plugin-link",
    "start-allocates, plugin-memory",
    "brings-nothing, plugin-empty",
    "in-circle, plugin-cycle",
    "in-circle-too, plugin-cycle"
  })
  void whatDoesNotStartIsShownAndTheHostHasStarted(String id, String code) {
    assertFailed(id, code);
    othersWork();
  }

  @ParameterizedTest
  @CsvSource({
    "throws, plugin-throws",
    "lies, plugin-throws",
    "error, plugin-throws",
    "null, plugin-null",
    "recurses, plugin-stack",
    "missing, plugin-link",
    "allocates, plugin-memory"
  })
  void whatFailsAtWorkIsShownWhileTheHostAnswers(String way, String code) {
    String id = "send-" + way;
    hosted.install(hostile(id, "send " + way));
    Channel channel = hosted.plugins().channel(id, NONE);

    var sending = CompletableFuture.runAsync(() -> channel.send(Sample.message()));
    do {
      othersWork();
    } while (!sending.isDone());

    assertInstanceOf(PluginFault.class, assertThrows(Exception.class, sending::join).getCause());
    assertFailed(id, code);
    channel.close();
    hosted.done("plugins/" + id + "/remove", new JsonObject());
  }

  @Test
  void whatHangsIsGivenUpWhileTheHostAnswers() {
    List<String> ways = List.of("slow", "hangs", "spins");
    ways.forEach(way -> hosted.install(hostile("send-" + way, "send " + way)));
    List<Channel> channels =
        ways.stream().map(way -> hosted.plugins().channel("send-" + way, NONE)).toList();

    var sending =
        channels.stream()
            .map(channel -> CompletableFuture.runAsync(() -> channel.send(Sample.message())))
            .toList();
    do {
      othersWork();
    } while (!sending.stream().allMatch(CompletableFuture::isDone));

    ways.forEach(way -> assertFailed("send-" + way, "plugin-hangs"));
    assertTrue(sending.stream().allMatch(CompletableFuture::isCompletedExceptionally));
    channels.forEach(Channel::close);
    ways.forEach(way -> hosted.done("plugins/send-" + way + "/remove", new JsonObject()));
  }

  @Test
  void aFloodOfThreadsEndsThePlugin() {
    hosted.install(hostile("send-floods", "send floods"));
    Channel channel = hosted.plugins().channel("send-floods", NONE);
    int before = Thread.activeCount();

    channel.send(Sample.message());
    othersWork();
    hosted.plugins().inspect();

    assertFailed("send-floods", "plugin-threads");
    assertInstanceOf(Outcome.Later.class, channel.send(Sample.message()));
    Eventually.until(
        Duration.ofSeconds(10), "its threads to end", () -> Thread.activeCount() <= before + 10);
    channel.close();
  }

  @Test
  void anInterruptReachesNoWorkOfOurs() {
    hosted.install(hostile("send-interrupts", "send interrupts"));
    Channel channel = hosted.plugins().channel("send-interrupts", NONE);

    for (int i = 0; i < 5; i++) {
      assertInstanceOf(Outcome.Accepted.class, channel.send(Sample.message()));
      othersWork();
    }

    assertFalse(Thread.currentThread().isInterrupted());
    channel.close();
  }

  @Test
  void afterFiveFaultsItIsLeftAloneForAMinute() {
    hosted.install(hostile("send-often", "send throws"));
    Channel channel = hosted.plugins().channel("send-often", NONE);

    for (int i = 0; i < 5; i++) {
      assertThrows(PluginFault.class, () -> channel.send(Sample.message()));
    }

    Outcome.Later later = assertInstanceOf(Outcome.Later.class, channel.send(Sample.message()));
    assertEquals(Outcome.Delayed.RELAY, later.by());
    assertFailed("send-often", "plugin-throws");
    channel.close();
  }

  @Test
  void aMessageThatNeverReachedThePluginIsPutOff() {
    hosted.install(hostile("open-throws", "open throws"));
    Channel channel = hosted.plugins().channel("open-throws", NONE);

    assertInstanceOf(Outcome.Later.class, channel.send(Sample.message()));

    assertFailed("open-throws", "plugin-throws");
    channel.close();
  }

  @Test
  void theBreakerOpensAtTheFifthFaultOfAMinuteAndClosesAfterOne() {
    AtomicLong nanos = new AtomicLong();
    Breaker breaker = new Breaker(nanos::get);
    for (int i = 0; i < 10; i++) {
      breaker.fault();
      nanos.addAndGet(Duration.ofSeconds(16).toNanos());
    }
    assertFalse(breaker.isOpen());

    for (int i = 0; i < 5; i++) {
      breaker.fault();
    }

    assertTrue(breaker.isOpen());
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    assertTrue(breaker.isOpen());
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertFalse(breaker.isOpen());
  }

  @Test
  void aWrongTypeIsFoundBeforeItReachesUs() {
    wrong("wrong-type");
    Profiler profiler = hosted.plugins().profiler("wrong-type");

    PluginFault fault = assertThrows(PluginFault.class, profiler::wanted);

    assertEquals("plugin-type", fault.reason().code());
    assertFailed("wrong-type", "plugin-type");
  }

  @Test
  void aJobThatTellsItsProgressMayTakeLongAndEndsWhenItIsCancelled() throws Exception {
    wrong("long-job");
    Profiler profiler = hosted.plugins().profiler("long-job");
    Table table = new Table(Instant.EPOCH, List.of(), List.of());
    long start = System.nanoTime();
    long most = Hosted.SHORT.idle().multipliedBy(2).toNanos();

    profiler.fit(table, run(() -> System.nanoTime() - start < most));

    assertTrue(System.nanoTime() - start >= most);
  }

  @Test
  void whatWeThrowOurselvesIsNoFaultOfThePlugin() {
    wrong("sink-fails");
    Profiler profiler = hosted.plugins().profiler("sink-fails");
    Table table = new Table(Instant.EPOCH, List.of(), List.of());
    var model = new Profiler.Model(new byte[0], new Profiler.Card(0, List.of(), List.of()));
    RuntimeException ours = new IllegalStateException("the store is away");

    RuntimeException thrown =
        assertThrows(
            RuntimeException.class,
            () ->
                profiler.predict(
                    model,
                    table,
                    run(() -> true),
                    (_, _) -> {
                      throw ours;
                    }));

    assertEquals(ours, thrown);
    assertEquals("running", hosted.card("sink-fails").getString("state"));
  }

  @Test
  void noPluginIsEverCalledOnAnEventLoop() throws Exception {
    Vertx vertx = Vertx.vertx();
    var thrown = new CompletableFuture<Throwable>();

    vertx.runOnContext(
        _ -> {
          try {
            good.send(Sample.message());
            thrown.complete(null);
          } catch (RuntimeException e) {
            thrown.complete(e);
          }
        });

    assertInstanceOf(IllegalStateException.class, thrown.get());
    vertx.close().await();
  }

  private static void wrong(String id) {
    hosted.install(TestPlugin.of(id, "1.0.0").source("sample.Wrong").extension("sample.Wrong"));
  }

  private static Profiler.Run run(java.util.function.BooleanSupplier goesOn) {
    return new Profiler.Run() {
      @Override
      public long seed() {
        return 1;
      }

      @Override
      public boolean progress(double part) {
        return goesOn.getAsBoolean();
      }
    };
  }

  private static void assertFailed(String id, String code) {
    JsonObject card = hosted.card(id);
    assertEquals("failed", card.getString("state"), card.encode());
    assertEquals(code, card.getJsonObject("failure").getString("code"), card.encode());
  }

  private static void othersWork() {
    long start = System.nanoTime();
    assertEquals(200, hosted.get("plugins").statusCode());
    for (int i = 0; i < OTHERS_WORK; i++) {
      assertInstanceOf(Outcome.Accepted.class, good.send(Sample.message()));
    }
    assertTrue(System.nanoTime() - start < ANSWER.toNanos());
  }
}
