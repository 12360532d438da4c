package soloist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import soloist.campaign.Published;
import soloist.lane.Journal;
import soloist.lane.Lanes;
import soloist.lane.Row;
import soloist.rules.condition.Facts;
import soloist.rules.judge.Cause;
import soloist.rules.judge.Decision;
import soloist.rules.judge.DroolsJudge;
import soloist.rules.judge.Judge;
import soloist.rules.judge.Situation;
import soloist.store.Definitions;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.ManualClock;

/** A row whose judging does not end in time does not hold up the others. */
class SlowJudgingTest {
  private static final Map<String, Object> NOT_BOB =
      Map.of("not", Map.of("trait", "name", "comparison", "equal", "value", "bob", "type", "text"));
  private final ManualClock clock = new ManualClock();

  /** Read by deadlines only: it moves when the facts of the slow one are asked. */
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void theOneThatTakesTooLongIsKeptAsDeadAndTheOthersAreJudged() {
    try (TestStore server = new TestStore();
        Store store = server.open("slow");
        Journal journal = new Journal(store, clock, (_, _) -> {})) {
      Definitions definitions = new Definitions(store);
      definitions.save("campaign", "thanks", 1, campaign());
      List<String> people = sharingAPartition(5);
      int partition = draft(people.getFirst(), "x").partition();
      for (Map<String, Object> version :
          List.of(version("template", "t"), version("campaign", "thanks"))) {
        journal.append(Row.control(version.toString(), partition, clock.instant(), version)).join();
      }
      for (String person : people) {
        String name = person.equals(people.get(2)) ? "slow" : "quick";
        journal.append(draft(person, name)).join();
      }

      new Lanes(
              1,
              store,
              journal,
              new Pipeline(
                  new Published.Cache(
                      definitions,
                      (open, running) ->
                          new Slowed(new DroolsJudge(open, running, nanos::get), nanos)),
                  () -> ZoneOffset.UTC),
              () -> 512)
          .pullAll();

      Document dead = store.dead().find().first();
      assertEquals("name of " + people.get(2), dead.getString("_id"), dead::toJson);
      assertTrue(dead.getString("cause").contains("longer than 250 ms for"), dead::toJson);
      assertEquals(1, store.dead().countDocuments());
      assertEquals(4, store.outbox().countDocuments());
      assertEquals(0, journal.backlog());
    }
  }

  /** Asked for a trait of the slow one, the facts take a second to answer. */
  private record Slowed(Judge judge, AtomicLong nanos) implements Judge {
    @Override
    public boolean concerns(Cause cause) {
      return judge.concerns(cause);
    }

    @Override
    public List<List<Decision>> judge(List<Situation> situations) {
      return judge.judge(
          situations.stream().map(it -> new Situation(slowed(it.facts()), it.cause())).toList());
    }

    private Facts slowed(Facts facts) {
      return (Facts)
          Proxy.newProxyInstance(
              Facts.class.getClassLoader(),
              new Class<?>[] {Facts.class},
              (_, method, arguments) -> {
                Object answer = method.invoke(facts, arguments);
                if (String.valueOf(answer).contains("slow")) {
                  nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                }
                return answer;
              });
    }
  }

  private Row draft(String person, String name) {
    return Row.draft(
        "name of " + person,
        person,
        List.of(),
        "traits",
        clock.instant(),
        "api",
        Map.of(),
        Map.of("name", name));
  }

  private List<String> sharingAPartition(int count) {
    int first = draft("p0", "").partition();
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "p" + i)
        .filter(id -> draft(id, "").partition() == first)
        .limit(count)
        .toList();
  }

  private static Map<String, Object> version(String kind, String id) {
    return Map.of("kind", kind, "id", id, "version", 1L);
  }

  private static Map<String, Object> campaign() {
    return Map.of(
        "id",
        "thanks",
        "version",
        1,
        "name",
        Map.of("en", "Thanks", "zh-CN", "感谢"),
        "purpose",
        "marketing",
        "trigger",
        Map.of("eventHappened", "traits"),
        "audience",
        NOT_BOB,
        "freshness",
        "P1D",
        "reEntry",
        Map.of("after", "PT1M"),
        "steps",
        List.of(
            Map.of(
                "send",
                "s",
                "channel",
                "email",
                "template",
                "t",
                "onlyIf",
                Map.of("all", List.of()))));
  }
}
