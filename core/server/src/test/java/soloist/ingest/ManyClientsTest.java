package soloist.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import soloist.Seed;
import soloist.identity.Identity;
import soloist.identity.ProfileIds;
import soloist.lane.Journal;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.ManualClock;

class ManyClientsTest {
  private static final int CLIENTS = 8;
  private static final int PEOPLE = 200;

  @Test
  void eightClientsWithDoublesLeaveDensePositionsAndOneProfileEach() throws Exception {
    long seed = Seed.next("clients");
    var clock = new ManualClock();
    try (TestStore server = new TestStore();
        Store store = server.open("clients");
        var journal = new Journal(store, clock, (_, _) -> {});
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ingest =
          new Ingest(
              new Identity(store, new ProfileIds(clock)), journal, new Undone(), clock, () -> "");
      List<Future<Integer>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Random random = new Random(seed + client);
        clients.add(threads.submit(() -> send(ingest, random)));
      }
      int fresh = 0;
      for (Future<Integer> client : clients) {
        fresh += client.get();
      }

      Map<String, Set<String>> profilesOf = new HashMap<>();
      Map<Integer, Set<Long>> positions = new TreeMap<>();
      for (Document row : store.events().find().batchSize(10_000)) {
        String email = row.get("identifiers", Document.class).getString("email");
        profilesOf.computeIfAbsent(email, _ -> new HashSet<>()).add(row.getString("profileId"));
        positions
            .computeIfAbsent(row.getInteger("partition"), _ -> new HashSet<>())
            .add(row.getLong("position"));
      }
      assertEquals(fresh, store.events().countDocuments());
      assertEquals(fresh, journal.backlog());
      assertTrue(positions.size() >= 32, "partitions " + positions.size());
      positions.forEach(
          (partition, found) ->
              found.forEach(
                  position ->
                      assertTrue(position >= 1 && position <= found.size(), "gap " + partition)));
      profilesOf.forEach((email, profiles) -> assertEquals(1, profiles.size(), email));
    }
  }

  /** Returns how many were new. */
  private static int send(Ingest ingest, Random random) {
    int fresh = 0;
    for (int i = 0; i < 250; i++) {
      if (random.nextInt(5) > 0) {
        fresh += ingest.accept(event(ingest, random), "api").join() ? 1 : 0;
      } else {
        List<EventInput> batch = new ArrayList<>();
        for (int j = 0; j < 10; j++) {
          batch.add(event(ingest, random));
        }
        fresh += Collections.frequency(ingest.acceptAll(batch, "api"), true);
      }
    }
    return fresh;
  }

  private static EventInput event(Ingest ingest, Random random) {
    int number = random.nextInt(1_000);
    int person = number % PEOPLE;
    Map<String, String> identifiers =
        Map.of("email", "p" + person + "@example.com", "userId", "u" + person);
    return new EventInput("e" + number, "visit", ingest.now(), identifiers, Map.of());
  }
}
