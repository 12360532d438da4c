package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Channel;
import soloist.spi.Outcome;
import soloist.spi.Settings;
import soloist.testkit.Sample;

/** How a plugin comes, changes and goes while the server runs, all over the API. */
class PluginLifeTest {
  @TempDir private static Path folder;
  private static Hosted hosted;

  @BeforeAll
  static void open() throws IOException {
    hosted = new Hosted(folder);
    TestPlugin.good("shipped", "1.0.0").zip(hosted.shipped);
    hosted.start();
  }

  @AfterEach
  void removeAll() {
    for (String state : hosted.states()) {
      String id = state.split(" ", 2)[0];
      if (!id.equals("shipped")) {
        hosted.done("plugins/" + id + "/remove", new JsonObject().put("force", true));
      }
    }
  }

  @AfterAll
  static void close() throws IOException {
    hosted.close();
  }

  @Test
  void runsOnlyAfterItsHashWasConfirmed() {
    JsonObject card = new JsonObject(hosted.upload(TestPlugin.good("new", "1.0.0").zip()).body());
    String sha256 = card.getJsonObject("candidate").getString("sha256");

    assertEquals("uploaded", card.getString("state"));
    assertEquals(
        "Does what the test wants.",
        card.getJsonObject("candidate").getJsonObject("permissions").getString("en"));
    assertRefused(409, "plugin-confirm", "plugins/new/enable", new JsonObject());
    JsonObject wrong = new JsonObject().put("sha256", "0".repeat(64));
    assertRefused(409, "plugin-confirm", "plugins/new/install", wrong);
    assertEquals(List.of("shipped"), hosted.plugins().started());

    card = hosted.done("plugins/new/install", new JsonObject().put("sha256", sha256));

    assertEquals("running", card.getString("state"));
    assertEquals(List.of("channel"), card.getJsonArray("kinds").getList());
    assertEquals(List.of("new", "shipped"), hosted.plugins().started());
  }

  @Test
  void isThereAgainAfterAStartWithWhatTheOwnerChose() throws IOException {
    hosted.install(TestPlugin.good("on", "1.0.0"));
    hosted.install(TestPlugin.good("off", "1.0.0"));
    hosted.done("plugins/off/disable", new JsonObject());

    hosted.stop();
    hosted.start();

    assertEquals(List.of("off off", "on running", "shipped running"), hosted.states());
  }

  @Test
  void anUpdateKeepsTheOldVersionForARollback() throws IOException {
    hosted.install(TestPlugin.good("it", "1.0.0"));
    Channel channel = hosted.plugins().channel("it", new Settings(Map.of("key", "a")));
    assertInstanceOf(Outcome.Accepted.class, channel.send(Sample.message()));

    JsonObject card = hosted.install(TestPlugin.good("it", "1.1.0"));
    assertInstanceOf(Outcome.Accepted.class, channel.send(Sample.message()));

    assertEquals("1.1.0", card.getJsonObject("current").getString("version"));
    assertEquals("1.0.0", card.getJsonObject("previous").getString("version"));
    card = hosted.done("plugins/it/rollback", new JsonObject());
    assertEquals("1.0.0", card.getJsonObject("current").getString("version"));
    assertEquals("1.1.0", card.getJsonObject("previous").getString("version"));
    assertInstanceOf(Outcome.Accepted.class, channel.send(Sample.message()));
    channel.close();
    hosted.stop();
    hosted.start();
    assertEquals("1.0.0", hosted.card("it").getJsonObject("current").getString("version"));
  }

  @Test
  void anUpdateThatFailsItsTrialChangesNothing() {
    hosted.install(TestPlugin.good("it", "1.0.0"));
    Channel channel = hosted.plugins().channel("it", new Settings(Map.of()));
    byte[] broken = TestPlugin.hostile("it", "start throws").says("plugin.version", "2.0.0").zip();
    JsonObject card = new JsonObject(hosted.upload(broken).body());
    String sha256 = card.getJsonObject("candidate").getString("sha256");

    JsonObject problem =
        assertRefused(
            409, "plugin-throws", "plugins/it/install", new JsonObject().put("sha256", sha256));

    assertEquals("plugin-trial", problem.getString("code"));
    assertTrue(problem.encode().contains("on purpose"), problem.encode());
    assertEquals("1.0.0", hosted.card("it").getJsonObject("current").getString("version"));
    assertEquals("running", hosted.card("it").getString("state"));
    assertInstanceOf(Outcome.Accepted.class, channel.send(Sample.message()));
    channel.close();
  }

  @Test
  void anOlderVersionIsRefused() {
    hosted.install(TestPlugin.good("it", "1.1.0"));

    HttpResponse<String> response = hosted.upload(TestPlugin.good("it", "1.0.9").zip());

    assertEquals(400, response.statusCode());
    assertTrue(response.body().contains("plugin-downgrade"), response.body());
    assertTrue(response.body().contains("1.1.0") && response.body().contains("1.0.9"));
  }

  @Test
  void whatFitsAnotherVersionOfSoloistIsRefusedWithBothVersions() {
    byte[] zip = TestPlugin.good("it", "1.0.0").says("plugin.requires", ">=9.0.0").zip();

    HttpResponse<String> response = hosted.upload(zip);

    assertEquals(400, response.statusCode());
    assertTrue(response.body().contains(">=9.0.0"), response.body());
    assertTrue(response.body().contains(Manifest.SPI_VERSION), response.body());
    assertEquals(List.of("shipped running"), hosted.states());
  }

