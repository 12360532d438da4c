package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.IndexOptions;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at random moments under eight writers. */
class KillTest {
  private static final int ROUNDS = Boolean.getBoolean("soloist.slow") ? 50 : 2;

  @TempDir Path directory;

  @Test
  void findsEveryAcknowledgedWriteAndNoHalfOneAfterAKill() throws Exception {
    findsEverything("ours");
  }

  @Test
  void findsThemWhenTheMapsAreWrittenAllTheTime() throws Exception {
    findsEverything("restless");
  }

  private void findsEverything(String kind) throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(killed(kind, directory, round, random));

      try (Served served = Served.in(directory)) {
        var batches = Batches.collection(served.client());
        Batches.Findings findings = Batches.check(batches, acknowledged);
        String where = "seed " + seed + ", round " + round;
        assertEquals(List.of(), findings.missing(), where);
        assertEquals(List.of(), findings.half(), where);
      }
    }
    System.out.printf(
        "{\"test\":\"kill\",\"kind\":\"%s\",\"rounds\":%d,\"acknowledged\":%d,\"lost\":0,"
            + "\"half\":0}%n",
        kind, ROUNDS, acknowledged.size());
    assertTrue(acknowledged.size() > ROUNDS * 10, "too little was written to prove anything");
  }

  @Test
  void findsThemWhenItIsKilledAgainWhileItReadsItsLog() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    Set<String> acknowledged = killed("ours", directory, 0, random);
    for (int round = 0; round < ROUNDS; round++) {
      Child.killOpening(directory, 100 + random.nextInt(400));
    }
    try (Served served = Served.in(directory)) {
      Batches.Findings findings = Batches.check(Batches.collection(served.client()), acknowledged);
      assertEquals(List.of(), findings.missing(), "seed " + seed);
      assertEquals(List.of(), findings.half(), "seed " + seed);
    }
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "the negative control runs with -Dsoloist.slow=true")
  void findsLossInTheBackendThatDoesNotSync() throws Exception {
    var random = new Random(1);
    int lost = 0;
    for (int round = 0; round < 5; round++) {
      Path own = Files.createDirectory(directory.resolve("h2-" + round));
      Set<String> acknowledged = killed("h2", own, round, random);

      var server = new MongoServer(new H2Backend(own.resolve("h2.mv").toString()));
      try (MongoClient client = MongoClients.create(server.bindAndGetConnectionString())) {
        Batches.Findings findings = Batches.check(Batches.collection(client), acknowledged);
        lost += findings.missing().size() + findings.half().size();
      } finally {
        server.shutdownNow();
      }
    }
    assertTrue(lost > 0, "the test cannot see loss");
  }

  private static Set<String> killed(String kind, Path directory, int round, Random random)
      throws Exception {
    try (Child child = Child.start(kind, directory)) {
      try (MongoClient client = MongoClients.create(child.uri())) {
        Batches.collection(client)
            .createIndex(new Document("batch", 1).append("state", 1), new IndexOptions().name("b"));
      }
      try (var batches = new Batches(child.uri(), 8, round)) {
        int enough = 16 + random.nextInt(80);
        long moment = System.nanoTime() + random.nextInt(30_000_000);
        Wait.until(
            "some writes",
            Duration.ofSeconds(60),
            () -> batches.acknowledged().size() >= enough && System.nanoTime() > moment);
        child.kill();
        batches.stop();
        return batches.acknowledged();
      }
    }
  }
}
