package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.embedded.QueryContract.json;

import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoQueryException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ValidationOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Memory, time and what is taken on are bounded. */
class BoundedTest {
  @TempDir Path directory;

  private static void fill(MongoCollection<Document> collection, int count, String text) {
    var batch = new ArrayList<Document>();
    for (int i = 0; i < count; i++) {
      batch.add(new Document("_id", i).append("k", i % 1000).append("text", text));
      if (batch.size() == 1000 || i == count - 1) {
        collection.insertMany(batch);
        batch.clear();
      }
    }
  }

  @Test
  void answersAtOnceWhoNamesEachDocument() {
    try (Served served = Served.in(directory)) {
      fill(served.collection("c"), 500, "x");
      List<Integer> ids = IntStream.range(-100, 500).boxed().toList();

      Document found =
          served
              .client()
              .getDatabase("test")
              .runCommand(
                  new Document("find", "c")
                      .append("filter", new Document("_id", new Document("$in", ids))))
              .get("cursor", Document.class);

      assertEquals(500, found.getList("firstBatch", Document.class).size());
      assertEquals(0L, found.getLong("id"));
    }
  }

  @Test
  void answersAFindWithABatchAndACursor() {
    try (Served served = Served.in(directory)) {
      fill(served.collection("c"), 500, "x");
      var database = served.client().getDatabase("test");

      Document first = database.runCommand(json("{find: 'c'}")).get("cursor", Document.class);
      assertEquals(101, first.getList("firstBatch", Document.class).size());
      Document more =
          database.runCommand(
              new Document("getMore", first.getLong("id")).append("collection", "c"));
      Document next = more.get("cursor", Document.class);
      assertEquals(399, next.getList("nextBatch", Document.class).size());
      assertEquals(0L, next.getLong("id"));
    }
  }

  @Test
  void keepsBatchesUnderTheSizeOfAMessage() {
    try (Served served = Served.in(directory)) {
      var collection = served.collection("c");
      String megabyte = "x".repeat(1_000_000);
      for (int i = 0; i < 60; i++) {
        collection.insertOne(new Document("_id", i).append("text", megabyte));
      }

      assertEquals(60, collection.find().into(new ArrayList<>()).size());
      assertEquals(60, collection.aggregate(List.of()).into(new ArrayList<>()).size());
    }
  }

  @Test
  void forgetsACursorThatNobodyAsks() {
    var usual = EmbeddedMongo.Settings.USUAL;
    var settings =
        new EmbeddedMongo.Settings(
            0, "", true, usual.clock(), Duration.ofMillis(20), Duration.ofMillis(200));
    try (Served served = Served.in(directory, settings)) {
      fill(served.collection("c"), 500, "x");
      try (MongoCursor<Document> cursor = served.collection("c").find().iterator()) {
        Wait.until("no cursor is open", Duration.ofSeconds(5), () -> open(served) == 0);

        assertThrows(
            MongoCursorNotFoundException.class,
            () -> {
              while (cursor.hasNext()) {
                cursor.next();
              }
            });
      }
    }
  }

  private static long open(Served served) {
    Document status = served.client().getDatabase("admin").runCommand(json("{serverStatus: 1}"));
    return status.getEmbedded(List.of("metrics", "cursor", "open", "total"), Long.class);
  }

  @Test
  void closesItsCursorsAtTheirEnd() {
    try (Served served = Served.in(directory)) {
      fill(served.collection("c"), 500, "x");
      served.collection("c").find().into(new ArrayList<>());
      served.collection("c").find().first();

      assertEquals(0, open(served));
    }
  }

  @Test
  void refusesASortThatNeedsTooMuchMemory() {
    try (Served served = Served.in(directory)) {
      var collection = served.collection("c");
      fill(collection, 1, "x");
      for (int i = 0; i < 11; i++) {
        collection.insertOne(new Document("text", "x".repeat(10_000_000)));
      }

      var refused =
          assertThrows(
              MongoQueryException.class,
              () -> collection.find().sort(json("{text: 1}")).into(new ArrayList<>()));
      assertEquals(292, refused.getErrorCode());
      assertEquals(
          3, collection.find().sort(json("{text: 1}")).limit(3).into(new ArrayList<>()).size());
    }
  }

