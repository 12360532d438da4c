package soloist.embedded;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;

/**
 * A load whose traces can be checked after a crash: each writer inserts batches of twenty documents
 * and moves its batch before that in the index, noting what was acknowledged.
 */
final class Batches implements AutoCloseable {
  static final int SIZE = 20;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Thread> writers = new ArrayList<>();
  private final MongoClient client;

  /**
   * Starts the writers.
   *
   * @param round keeps the batches of one round apart from those of another
   */
  Batches(String uri, int count, int round) {
    client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToClusterSettings(it -> it.serverSelectionTimeout(2, TimeUnit.SECONDS))
                .applyToSocketSettings(it -> it.readTimeout(10, TimeUnit.SECONDS))
                .build());
    var collection = collection(client);
    for (int writer = 0; writer < count; writer++) {
      String name = round + "-" + writer;
      writers.add(Thread.ofVirtual().start(() -> write(collection, name)));
    }
  }

  static MongoCollection<Document> collection(MongoClient client) {
    return client.getDatabase("test").getCollection("batches");
  }

  Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  private void write(MongoCollection<Document> collection, String writer) {
    try {
      for (int number = 0; !stopped.get(); number++) {
        String batch = writer + "-" + number;
        var documents = new ArrayList<Document>();
        for (int i = 0; i < SIZE; i++) {
          documents.add(
              new Document("_id", batch + "/" + i)
                  .append("batch", batch)
                  .append("state", "new")
                  .append("text", "x".repeat(200)));
        }
        collection.insertMany(documents);
        acknowledged.add(batch + " new");
        if (number > 0) {
          String before = writer + "-" + (number - 1);
          collection.updateMany(
              new Document("batch", before), new Document("$set", new Document("state", "moved")));
          acknowledged.add(before + " moved");
        }
      }
    } catch (MongoException | IllegalStateException _) {
      // The store was killed, which is the point.
    }
  }

  /** What a look at the store after a crash finds wrong. */
  record Findings(int acknowledged, int found, List<String> missing, List<String> half) {}

  static Findings check(MongoCollection<Document> collection, Set<String> acknowledged) {
    Map<String, Integer> documents = new HashMap<>();
    Map<String, Integer> moved = new HashMap<>();
    for (Document document : collection.find()) {
      String batch = document.getString("batch");
      documents.merge(batch, 1, Integer::sum);
      moved.merge(batch, document.getString("state").equals("moved") ? 1 : 0, Integer::sum);
    }
    Map<String, Integer> indexed = new HashMap<>();
    for (Document document : collection.find().sort(new Document("batch", 1))) {
      indexed.merge(document.getString("batch"), 1, Integer::sum);
    }
    var missing = new ArrayList<String>();
    for (String claim : acknowledged) {
      String batch = claim.substring(0, claim.indexOf(' '));
      boolean kept =
          claim.endsWith("new")
              ? documents.getOrDefault(batch, 0) == SIZE
              : moved.getOrDefault(batch, 0) == SIZE;
      if (!kept) {
        missing.add(claim);
      }
    }
    var half = new ArrayList<String>();
    documents.forEach(
        (batch, count) -> {
          int gone = moved.get(batch);
          boolean whole = count == SIZE && (gone == 0 || gone == SIZE);
          if (!whole || !count.equals(indexed.get(batch))) {
            half.add(batch + ": " + count + ", moved " + gone + ", by index " + indexed.get(batch));
          }
        });
    return new Findings(acknowledged.size(), documents.size(), missing, half);
  }

  void stop() {
    stopped.set(true);
    join();
  }

  /** Waits until every writer has ended, as each does when it is refused. */
  void join() {
    for (Thread writer : writers) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    stop();
    client.close();
  }
}
