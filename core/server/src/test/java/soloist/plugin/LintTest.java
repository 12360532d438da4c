package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner is told of a plugin's code before saying yes. */
class LintTest {
  @TempDir private Path folder;
  private Hosted host;

  @BeforeEach
  void open() throws IOException {
    host = new Hosted(folder).start();
  }

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  @Test
  void whatItsCodeCanDoIsSaidBeforeAnybodyConfirms() {
    TestPlugin plugin =
        TestPlugin.of("busy", "1.0.0").source("sample.Busy").extension("sample.Busy");

    Map<String, JsonObject> findings = findings(plugin);

    assertEquals(
        List.of("exit", "native", "network", "process", "unsafe"), List.copyOf(findings.keySet()));
    JsonObject exit = findings.get("exit").getJsonObject("message");
    assertEquals(
        "Its code can end the whole of Soloist (sample.Busy). It does not say so itself.",
        exit.getString("en"));
    assertTrue(exit.getString("zh-CN").contains("终止整个 Soloist"), exit.encode());
    assertEquals("uploaded", host.card("busy").getString("state"), "nothing of it runs yet");
  }

  @Test
  void whatTheManifestSaysIsShownAsSaid() {
    TestPlugin plugin =
        TestPlugin.of("busy", "1.0.0")
            .source("sample.Busy")
            .extension("sample.Busy")
            .says("uses", "network, process");

    Map<String, JsonObject> findings = findings(plugin);

    assertEquals(true, findings.get("network").getBoolean("said"));
    assertEquals(
        "Its code can connect to other machines (sample.Busy).",
        findings.get("network").getJsonObject("message").getString("en"));
    assertEquals(false, findings.get("exit").getBoolean("said"));
  }

  @Test
  void codeThatOnlyComputesGivesNothingToSay() {
    assertEquals(Map.of(), findings(TestPlugin.good("good", "1.0.0")));
  }

  @Test
  void aManifestSaysKnownWordsOnly() {
    for (String key : List.of("uses", "goals")) {
      var answer = host.upload(TestPlugin.good("good", "1.0.0").says(key, "magic").zip());

      assertEquals(400, answer.statusCode());
      assertTrue(answer.body().contains("'magic'"), answer.body());
    }
  }

  @Test
  void whatAPluginIsForIsShownInItsOrder() {
    var answer = host.upload(TestPlugin.good("good", "1.0.0").says("goals", "value, churn").zip());

    JsonObject candidate = new JsonObject(answer.body()).getJsonObject("candidate");
    assertEquals(List.of("value", "churn"), candidate.getJsonArray("goals").getList());
  }

  private Map<String, JsonObject> findings(TestPlugin plugin) {
    JsonObject card = new JsonObject(host.upload(plugin.zip()).body());
    Map<String, JsonObject> findings = new TreeMap<>();
    card.getJsonObject("candidate").getJsonArray("findings").stream()
        .map(JsonObject.class::cast)
        .forEach(finding -> findings.put(finding.getString("power"), finding));
    return findings;
  }
}
