package soloist.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.ExplainVerbosity;
import com.mongodb.client.FindIterable;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import soloist.embedded.EmbeddedMongo;
import soloist.store.Store;

/** Looking for who is due reads who is due, however many wait. */
class SweepTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int WAITING = 6_400;

  @TempDir Path folder;

  @Test
  void whoIsDueIsFoundByAStretchOfAnIndexAndNobodyElseIsRead() {
    try (EmbeddedMongo server = EmbeddedMongo.open(folder);
        Store store = new Store(server.uri())) {
      List<Document> people = new ArrayList<>();
      for (int i = 0; i < WAITING; i++) {
        Instant due = NOW.plus(Duration.ofHours(1 + i % 1_000));
        people.add(person("w" + i, i % Partitions.COUNT, Date.from(due)));
        people.add(person("n" + i, i % Partitions.COUNT, null));
      }
      store.profiles().insertMany(people);

      assertEquals(0, keysRead(Lane.due(store, 7, NOW)));
      assertEquals(1, keysRead(Lane.earliest(store, 7)));

      store.profiles().insertOne(person("due", 7, Date.from(NOW)));

      assertEquals(1, keysRead(Lane.due(store, 7, NOW)));
      assertEquals("due", Lane.due(store, 7, NOW).first().getString("_id"));
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "has a million people wait")
  void aMillionWhoWaitCostUnderAHundredthOfAProcessor() {
    int waiting = Integer.getInteger("soloist.waiting", 1_000_000);
    int seconds = 60;
    try (EmbeddedMongo server = EmbeddedMongo.open(folder);
        Store store = new Store(server.uri());
        Journal journal = new Journal(store, () -> NOW, (_, _) -> {})) {
      List<Document> people = new ArrayList<>();
      for (int i = 0; i < waiting; i++) {
        Date due = Date.from(NOW.plus(Duration.ofHours(1 + i % 1_000)));
        people.add(person("w" + i, i % Partitions.COUNT, due));
        if (people.size() == 1_000) {
          store.profiles().insertMany(people);
          people.clear();
        }
      }
      Lanes lanes = new Lanes(4, store, journal, new NotingWork(), () -> 128);
      lanes.pullAll();
      OperatingSystemMXBean process =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

      long before = process.getProcessCpuTime();
      for (int second = 0; second < seconds; second++) {
        lanes.pullAll();
      }
      double share = (process.getProcessCpuTime() - before) / 1e9 / seconds;

      System.getLogger("sweep")
          .log(
              System.Logger.Level.INFO,
              "%d wait, none is due: %.3f %% of a processor".formatted(waiting, 100 * share));
      assertTrue(share < 0.01, "of a processor: " + share);
    }
  }

  private static Document person(String id, int partition, Date due) {
    return new Document("_id", id).append("partition", partition).append("dueAt", due);
  }

  private static int keysRead(FindIterable<Document> query) {
    Document explained = query.explain(ExplainVerbosity.EXECUTION_STATS);
    String plan = explained.get("queryPlanner", Document.class).toJson();
    assertTrue(plan.contains("partition_1_dueAt_1"), plan);
    assertTrue(!plan.contains("SORT"), plan);
    Document stats = explained.get("executionStats", Document.class);
    return ((Number) stats.get("totalKeysExamined")).intValue();
  }
}
