package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Connector;
import soloist.spi.Fetched;
import soloist.spi.Mapping;
import soloist.spi.Settings;

/** Connectors behind the guard of their plugin. */
class GuardedConnectorTest {
  private static final Mapping MAPPING = new Mapping(Mapping.Kind.CUSTOMERS, List.of("email"));

  @TempDir private static Path folder;
  private static Hosted hosted;

  @BeforeAll
  static void open() throws IOException {
    hosted = new Hosted(folder).start();
    hosted.install(
        TestPlugin.of("source", "1.0.0")
            .source("sample.Source")
            .extension("sample.Source")
            .schema(
                """
                {"type": "object", "additionalProperties": false, "x-test": {"action": "survey"},
                 "properties": {"way": {"type": "string"}}}
                """));
  }

  @AfterAll
  static void close() throws IOException {
    hosted.close();
  }

  @Test
  void handsOnEachRecordUntilTheSinkHasEnough() throws IOException {
    assertEquals(3, pull("", Integer.MAX_VALUE).size());
    assertEquals(2, pull("", 2).size());
  }

  @Test
  void aPullWithoutProgressCountsAsHanging() {
    long start = System.nanoTime();

    PluginFault fault = assertThrows(PluginFault.class, () -> pull("silent", 9));

    assertEquals("plugin-hangs", fault.reason().code());
    assertTrue(System.nanoTime() - start < 5 * Hosted.SHORT.idle().toNanos());
  }

  @Test
  void theReasonWhyNothingCanBeReadIsNoFault() {
    Connector.Unreadable thrown;
    try (Connector connector = opened("unreadable")) {
      thrown = assertThrows(Connector.Unreadable.class, connector::survey);
    }

    assertEquals("这里什么都没有。", thrown.reason().zh());
  }

  @Test
  void aWrongTypeInASurveyIsFound() {
    try (Connector connector = opened("wrong")) {
      PluginFault fault = assertThrows(PluginFault.class, connector::survey);

      assertEquals("plugin-type", fault.reason().code());
    }
  }

  @Test
  void whatTheSinkThrowsComesOutAsItIs() {
    RuntimeException away = new IllegalStateException("the store is away");
    try (Connector connector = opened("")) {
      Connector.Sink sink =
          new Connector.Sink() {
            @Override
            public boolean accept(Fetched record, String cursor) {
              throw away;
            }

            @Override
            public boolean progress(long done, long total) {
              return true;
            }
          };

      assertSame(
          away, assertThrows(RuntimeException.class, () -> connector.pull(MAPPING, "", sink)));
    }
  }

  @Test
  void theTestButtonShowsWhatWasFoundOrWhyNot() {
    create("good", "");
    create("bad", "unreadable");

    JsonObject good = hosted.done("instances/good/test", new JsonObject());
    JsonObject bad = hosted.done("instances/bad/test", new JsonObject());

    assertTrue(good.getBoolean("ok"));
    assertEquals(List.of("mail"), good.getJsonArray("fields").getList());
    assertEquals(3, good.getInteger("rows"));
    assertFalse(bad.getBoolean("ok"));
    assertEquals("There is nothing here.", bad.getString("message"));
  }

  private static void create(String id, String way) {
    JsonObject settings = way.isEmpty() ? new JsonObject() : new JsonObject().put("way", way);
    hosted.done(
        "instances",
        new JsonObject()
            .put("id", id)
            .put("plugin", "source")
            .put("name", id)
            .put("settings", settings));
  }

  private static Connector opened(String way) {
    Connector connector = hosted.plugins().connector("source");
    connector.open(new Settings(Map.of("way", way)));
    return connector;
  }

  private static List<Fetched> pull(String way, int most) throws IOException {
    List<Fetched> got = new ArrayList<>();
    try (Connector connector = opened(way)) {
      connector.pull(
          MAPPING,
          "",
          new Connector.Sink() {
            @Override
            public boolean accept(Fetched record, String cursor) {
              got.add(record);
              return got.size() < most;
            }

            @Override
            public boolean progress(long done, long total) {
              return true;
            }
          });
    }
    return got;
  }
}