  @Test
  void saysWhatDependsOnItBeforeItGoes() {
    hosted.install(TestPlugin.good("base", "1.0.0"));
    hosted.install(TestPlugin.good("upper", "1.0.0").says("plugin.dependencies", "base@>=1.0.0"));
    hosted.done(
        "instances", new JsonObject().put("id", "mine").put("plugin", "base").put("name", "Mine"));

    for (String action : List.of("disable", "remove")) {
      JsonObject problem =
          assertRefused(409, "plugin-used-by-instance", "plugins/base/" + action, new JsonObject());
      assertTrue(problem.encode().contains("plugin-used-by-plugin"), problem.encode());
    }
    hosted.done("plugins/base/disable", new JsonObject().put("force", true));

    assertEquals(List.of("base off", "shipped running", "upper failed"), hosted.states());
    assertTrue(hosted.card("upper").encode().contains("plugin-needs"));
    hosted.done("plugins/base/enable", new JsonObject());
    hosted.done("plugins/upper/enable", new JsonObject());
    assertEquals(List.of("base running", "shipped running", "upper running"), hosted.states());
  }

  @Test
  void whatNeedsAnotherPluginSeesItsClassesAndWaitsForIt() throws IOException {
    TestPlugin upper =
        TestPlugin.of("upper", "1.0.0")
            .extension("sample.Good")
            .says("plugin.dependencies", "base@>=1.0.0");
    JsonObject card = new JsonObject(hosted.upload(upper.zip()).body());
    JsonObject confirmed =
        new JsonObject().put("sha256", card.getJsonObject("candidate").getString("sha256"));

    assertRefused(409, "plugin-needs", "plugins/upper/install", confirmed);
    hosted.install(TestPlugin.good("base", "1.0.0"));
    hosted.done("plugins/upper/install", confirmed);

    hosted.stop();
    hosted.start();
    assertEquals(List.of("base running", "shipped running", "upper running"), hosted.states());
    TestPlugin circle =
        TestPlugin.good("base", "1.1.0").says("plugin.dependencies", "upper@>=1.0.0");
    card = new JsonObject(hosted.upload(circle.zip()).body());
    confirmed = new JsonObject().put("sha256", card.getJsonObject("candidate").getString("sha256"));
    assertRefused(409, "plugin-cycle", "plugins/base/install", confirmed);
  }

  @Test
  void whatIsRemovedLeavesNoFile() throws IOException {
    hosted.install(TestPlugin.good("it", "1.0.0"));
    hosted.install(TestPlugin.good("it", "1.1.0"));
    hosted.upload(TestPlugin.good("it", "1.2.0").zip());
    List<Path> before = files();

    hosted.done("plugins/it/remove", new JsonObject());

    assertEquals(404, hosted.get("plugins/it").statusCode());
    assertTrue(before.size() > files().size());
    String shipped = hosted.card("shipped").getJsonObject("current").getString("sha256");
    assertEquals(
        List.of(shipped, shipped + ".zip"),
        files().stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> name.startsWith(shipped) || name.endsWith(".zip"))
            .toList());
    assertRefused(409, "plugin-shipped", "plugins/shipped/remove", new JsonObject());
  }

  @Test
  void aBadZipOfTheFolderIsShownAndDoesNotStopTheStart(@TempDir Path other) throws IOException {
    Hosted bad = new Hosted(other);
    Files.writeString(bad.shipped.resolve("broken.zip"), "no zip");
    TestPlugin.hostile("thrower", "start throws").zip(bad.shipped);
    try (bad) {
      bad.start();

      assertEquals(List.of("thrower failed", "broken.zip failed"), bad.states());
      JsonObject failure = bad.card("thrower").getJsonObject("failure");
      assertEquals("plugin-throws", failure.getString("code"));
      assertTrue(failure.getString("en").contains("on purpose"));
      assertFalse(failure.getString("zh-CN").isBlank());
    }
  }

  @Test
  void aChannelOfAPluginThatIsOffPutsMessagesOff() {
    Channel channel = hosted.plugins().channel("shipped", new Settings(Map.of()));

    hosted.done("plugins/shipped/disable", new JsonObject().put("force", true));
    Outcome off = channel.send(Sample.message());
    hosted.done("plugins/shipped/enable", new JsonObject());
    Outcome on = channel.send(Sample.message());

    assertEquals(Outcome.Delayed.RELAY, assertInstanceOf(Outcome.Later.class, off).by());
    assertInstanceOf(Outcome.Accepted.class, on);
    channel.close();
  }

  @Test
  void aBodyThatIsTooLargeOrNoFileIsRefusedAndLeavesNothing() throws IOException {
    assertEquals(413, hosted.upload(new byte[(int) Unpacker.MOST_BYTES + 1]).statusCode());
    assertEquals(415, hosted.post("plugins", new JsonObject()).statusCode());
    assertEquals(400, hosted.upload(new byte[0]).statusCode());

    try (Stream<Path> left = Files.list(hosted.home.resolve("staging"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(hosted.home)) {
      return files.sorted().toList();
    }
  }

  private static JsonObject assertRefused(int status, String code, String path, JsonObject body) {
    HttpResponse<String> response = hosted.post(path, body);
    assertEquals(status, response.statusCode(), response.body());
    assertTrue(response.body().contains("\"" + code + "\""), response.body());
    return new JsonObject(response.body());
  }
}
