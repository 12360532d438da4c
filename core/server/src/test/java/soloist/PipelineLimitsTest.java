package soloist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import soloist.campaign.Published;
import soloist.lane.Judged;
import soloist.lane.Row;
import soloist.lane.Unjudgeable;
import soloist.lane.Work;
import soloist.rules.judge.InterpretingJudge;
import soloist.store.Definitions;
import soloist.store.Store;
import soloist.store.TestStore;

class PipelineLimitsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final TestStore server = new TestStore();
  private final Store store = server.open("limits");
  private final Definitions definitions = new Definitions(store);
  private final Work work =
      new Pipeline(new Published.Cache(definitions, InterpretingJudge::new), () -> ZoneOffset.UTC);
  private final Map<String, Integer> versions = new TreeMap<>(Map.of("template:t", 1));
  private final Map<String, Document> profiles = new HashMap<>();
  private long position;

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void aPersonIsInFiftyJourneysAndNotInOneMore() {
    publish("long", "long", List.of(Map.of("wait", "w", "time", "P300D")), "PT1M");
    for (int i = 0; i < 50; i++) {
      judge("long", Map.of());
    }
    assertEquals(50, profiles.get("ada").getList("journeys", Document.class).size());

    Judged judged = judge("long", Map.of());

    assertEquals(50, profiles.get("ada").getList("journeys", Document.class).size());
    assertEquals(51, profiles.get("ada").get("applied", Document.class).getLong("live"));
    Document decision = judged.decisions().getFirst();
    assertEquals("decline", decision.getString("kind"));
    assertEquals("long", decision.getString("campaign"));
    assertEquals("too-many-journeys", decision.getString("reason"));
    assertEquals(1, judged.decisions().size());
  }

  @Test
  void followUpsOfOneCauseAreEightDeepAndNoDeeper() {
    List<Map<String, Object>> eightAndAWait = sends(8);
    eightAndAWait.add(Map.of("wait", "w", "time", "P1D"));
    publish("eight", "eight", eightAndAWait, "PT1M");
    publish("endless", "nine", sends(9), "PT1M");
    publish("tireless", "nine", sends(20), "PT1M");

    assertEquals(8, judge("eight", Map.of()).outbox().size());
    var fault = assertThrows(Unjudgeable.class, () -> judge("nine", Map.of()));

    assertTrue(fault.getMessage().contains("endless, tireless"), fault.getMessage());
  }

  @Test
  void stepsThatDoNothingAreNoFollowUps() {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      steps.add(send("s" + i, Map.of("any", List.of())));
    }
    steps.add(send("last", Map.of("all", List.of())));
    publish("many", "many", steps, "PT1M");

    assertEquals(1, judge("many", Map.of()).outbox().size());
  }

  @Test
  void whatOnlyAStepAsksIsCountedToo() {
    Map<String, Object> visits = Map.of("did", "visit", "atLeast", 2, "within", "P1D");
    publish("visits", "order", List.of(send("s", visits)), "PT1M");
    judge("visit", Map.of());
    judge("order", Map.of());
    judge("visit", Map.of());

    Judged judged = judge("order", Map.of());

    assertEquals(1, judged.outbox().size());
  }

  @Test
  void theRowThatMakesAProfileTooLargeIsAtFaultHoweverRowsAreCut() {
    judge("traits", Map.of("one", "x".repeat(40_000)));
    Row tooMuch = row("traits", Map.of("two", "x".repeat(40_000)));
    Row less = row("traits", Map.of("one", "short"));

    assertThrows(
        Unjudgeable.class,
        () ->
            work.judge(
                versions,
                List.of(tooMuch, less),
                new Work.Known(profiles, Map.of()),
                List.of(),
                START));
    assertThrows(
        Unjudgeable.class,
        () ->
            work.judge(
                versions, List.of(tooMuch), new Work.Known(profiles, Map.of()), List.of(), START));
    assertEquals(
        1,
        work.judge(versions, List.of(less), new Work.Known(profiles, Map.of()), List.of(), START)
            .profiles()
            .size());
  }

  @Test
  void aWaitWhoseDueWasSetAsideHarmsNoLaterRowAndIsOverWhenItIsOfferedAgain() {
    publish(
        "slow",
        "begin",
        List.of(Map.of("wait", "w", "time", "P1D"), send("s", Map.of("all", List.of()))),
        "PT1M");
    judge("begin", Map.of());
    // As a lane leaves a person whose due is poison.
    Document silenced = new Document(profiles.get("ada")).append("dueAt", null);
    profiles.put("ada", silenced.append("rev", silenced.getLong("rev") + 1));
    position += 48;

    assertEquals(0, judge("visit", Map.of()).outbox().size());
    assertEquals(null, profiles.get("ada").getDate("dueAt"));

    Row again = row(Row.REFOLD, Map.of(Row.DUE_AGAIN, true));
    Document refolded = work.refolding(versions, profiles.get("ada"), List.of(again)).end();
    Judged offered =
        work.judge(
            versions,
            List.of(again),
            new Work.Known(profiles, Map.of(again.id(), refolded)),
            List.of(),
            START);
    profiles.put("ada", offered.profiles().getFirst());
    Judged woken =
        work.judge(
            versions,
            List.of(),
            new Work.Known(profiles, Map.of()),
            List.of("ada"),
            again.at().plusSeconds(1));

    assertEquals(1, woken.outbox().size());
    assertEquals(null, woken.outbox().getFirst().getString("wave"), "it began by her own doing");
  }

  private Judged judge(String type, Map<String, Object> properties) {
    Judged judged =
        work.judge(
            versions,
            List.of(row(type, properties)),
            new Work.Known(profiles, Map.of()),
            List.of(),
            START);
    judged.profiles().forEach(profile -> profiles.put(profile.getString("_id"), profile));
    return judged;
  }

  private Row row(String type, Map<String, Object> properties) {
    position++;
    Row draft =
        Row.draft("e" + position, "ada", List.of(), type, START, "api", Map.of(), properties);
    Instant at = START.plus(Duration.ofHours(position));
    return new Row(
        draft.id(),
        draft.partition(),
        draft.source(),
        position,
        "ada",
        List.of(),
        type,
        at,
        at,
        "api",
        Map.of(),
        properties);
  }

  private void publish(String id, String event, List<Map<String, Object>> steps, String reEntry) {
    definitions.save(
        "campaign",
        id,
        1,
        Map.of(
            "id",
            id,
            "version",
            1,
            "name",
            Map.of("en", id, "zh-CN", id),
            "purpose",
            "marketing",
            "trigger",
            Map.of("eventHappened", event),
            "audience",
            Map.of("all", List.of()),
            "freshness",
            "P1D",
            "reEntry",
            Map.of("after", reEntry),
            "steps",
            steps));
    versions.put("campaign:" + id, 1);
  }

  private static List<Map<String, Object>> sends(int count) {
    List<Map<String, Object>> sends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sends.add(send("s" + i, Map.of("all", List.of())));
    }
    return sends;
  }

  private static Map<String, Object> send(String id, Map<String, Object> onlyIf) {
    return Map.of("send", id, "channel", "email", "template", "t", "onlyIf", onlyIf);
  }
}