  @Test
  void refusesWhatItWouldOtherwiseIgnore() {
    try (Served served = Served.in(directory)) {
      var collection = served.collection("c");
      fill(collection, 10, "x");
      var database = served.client().getDatabase("test");
      var german = Collation.builder().locale("de").build();
      refused("collation", () -> collection.find().collation(german).first());
      refused("hint", () -> collection.find().hint(json("{_id: 1}")).first());
      refused(
          "partialFilterExpression",
          () ->
              collection.createIndex(
                  json("{k: 1}"),
                  new IndexOptions().partialFilterExpression(json("{k: {$gt: 1}}"))));
      refused(
          "collation",
          () -> collection.createIndex(json("{k: 1}"), new IndexOptions().collation(german)));
      refused("text", () -> collection.createIndex(json("{k: 'text'}")));
      refused(
          "validator",
          () ->
              database.createCollection(
                  "v",
                  new CreateCollectionOptions()
                      .validationOptions(new ValidationOptions().validator(json("{k: 1}")))));
      refused(
          "capped",
          () ->
              database.createCollection(
                  "v", new CreateCollectionOptions().capped(true).sizeInBytes(1000)));
      refused("pipeline", () -> collection.updateOne(json("{}"), List.of(json("{$set: {a: 1}}"))));
      refused("$out", () -> collection.aggregate(List.of(json("{$out: 'x'}"))).toCollection());
      refused(
          "w",
          () ->
              database.runCommand(
                  json("{insert: 'c', documents: [{_id: 99}], writeConcern: {w: 2}}")));
    }
  }

  private static void refused(String what, Executable asked) {
    MongoException refused = assertThrows(MongoException.class, asked);
    assertTrue(refused.getMessage().contains(what), refused.getMessage());
  }

  @Test
  void stopsAtTheTimeGiven() {
    try (Served served = Served.in(directory)) {
      fill(served.collection("c"), 20_000, "x");

      var refused =
          assertThrows(
              MongoExecutionTimeoutException.class,
              () ->
                  served
                      .client()
                      .getDatabase("test")
                      .runCommand(
                          json("{count: 'c', query: {text: {$regex: 'y'}}, maxTimeMS: 1}")));
      assertEquals(50, refused.getCode());
    }
  }

  @Test
  void readsAndOpensAStoreLargerThanItsMemory() throws Exception {
    grown(20_000, "-Xmx40m");
  }

  @Test
  @EnabledIfSystemProperty(
      named = "soloist.slow",
      matches = "true",
      disabledReason = "a million documents are written with -Dsoloist.slow=true")
  void holdsAMillionDocumentsInAQuarterOfAGigabyte() throws Exception {
    grown(1_000_000, "-Xmx256m");
  }

  private void grown(int count, String memory) throws Exception {
    try (Child child = Child.start("ours", directory, memory);
        MongoClient client = MongoClients.create(child.uri())) {
      var collection = client.getDatabase("test").getCollection("c");
      collection.createIndex(json("{k: 1}"));
      fill(collection, count, "x".repeat(440));
      int[] seen = new int[1];
      collection.find().forEach(_ -> seen[0]++);
      assertEquals(count, seen[0]);
      assertEquals(count / 1000, collection.countDocuments(json("{k: 7}")));
    }
    long afterKill = opened();
    long afterClose = opened();
    System.out.printf(
        "{\"test\":\"bounded\",\"n\":%d,\"memory\":\"%s\",\"openAfterKillMs\":%d,\"openMs\":%d,"
            + "\"diskMb\":%d}%n",
        count,
        memory,
        afterKill,
        afterClose,
        Files.size(directory.resolve(StoreFile.FILE)) / 1_000_000);
    assertTrue(afterKill < 3_000, () -> "opening after a kill took " + afterKill + " ms");
    assertTrue(afterClose < 500, () -> "opening took " + afterClose + " ms");
  }

  private long opened() {
    long start = System.nanoTime();
    EmbeddedMongo store = EmbeddedMongo.open(directory);
    long millis = (System.nanoTime() - start) / 1_000_000;
    store.close();
    return millis;
  }
}
