package soloist.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.ExplainVerbosity;
import com.mongodb.client.FindIterable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
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
