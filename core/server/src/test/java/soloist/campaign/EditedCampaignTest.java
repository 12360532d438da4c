package soloist.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import soloist.Rig;
import soloist.http.Problem;
import soloist.http.Texts;
import soloist.lane.Publications;
import soloist.profiling.FairUse;
import soloist.store.TestStore;

/**
 * A campaign that runs is asked again what it goes by when it is changed or let go on. No recipe
 * that ships asks for a fact that a profiler may write, so the model here says it wrote one that
 * this recipe asks for.
 */
class EditedCampaignTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private TestStore server;
  private Rig rig;
  private Campaigns campaigns;

  @BeforeEach
  void open() {
    server = new TestStore();
    rig = new Rig(server, "edited", NOW);
    campaigns =
        new Campaigns(
            rig.store,
            rig.definitions,
            rig.journal,
            new Publications(rig.definitions, rig.journal),
            rig.refolds,
            rig.jobs,
            rig.clock,
            new FairUse(rig.store)::unseen);
  }

  @AfterEach
  void close() {
    rig.close();
    server.close();
  }

  @Test
  void mayNotGoByAModelThatNobodyHasLookedAtSinceItTookOver() {
    Plan plan = campaigns.create("win-back", Map.of());
    String id = plan.id();
    assertEquals(1, campaigns.activate(id, null).version());
    unfairModelTakesOver();

    assertRefused(() -> change(id, "Come back"));

    assertEquals(1, campaigns.find(id).version());
    assertEquals(plan.name(), campaigns.find(id).name());
    campaigns.pause(id);
    assertRefused(() -> change(id, "Come back"));
    assertRefused(() -> campaigns.resume(id));
    assertEquals(Plan.State.PAUSED, campaigns.find(id).state());

    somebodyLooks();

    assertEquals(2, change(id, "Come back").version());
    assertEquals(Plan.State.ACTIVE, campaigns.resume(id).state());
    assertEquals(Map.of("en", "Come back"), campaigns.find(id).name());
  }

  @Test
  void mayBeDraftedAllTheSame() {
    unfairModelTakesOver();
    String id = campaigns.create("win-back", Map.of()).id();

    Plan drafted = change(id, "Come back");

    assertEquals(0, drafted.version());
    assertEquals(Map.of("en", "Come back"), drafted.name());
    assertRefused(() -> campaigns.activate(id, null));
  }

  @Test
  void isChangedWithoutAskingWhereItGoesByNoModel() {
    String id = campaigns.create("welcome", Map.of()).id();
    campaigns.activate(id, null);
    unfairModelTakesOver();

    assertEquals(2, change(id, "Hello").version());
  }

  private Plan change(String id, String name) {
    int seen = campaigns.find(id).rev();
    return campaigns.change(id, seen, Map.of("en", name), Map.of(), Map.of());
  }

  private static void assertRefused(Executable change) {
    Problem problem = assertThrows(Problem.class, change);
    Problem.Detail detail = problem.details().getFirst();

    assertEquals(409, problem.status());
    assertEquals(
        "The campaign asks for 'orders', which is written by a model that chooses a group of people"
            + " less than four fifths as often as another. Open the model under Discover, look whom"
            + " it chooses, and say there that you have seen it.",
        Texts.say(Texts.ENGLISH, detail.code(), detail.values()));
    String chinese = Texts.say(Texts.CHINESE, detail.code(), detail.values());
    assertTrue(chinese.startsWith("该活动用到了 'orders'，它由一个模型写入"), chinese);
  }

  private void unfairModelTakesOver() {
    Document fairness = new Document("state", "low").append("seen", false);
    rig.store
        .models()
        .insertOne(
            new Document("_id", "unfair")
                .append("instance", "leaving")
                .append("plugin", "profiler-predict")
                .append("pluginVersion", "1.0.0")
                .append("seed", 42L)
                .append("at", Date.from(NOW))
                .append("people", 100)
                .append("bytes", new Binary(new byte[0]))
                .append("card", new Document("people", 100))
                .append("traits", List.of("orders"))
                .append("written", true)
                .append("judged", new Document("fairness", fairness)));
    rig.store.upkeeps().insertOne(new Document("_id", "leaving").append("standing", "unfair"));
  }

  private void somebodyLooks() {
    rig.store
        .models()
        .updateOne(
            new Document("_id", "unfair"),
            new Document("$set", new Document("judged.fairness.seen", true)));
  }
}
